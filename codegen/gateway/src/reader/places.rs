//! Where in a document's text the parts are that something is wrong with.

use super::super::document::{Place, Problem};
use super::yaml;
use granit_parser::{Event, Parser};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The parts that are looked for: the whole first, and each with those in it that are.
struct Wanted(Vec<Part>);

#[derive(Default)]
struct Part {
    inner: HashMap<String, usize>,
    place: Option<Place>,
}

/// A list or an object that is being read, if it is or holds what is looked for.
enum Open {
    List(Option<usize>, usize),
    Map(Option<usize>, Option<String>),
}

/// Gives each problem its line and column: those of the member that its pointer names, or of the nearest one around it. JSON
/// is read as the YAML that it is.
pub(super) fn find(text: &str, problems: &mut [Problem]) {
    let mut wanted = Wanted(vec![Part::default()]);
    for problem in problems.iter() {
        names(&problem.pointer).fold(0, |part, name| wanted.add(part, name));
    }
    wanted.walk(&without_pairs(text));
    for problem in problems.iter_mut().filter(|problem| problem.place.is_none()) {
        let mut part = Some(0);
        let mut names = names(&problem.pointer);
        while let Some(found) = part.and_then(|part| wanted.0.get(part)) {
            problem.place = found.place.or(problem.place);
            part = names.next().and_then(|name| found.inner.get(&name).copied());
        }
    }
}

/// The members that an object has twice.
pub(super) fn doubled(text: &str) -> Vec<Problem> {
    let mut open: Vec<Option<(HashSet<String>, bool)>> = Vec::new();
    let mut found = Vec::new();
    for event in Parser::new_from_str_with_options(&without_pairs(text), yaml::options()) {
        let Ok((event, span)) = event else { break };
        // Every second value of an object is the name of the next.
        if let Some(Some((names, is_value))) = open.last_mut()
            && matches!(event, Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..))
        {
            let was_value = std::mem::replace(is_value, !*is_value);
            if let (Event::Scalar(name, ..), false) = (&event, was_value)
                && !names.insert(name.clone().into_owned())
            {
                let message = format!("`{name}` stands here twice: the last one counts");
                found.push(Problem { pointer: String::new(), place: Some(yaml::at(&span.start)), message });
            }
        }
        match event {
            Event::SequenceStart(..) => open.push(None),
            Event::MappingStart(..) => open.push(Some((HashSet::new(), false))),
            Event::SequenceEnd | Event::MappingEnd => drop(open.pop()),
            _ => {}
        }
        if found.len() == yaml::DOUBTS {
            break;
        }
    }
    found
}

/// The text without the escapes of surrogates, which JSON has and YAML has not; everything else stays in its place.
fn without_pairs(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("\\u")).map(|at| from + at) {
        let digits = text.get(at + 2..at + 6).unwrap_or_default();
        if digits.starts_with(['d', 'D']) && digits.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit()) {
            text.to_mut().replace_range(at..at + 6, "\\u0020");
        }
        from = at + 2;
    }
    text
}

fn names(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|name| name.replace("~1", "/").replace("~0", "~"))
}

impl Wanted {
    fn add(&mut self, part: usize, name: String) -> usize {
        let new = self.0.len();
        let at = self.0.get_mut(part).map_or(new, |part| *part.inner.entry(name).or_insert(new));
        if at == new {
            self.0.push(Part::default());
        }
        at
    }

    fn inner(&self, part: Option<usize>, name: &str) -> Option<usize> {
        self.0.get(part?)?.inner.get(name).copied()
    }

    fn note(&mut self, part: Option<usize>, place: Place) {
        if let Some(part) = part.and_then(|part| self.0.get_mut(part)) {
            part.place = Some(place);
        }
    }

    fn walk(&mut self, text: &str) {
        let mut open: Vec<Open> = Vec::new();
        for event in Parser::new_from_str_with_options(text, yaml::options()) {
            let Ok((event, span)) = event else { return };
            let here = yaml::at(&span.start);
            if let (Some(Open::Map(part, key @ None)), Event::Scalar(name, ..)) = (open.last_mut(), &event) {
                let inner = self.inner(*part, name);
                self.note(inner, here);
                *key = Some(name.clone().into_owned());
                continue;
            }
            match event {
                Event::Scalar(..) | Event::Alias(_) => drop(self.begun(&mut open, here)),
                Event::SequenceStart(..) => {
                    let part = self.begun(&mut open, here);
                    open.push(Open::List(part, 0));
                }
                Event::MappingStart(..) => {
                    let part = self.begun(&mut open, here);
                    open.push(Open::Map(part, None));
                }
                Event::SequenceEnd | Event::MappingEnd => drop(open.pop()),
                _ => {}
            }
        }
    }

    /// Which part the value is that begins here. A member's place is that of its name.
    fn begun(&mut self, open: &mut [Open], here: Place) -> Option<usize> {
        match open.last_mut() {
            None => {
                self.note(Some(0), here);
                Some(0)
            }
            Some(Open::List(part, index)) => {
                let inner = self.inner(*part, &index.to_string());
                *index += 1;
                self.note(inner, here);
                inner
            }
            Some(Open::Map(part, key)) => self.inner(*part, &key.take()?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_has_its_place() {
        let yaml = "a:\n  b/c:\n    - x\n    - y: 1\n      z: &w 2\n";
        let json =
            "\u{feff}{\n\t\"a\": {\n\t\t\"b/c\": [\n\t\t\t\"x\\/\\ud83d\\ude00\",\n\t\t\t{ \"y\": 1, \"z\": 2 } ] } }";
        for (text, places) in [
            (yaml, [(1, 1), (1, 1), (2, 3), (3, 7), (4, 7), (5, 7), (2, 3)]),
            (json.trim_start_matches('\u{feff}'), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (5, 14), (3, 3)]),
        ] {
            let pointers = ["", "/a", "/a/b~1c", "/a/b~1c/0", "/a/b~1c/1", "/a/b~1c/1/z", "/a/b~1c/7/q"];
            let mut problems =
                pointers.map(|pointer| Problem { pointer: pointer.to_owned(), place: None, message: String::new() });
            find(text, &mut problems);
            let found = problems.map(|problem| problem.place.map(|place| (place.line, place.column)));
            assert_eq!(found, places.map(Some), "{text}");
        }
    }

    #[test]
    fn a_member_that_an_object_has_twice_has_its_place() {
        let json = "{ \"a\": { \"b\": [1, {\"c\": 1}], \"c\": {} },\n  \"a\": 2, \"\\ud83d\\ude00\": [\"a\", \"a\"] }";
        let found: Vec<_> = doubled(json).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["2:3: `a` stands here twice: the last one counts"]);
        let gateway = crate::Gateway::read(&json.replacen('{', r#"{ "openapi": "3.0.1", "paths": { "/": 1 }, "#, 1));
        assert!(gateway.is_err_and(|error| error.problems.len() == 1), "what is doubted is no mistake");
    }
}
