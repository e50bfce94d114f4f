//! CloudFormation's functions in a document: each is left as the text that it has before it is deployed.

use super::super::document::Problem;
use super::super::json::Json;
use indexmap::IndexMap;
use std::borrow::Cow;

/// What was left as it is, for one note of all of it.
#[derive(Default)]
pub(super) struct Left {
    count: usize,
    first: Option<(String, String)>,
}

impl Left {
    /// The note, at the first of them.
    pub(super) fn note(self) -> Option<Problem> {
        let (pointer, name) = self.first?;
        let more = match self.count {
            1 => String::new(),
            2 => ", and one more value below it".to_owned(),
            count => format!(", and {} more values below it", count - 1),
        };
        let message = format!("`{name}` is for CloudFormation to put in{more}: here its text is taken as it stands");
        Some(Problem { pointer, place: None, message })
    }
}

/// Puts the text of each function in its place.
pub(super) fn leave(value: &mut Json, pointer: &mut String, left: &mut Left) {
    if let Json::Map(map) = value
        && let Some((name, text)) = text(map)
    {
        left.count += 1;
        left.first.get_or_insert_with(|| (pointer.clone(), name.to_owned()));
        *value = text;
        return;
    }
    let mut inner = |name: &str, value: &mut Json| {
        let length = pointer.len();
        if matches!(value, Json::List(_) | Json::Map(_)) {
            pointer.push('/');
            pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            leave(value, pointer, left);
            pointer.truncate(length);
        }
    };
    match value {
        Json::Map(map) => map.iter_mut().for_each(|(name, value)| inner(name, value)),
        Json::List(list) => list.iter_mut().enumerate().for_each(|(n, value)| inner(&n.to_string(), value)),
        _ => {}
    }
}

/// The name of a function and the value that stands for its result; nothing of what is none.
fn text(map: &IndexMap<String, Json>) -> Option<(&str, Json)> {
    let (name, argument) = map.first().filter(|_| map.len() == 1)?;
    let text = match (name.as_str(), argument) {
        ("Ref" | "Condition", Json::Text(name)) => Json::Text(format!("${{{name}}}")),
        ("Fn::Sub", Json::Text(text)) => Json::Text(text.clone()),
        ("Fn::Sub", Json::List(list)) => Json::Text(list.first()?.as_str()?.to_owned()),
        ("Fn::GetAtt", Json::Text(path)) => Json::Text(format!("${{{path}}}")),
        ("Fn::GetAtt", Json::List(path)) => {
            let path: Vec<_> = path.iter().map(Json::as_str).collect::<Option<_>>()?;
            Json::Text(format!("${{{}}}", path.join(".")))
        }
        ("Fn::Join", Json::List(list)) => match list.as_slice() {
            [Json::Text(between), Json::List(parts)] => {
                let parts: Vec<_> = parts.iter().map(part).collect::<Option<_>>()?;
                Json::Text(parts.join(between))
            }
            _ => return None,
        },
        ("Fn::If", Json::List(list)) => list.get(1)?.clone(),
        (name, _) if name.starts_with("Fn::") && name != "Fn::Transform" => Json::Text(format!("${{{name}}}")),
        _ => return None,
    };
    Some((name, text))
}

fn part(value: &Json) -> Option<String> {
    match value {
        Json::Text(text) => Some(text.clone()),
        Json::Map(map) => part(&text(map)?.1),
        Json::Int(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A template with the names that only CloudFormation knows, `${AWS::Region}`, as text: to Velocity they would be references that
/// break off.
pub(super) fn as_text(template: &str) -> Cow<'_, str> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find("${") {
        let name = rest.get(at + 2..).and_then(|behind| behind.split_once('}')).map_or("", |(name, _)| name);
        let end = at + name.len() + if name.is_empty() { 2 } else { 3 };
        let (before, behind) = rest.split_at(end);
        if name.split_once("::").is_some_and(|(owner, name)| is_name(owner) && is_name(name)) {
            out.extend([&before[..at], "#[[", &before[at..], "]]#"]);
        } else {
            out.push_str(before);
        }
        rest = behind;
    }
    if out.len() + rest.len() == template.len() { Cow::Borrowed(template) } else { Cow::Owned(out + rest) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn functions_are_left_as_their_text() {
        let json = r#"{"a":{"Fn::Sub":"x ${Y}"},"b":[{"Fn::Join":["-",["p",{"Ref":"Q"},{"Fn::GetAtt":["R","Arn"]}]]}],
            "c":{"Fn::If":["Is",{"d":1},{"d":2}]},"e":{"Fn::ImportValue":"z"},"f":{"Fn::Sub":"x","more":1}}"#;
        let mut value = Json::read(json).unwrap();
        let mut left = Left::default();
        leave(&mut value, &mut String::new(), &mut left);
        let expected = r#"{"a":"x ${Y}","b":["p-${Q}-${R.Arn}"],"c":{"d":1},"e":"${Fn::ImportValue}","f":{"Fn::Sub":"x","more":1}}"#;
        assert_eq!(value, Json::read(expected).unwrap());
        let note = left.note().unwrap();
        assert_eq!(note.pointer, "/a");
        assert!(note.message.contains("`Fn::Sub`") && note.message.contains("and 3 more values"), "{}", note.message);
    }

    #[test]
    fn names_of_cloud_formation_are_text_in_a_template() {
        for (template, text) in [
            ("a ${AWS::Region}:${AWS::AccountId} ${x}", "a #[[${AWS::Region}]]#:#[[${AWS::AccountId}]]# ${x}"),
            ("${x.y} ${ ${a::} é${", "${x.y} ${ ${a::} é${"),
        ] {
            assert_eq!(as_text(template), text);
        }
    }
}
