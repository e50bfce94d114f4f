//! Draws templates: every directive, one inside the other, and what can go wrong between them.

use super::case::Case;
use super::expression::{Drawer, VARIABLES};
use super::{payload, text};
use fastrand::Rng;

/// How deep directives nest.
const DEPTH: usize = 3;

pub(super) fn case(rng: &mut Rng) -> Case {
    let mut case = Case {
        request: template(rng),
        response: template(rng),
        body: payload::draw(rng),
        payload: payload::draw(rng),
        ..Case::default()
    };
    let pair = |name: &str, value: String| vec![(name.to_owned(), value)];
    if rng.bool() {
        case.path = pair("p", payload::text(rng));
    }
    if rng.bool() {
        case.query = pair("q", payload::text(rng));
    }
    if rng.bool() {
        case.headers = pair("H", payload::text(rng).replace(|c: char| c.is_control(), ""));
    }
    if rng.bool() {
        case.stage = pair("v", payload::text(rng));
    }
    case
}

fn template(rng: &mut Rng) -> String {
    let mut drawer = Drawer { rng };
    let mut made = String::new();
    for name in ["s", "n", "l", "m", "j"] {
        if drawer.rng.u8(0..3) == 0 {
            continue;
        }
        let value = match name {
            "s" => drawer.string(1),
            "n" => drawer.number(),
            "l" => drawer.list(2),
            "m" => drawer.map(2),
            _ => "$input.path('$')".to_owned(),
        };
        made.extend([&format!("#set(${name} = "), &*value, ")"]);
    }
    made += &drawer.block(DEPTH, 4);
    if drawer.rng.u8(0..5) == 0 {
        made += "|$context.responseOverride|$context.requestOverride";
    }
    if rng.u8(0..12) == 0 {
        made = text::damaged(rng, &made);
    }
    if made.is_empty() { " ".to_owned() } else { made }
}

