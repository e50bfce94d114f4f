//! Expressions and references: every kind of literal and operator, and Java's methods with all sorts of arguments.

use super::{path, payload, text};
use fastrand::Rng;

/// The variables that templates here set and read.
pub(super) const VARIABLES: [&str; 12] =
    ["a", "b", "c", "l", "m", "s", "n", "j", "e", "nope", "foreach", "velocityCount"];

/// Methods with the arguments that they take: `t` a text, `i` an index, `v` anything, `l` a list, `m` a map, `r` a pattern.
const METHODS: [(&str, &str); 116] = [
    ("length", ""),
    ("size", ""),
    ("isEmpty", ""),
    ("toString", ""),
    ("trim", ""),
    ("toLowerCase", ""),
    ("toUpperCase", ""),
    ("substring", "i"),
    ("substring", "ii"),
    ("subSequence", "ii"),
    ("charAt", "i"),
    ("indexOf", "t"),
    ("indexOf", "ti"),
    ("indexOf", "v"),
    ("lastIndexOf", "t"),
    ("lastIndexOf", "ti"),
    ("lastIndexOf", "v"),
    ("startsWith", "t"),
    ("startsWith", "ti"),
    ("endsWith", "t"),
    ("contains", "t"),
    ("contains", "v"),
    ("matches", "r"),
    ("replaceAll", "rt"),
    ("replaceFirst", "rt"),
    ("replace", "tt"),
    ("replace", "vv"),
    ("split", "r"),
    ("split", "ri"),
    ("concat", "t"),
    ("equals", "v"),
    ("equals", "t"),
    ("equalsIgnoreCase", "t"),
    ("compareTo", "t"),
    ("compareTo", "v"),
    ("compareToIgnoreCase", "t"),
    ("isBlank", ""),
    ("repeat", "i"),
    ("strip", ""),
    ("join", "tl"),
    ("join", "tt"),
    ("join", "ttt"),
    ("valueOf", "v"),
    ("intern", ""),
    ("toCharArray", ""),
    ("contentEquals", "t"),
    ("get", "i"),
    ("get", "v"),
    ("get", "t"),
    ("add", "v"),
    ("add", "iv"),
    ("addAll", "l"),
    ("remove", "i"),
    ("remove", "v"),
    ("clear", ""),
    ("set", "iv"),
    ("containsAll", "l"),
    ("removeAll", "l"),
    ("retainAll", "l"),
    ("subList", "ii"),
    ("iterator", ""),
    ("toArray", ""),
    ("put", "tv"),
    ("put", "vv"),
    ("putAll", "m"),
    ("putIfAbsent", "tv"),
    ("containsKey", "t"),
    ("containsKey", "v"),
    ("containsValue", "v"),
    ("keySet", ""),
    ("values", ""),
    ("entrySet", ""),
    ("getOrDefault", "tv"),
    ("remove", "vv"),
    ("replace", "vvv"),
    ("getKey", ""),
    ("getValue", ""),
    ("setValue", "v"),
    ("hasNext", ""),
    ("next", ""),
    ("intValue", ""),
    ("longValue", ""),
    ("doubleValue", ""),
    ("parseInt", "t"),
    ("parseLong", "t"),
    ("parseDouble", "t"),
    ("parseInt", "ti"),
    ("valueOf", "t"),
    ("toHexString", "v"),
    ("toString", "v"),
    ("max", "vv"),
    ("min", "vv"),
    ("sum", "vv"),
    ("compare", "vv"),
    ("signum", "v"),
    ("booleanValue", ""),
    ("parseBoolean", "t"),
    ("logicalAnd", "vv"),
    ("getIndex", ""),
    ("getCount", ""),
    ("getParent", ""),
    ("isFirst", ""),
    ("getTopmost", ""),
    ("toJSONString", ""),
    ("nope", ""),
    ("nope", "v"),
    ("length", "v"),
    ("size", "i"),
    ("isNaN", ""),
    ("charValue", ""),
    ("clone", ""),
    ("stripLeading", ""),
    ("stripTrailing", ""),
    ("getBytes", ""),
    ("add", "l"),
    ("hashCode", ""),
];

const PROPERTIES: [&str; 30] = [
    "a", "b", "c", "l", "m", "s", "n", "z", "x-y", "empty", "key", "value", "index", "count", "hasNext", "first",
    "last", "parent", "bytes", "Key", "topmost", "nope", "size", "length", "blank", "replaced", "A", "infinite",
    "true", "foo",
];

const PATTERNS: [&str; 12] = [",", "a", "[abc]", "\\\\.", "b+", "", "(a)(b)?", "^a", "c$", "\\s", "x|y", "[^0-9]"];

const NUMBERS: [&str; 22] = [
    "0",
    "1",
    "2",
    "3",
    "7",
    "-1",
    "-5",
    "10",
    "2147483647",
    "-2147483648",
    "2147483648",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "123456789012345678901234567890",
    "1.5",
    "-0.25",
    "1.",
    ".5",
    "1e3",
    "2.0",
    "007",
];

pub(super) struct Drawer<'a> {
    pub(super) rng: &'a mut Rng,
}

impl Drawer<'_> {
    pub(super) fn pick<'b>(&mut self, all: &[&'b str]) -> &'b str {
        all[self.rng.usize(..all.len())]
    }

    pub(super) fn variable(&mut self) -> &'static str {
        VARIABLES[self.rng.usize(..VARIABLES.len())]
    }

    /// A reference in one of its forms.
    pub(super) fn reference(&mut self, depth: usize) -> String {
        let inner = self.bare(depth);
        let form = match self.rng.u8(0..12) {
            0..=6 => format!("${inner}"),
            7 => format!("$!{inner}"),
            8 | 9 => format!("${{{inner}}}"),
            _ => format!("$!{{{inner}}}"),
        };
        match self.rng.u8(0..40) {
            0 => format!("\\{form}"),
            1 => format!("\\\\{form}"),
            2 => format!("${form}"),
            _ => form,
        }
    }

    fn bare(&mut self, depth: usize) -> String {
        let mut made = match self.rng.u8(0..20) {
            0..=3 => format!("input.{}('{}')", self.pick(&["path", "path", "path", "json"]), self.path()),
            4 => match self.rng.u8(0..5) {
                0 => "input.body".to_owned(),
                1 => "input.params()".to_owned(),
                2 => format!("input.params('{}')", self.pick(&["p", "q", "H", "nope"])),
                3 => format!(
                    "input.params().{}.{}",
                    self.pick(&["path", "querystring", "header"]),
                    self.pick(&["p", "q", "H"])
                ),
                _ => format!("input.path($s{})", self.pick(&["", ".trim()"])),
            },
            5 => {
                let name = self.pick(&[
                    "escapeJavaScript",
                    "parseJson",
                    "urlEncode",
                    "urlDecode",
                    "base64Encode",
                    "base64Decode",
                ]);
                format!("util.{name}({})", self.argument('t', depth))
            }
            6 => self
                .pick(&[
                    "context.responseOverride.status",
                    "context.responseOverride.header.x-a",
                    "context.requestId",
                    "context.responseOverride.foo",
                    "context.requestOverride.header.h",
                    "context.requestOverride.path.p",
                    "context.responseOverride",
                    "context.requestOverride",
                    "stageVariables.v",
                    "context.stage",
                    "context.requestOverride.querystring['q']",
                    "context.nope",
                ])
                .to_owned(),
            _ => self.variable().to_owned(),
        };
        let steps = if depth == 0 { 0 } else { self.rng.usize(..5).saturating_sub(1) };
        for _ in 0..steps {
            made += &self.step(depth - 1);
        }
        made
    }

    fn path(&mut self) -> String {
        path::draw(self.rng).replace('\'', "''")
    }

    fn step(&mut self, depth: usize) -> String {
        match self.rng.u8(0..12) {
            0..=2 => format!(".{}", self.pick(&PROPERTIES)),
            3 => {
                let index = match self.rng.u8(0..4) {
                    0 => self.reference(depth),
                    1 => self.string(depth),
                    _ => self.rng.i32(-2..4).to_string(),
                };
                format!("[{}{index}{}]", text::white(self.rng), text::white(self.rng))
            }
            4 => {
                let name = self.pick(&["max", "min", "sum", "compare"]);
                format!(".{name}({}, {})", self.number(), self.number())
            }
            _ => {
                let (name, kinds) = METHODS[self.rng.usize(..METHODS.len())];
                let mut arguments: Vec<_> = kinds.chars().map(|kind| self.argument(kind, depth)).collect();
                if self.rng.u8(0..30) == 0 {
                    arguments.push(self.argument('v', depth));
                }
                if arguments.is_empty() {
                    return format!(".{name}()");
                }
                format!(".{name}({}{}{})", text::white(self.rng), arguments.join(","), text::white(self.rng))
            }
        }
    }

    fn argument(&mut self, kind: char, depth: usize) -> String {
        if depth > 0 && self.rng.u8(0..4) == 0 {
            return self.reference(depth - 1);
        }
        match kind {
            't' => self.string(depth),
            'i' => self.rng.i32(-1..6).to_string(),
            'l' if self.rng.u8(0..3) > 0 => self.list(depth),
            'm' if self.rng.u8(0..3) > 0 => self.map(depth),
            'r' => format!("'{}'", self.pick(&PATTERNS).replace("\\\\", "\\")),
            _ => self.value(depth),
        }
    }

    /// A single value.
    pub(super) fn value(&mut self, depth: usize) -> String {
        match self.rng.u8(0..if depth == 0 { 6 } else { 12 }) {
            0 => self.pick(&["true", "false"]).to_owned(),
            1 | 2 => self.number(),
            3..=5 => self.string(depth),
            6 => self.list(depth),
            7 => self.map(depth),
            8 => self.range(depth),
            _ => self.reference(depth),
        }
    }

    pub(super) fn number(&mut self) -> String {
        if self.rng.bool() { self.rng.i32(-3..9).to_string() } else { self.pick(&NUMBERS).to_owned() }
    }

    pub(super) fn string(&mut self, depth: usize) -> String {
        let text = payload::text(self.rng);
        if self.rng.u8(0..3) > 0 {
            return format!("'{}'", text.replace('\'', "''"));
        }
        let mut made = text.replace('"', "\"\"").replace('$', "");
        if depth > 0 && self.rng.bool() {
            made += &self.reference(depth - 1).replace('"', "\"\"");
            made += self.pick(&["", "x", " ", ".", "\\u0041", "#if(true)y#end", "#set($c = 1)", "##", "#", "$"]);
        }
        format!("\"{made}\"")
    }

    pub(super) fn list(&mut self, depth: usize) -> String {
        let items: Vec<_> = (0..self.rng.usize(..4)).map(|_| self.value(depth.saturating_sub(1))).collect();
        format!("[{}]", items.join(self.pick(&[",", ", ", " , "])))
    }

    pub(super) fn map(&mut self, depth: usize) -> String {
        let mut entries = Vec::new();
        for _ in 0..self.rng.usize(..3) {
            let key = match self.rng.u8(0..6) {
                0 => self.number(),
                1 => self.value(depth.saturating_sub(1)),
                _ => format!("'{}'", self.pick(&["a", "b", "c", "foo"])),
            };
            entries.push(format!(
                "{key}{}:{}{}",
                text::white(self.rng),
                text::white(self.rng),
                self.value(depth.saturating_sub(1))
            ));
        }
        format!("{{{}{}{}}}", text::white(self.rng), entries.join(","), text::white(self.rng))
    }

    pub(super) fn range(&mut self, depth: usize) -> String {
        let first = self.rng.i32(-3..4).to_string();
        let last = match self.rng.u8(0..6) {
            0 if depth > 0 => self.pick(&["$velocityCount", "$l.size()", "$nope"]).to_owned(),
            _ => self.rng.i32(-3..6).to_string(),
        };
        format!("[{}{first}{}..{}{last}]", text::white(self.rng), text::white(self.rng), text::white(self.rng))
    }

    /// A whole expression with operators.
    pub(super) fn expression(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.value(0);
        }
        match self.rng.u8(0..18) {
            0 | 1 => {
                let operators = ["+", "-", "*", "/", "%", "<", ">=", "=="];
                format!("{} {} {}", self.number(), self.pick(&operators), self.number())
            }
            2..=4 => self.value(depth),
            5..=10 => {
                let operator = self.pick(&[
                    "+", "-", "*", "/", "%", "+", "==", "!=", "<", ">", "<=", ">=", "&&", "||", "and", "or", "eq",
                    "ne", "lt", "gt", "le", "ge",
                ]);
                let space = self.pick(&[" ", " ", " ", "  ", "\n"]);
                let (left, right) = (self.expression(depth - 1), self.expression(depth - 1));
                format!("{left}{space}{operator}{space}{right}")
            }
            11 => format!("({}{}{})", text::white(self.rng), self.expression(depth - 1), text::white(self.rng)),
            12 => format!("!{}", self.expression(depth - 1)),
            13 => format!("not {}", self.expression(depth - 1)),
            _ => self.reference(depth),
        }
    }
}