impl Drawer<'_> {
    fn block(&mut self, depth: usize, most: usize) -> String {
        (0..self.rng.usize(1..=most)).map(|_| self.piece(depth)).collect()
    }

    fn piece(&mut self, depth: usize) -> String {
        if depth == 0 {
            return if self.rng.bool() { text::draw(self.rng) } else { self.reference(1) };
        }
        match self.rng.u8(0..40) {
            0..=9 => text::draw(self.rng),
            10..=20 => self.reference(depth),
            21..=27 => self.set(depth),
            28..=30 => self.conditional(depth),
            31 | 32 => self.foreach(depth),
            _ => self.rarer(depth),
        }
    }

    fn set(&mut self, depth: usize) -> String {
        let target = match self.rng.u8(0..14) {
            0 => format!("${}.{}", self.variable(), self.pick(&["a", "b", "value", "foo"])),
            1 => format!("${}[{}]", self.pick(&["l", "m", "m", "a"]), self.pick(&["0", "'a'", "'a'", "$n", "7"])),
            2 => format!("$context.responseOverride.header.{}", self.pick(&["x-a", "x-b", "foo"])),
            3 => format!("$context.responseOverride.{}", self.pick(&["status", "foo", "bar"])),
            4 => format!("$context.requestOverride.{}", self.pick(&["header.h", "path.p", "querystring['q']", "foo"])),
            5 => self.reference(1),
            _ => format!("${}", VARIABLES[self.rng.usize(..10)]),
        };
        let value = if target.ends_with("status") && self.rng.u8(0..4) > 0 {
            self.pick(&["200", "404", "500", "'404'", "99", "1000", "404.0", "[404]"]).to_owned()
        } else {
            self.expression(depth)
        };
        let (before, open) = (text::blank(self.rng), text::blank(self.rng));
        let (white, equals) = (text::white(self.rng), self.pick(&[" = ", "=", " =", "= "]));
        let word = self.pick(&["#set", "#set", "#set", "#{set}"]);
        format!("{before}{word}{open}({white}{target}{equals}{value}{}){}", text::white(self.rng), self.after())
    }

    /// What may stand behind a directive's end.
    fn after(&mut self) -> &'static str {
        self.pick(&["", "", "", "\n", " \n", " ", "\r\n", "\t"])
    }

    fn condition(&mut self, depth: usize) -> String {
        format!(
            "{}({}{}{})",
            text::blank(self.rng),
            text::white(self.rng),
            self.expression(depth - 1),
            text::white(self.rng)
        )
    }

    fn end(&mut self) -> String {
        format!("{}{}", self.pick(&["#end", "#end", "#{end}"]), self.after())
    }

    fn conditional(&mut self, depth: usize) -> String {
        let mut made = format!(
            "{}{}{}{}",
            self.pick(&["#if", "#if", "#{if}"]),
            self.condition(depth),
            self.after(),
            self.block(depth - 1, 3)
        );
        while self.rng.u8(0..4) == 0 {
            made.extend(["#elseif", &self.condition(depth), &self.block(depth - 1, 2)]);
        }
        if self.rng.bool() {
            made += self.pick(&["#else", "#{else}"]);
            made.extend([self.after(), &self.block(depth - 1, 3)]);
        }
        made + &self.end()
    }

    fn foreach(&mut self, depth: usize) -> String {
        let list = match self.rng.u8(0..8) {
            0 => self.range(depth),
            1 => self.list(depth),
            2 => "$input.path('$.l')".to_owned(),
            3 => "$m.entrySet()".to_owned(),
            4 => "$input.path('$.m').keySet()".to_owned(),
            _ => self.value(depth),
        };
        let item = self.pick(&["$e", "$a", "$b", "${e}", "$e.a"]);
        let (word, white) = (self.pick(&["#foreach", "#foreach", "#{foreach}"]), text::white(self.rng));
        let mut body = self.block(depth - 1, 3);
        if self.rng.bool() {
            body += self.pick(&[
                "$foreach.count",
                "$foreach.index,",
                "#if($foreach.hasNext),#end",
                "$velocityCount",
                "$foreach.parent.count",
                "#if($foreach.count == 2)#break#end",
                "#break($foreach)",
                "$velocityHasNext",
                "$e",
                "$e.key=$e.value;",
                "$foreach.first$foreach.last",
                "#set($foreach.x = 1)$foreach.x",
                "#break($foreach.parent)",
                "$l.add(1)",
            ]);
        }
        format!(
            "{word}{}({white}{item} {white}in {list}{}){}{body}{}",
            text::blank(self.rng),
            text::white(self.rng),
            self.after(),
            self.end()
        )
    }

    fn rarer(&mut self, depth: usize) -> String {
        match self.rng.u8(0..14) {
            0 | 1 => {
                let name = self.pick(&["$a", "$d", "$b", "$!d"]);
                format!("#define({name}){}{}{}", self.after(), self.block(depth - 1, 3), self.end())
            }
            2 | 3 => {
                let parameters = self.pick(&["", " $a", " $a $b", " $e, $a", " $x $y $z"]);
                let name = self.pick(&["foo", "bar"]);
                format!("#macro({name}{parameters}){}{}{}", self.after(), self.block(depth - 1, 3), self.end())
            }
            4 | 5 => {
                let arguments: Vec<_> = (0..self.rng.usize(..4)).map(|_| self.value(depth - 1)).collect();
                format!(
                    "#{}{}({})",
                    self.pick(&["foo", "bar", "{foo}"]),
                    text::blank(self.rng),
                    arguments.join(self.pick(&[" ", ", ", ","]))
                )
            }
            6 => format!(
                "#@{}({}){}$!bodyContent{}",
                self.pick(&["foo", "bar"]),
                self.reference(0),
                self.block(depth - 1, 2),
                self.end()
            ),
            7 => format!("#evaluate({})", self.evaluated(depth)),
            8 => format!("#literal(){}{}", self.block(depth - 1, 3), self.end()),
            9 => self.pick(&["#stop", "#stop('x')", "#break", "#stop()", "#{stop}", "#break()", "#{break}"]).to_owned(),
            10 if self.rng.u8(0..4) == 0 => match self.rng.u8(0..3) {
                0 => format!("#parse({})", self.value(1)),
                1 => format!("#include({})", self.value(1)),
                _ => self.pick(&["#parse()", "#include()", "#include", "#parse"]).to_owned(),
            },
            11 => "$d".to_owned(),
            12 => "$bodyContent".to_owned(),
            _ => {
                let words = [self.pick(&["#foo", "#bar", "#{bar}"]), self.pick(&["", " ", "x", "(1)", "()"])];
                words.concat()
            }
        }
    }

    fn evaluated(&mut self, depth: usize) -> String {
        if self.rng.u8(0..3) == 0 {
            return if self.rng.bool() { self.reference(depth) } else { self.string(depth) };
        }
        format!("'{}'", self.block(depth - 1, 3).replace('\'', "''"))
    }
}
