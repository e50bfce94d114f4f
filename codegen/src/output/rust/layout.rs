//! Layout: code as prettyplease writes it, with empty lines between items.
//!
//! To parse and print code takes ten times as long as to make it. The code of the errors, which is most of a client, is
//! therefore laid out by its template; only an item that holds a line too long goes through the formatter.

use askama::Template;

/// The width up to which prettyplease fills a line.
const WIDTH: usize = 89;

/// Code of any layout, formatted.
pub(super) fn formatted(template: &impl Template) -> Result<String, String> {
    format(&template.render().map_err(|error| error.to_string())?)
}

/// Code whose template lays it out, one empty line between items.
pub(super) fn laid_out(template: &impl Template) -> Result<String, String> {
    let text = template.render().map_err(|error| error.to_string())?;
    let (mut out, mut done) = (String::new(), 0);
    let (mut start, mut end, mut long) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        end += line.len();
        long |= is_too_long(line.trim_end());
        // Inside of an item, what follows an empty line is indented.
        let closed = line == "\n" && !text[end..].starts_with(' ');
        if closed || end == text.len() {
            // The inside of a macro is nobody's to format.
            if long && !text[start..].starts_with("// ") {
                out.push_str(&text[done..start]);
                out.push_str(&format(&text[start..end])?);
                out.push('\n');
                done = end;
            }
            (start, long) = (end, false);
        }
    }
    // Mostly nothing was too long, and nothing is copied.
    let mut out = if done == 0 { text } else { out + &text[done..] };
    out.truncate(out.trim_end().len());
    out.push('\n');
    Ok(out)
}

/// Code as it stands inside of a module.
pub(super) fn indented(code: &str) -> String {
    let lines = code.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") });
    lines.collect::<String>().trim_end().to_owned()
}

/// Comments are never broken.
fn is_too_long(line: &str) -> bool {
    line.len() > WIDTH && line.chars().count() > WIDTH && !line.trim_start().starts_with("///")
}

/// An entry of a macro, what it holds in braces: lines that are filled where one does not do.
pub(super) fn braces(head: &str, items: Vec<String>) -> String {
    const INDENT: usize = 4;
    let line = items.join(", ");
    if line.is_empty() {
        return format!("{head} {{}}");
    }
    if INDENT + head.len() + line.len() + " {  }".len() <= WIDTH {
        return format!("{head} {{ {line} }}");
    }
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some(last) if 2 * INDENT + last.len() + item.len() + " ,".len() <= WIDTH => {
                *last += " ";
                *last += &item;
                last.push(',');
            }
            _ => lines.push(item + ","),
        }
    }
    format!("{head} {{\n        {}\n    }}", lines.join("\n        "))
}

/// What a `use` brings from one module, on lines that are filled.
pub(super) fn filled(names: &[String]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(last) if last.len() + name.len() + "     ,".len() <= WIDTH => {
                *last += " ";
                *last += name;
                last.push(',');
            }
            _ => lines.push(format!("{name},")),
        }
    }
    format!("{{\n    {}\n}}", lines.join("\n    "))
}

/// What a `use` brings from one module, if anything.
pub(super) fn imports(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        names => format!("{{{}}}", names.join(", ")),
    }
}

fn format(code: &str) -> Result<String, String> {
    let file = syn::parse_file(code).map_err(|error| {
        let line = code.lines().nth(error.span().start().line.saturating_sub(1)).unwrap_or_default();
        format!("the generated client does not parse: {error}, at `{line}`")
    })?;
    Ok(spaced(&prettyplease::unparse(&file)))
}

/// An empty line after each item and function: the formatter keeps none.
fn spaced(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + code.len() / 16);
    let mut previous = "";
    let indent = |line: &str| line.len() - line.trim_start().len();
    for line in code.lines() {
        let one_line = previous.starts_with("impl") || previous.starts_with("pub ");
        let ended = matches!(previous.trim(), "}" | "];") || (one_line && previous.ends_with(['}', ';']));
        let constants = previous.trim_start().starts_with("const ") && !line.trim_start().starts_with("const ");
        let imports = previous.starts_with("use ") && !line.starts_with("use ");
        let closes = line.trim_start().starts_with(['}', ')', '.']) || line.is_empty();
        if !closes && indent(line) == indent(previous) && indent(line) <= 8 && (ended || constants || imports) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::Cx;
    use super::super::names::Rust;
    use super::super::parts;
    use super::*;
    use crate::client::Client;
    use crate::contract::{
        Code, Contract, ErrorDef, Field, Input, Method, Operation, Retry, SetDef, Status, Success, Type, VERSION,
    };
    use crate::options::Options;

    /// An API of one operation with `count` errors, whose codes have `length` letters.
    fn contract(count: usize, length: usize) -> Contract {
        let map = |value| Type::Map { key: Box::new(Type::STRING), value: Box::new(value) };
        let types = [
            Type::STRING,
            Type::Option(Box::new(Type::Tuple(vec![Type::Char, Type::Bool]))),
            Type::Tuple(vec![Type::Unit]),
            map(map(map(Type::Duration))),
            Type::Int { bits: 64, signed: false },
        ];
        let field = |(n, ty): (usize, &Type)| Field {
            name: "someMember".repeat(n) + "move",
            docs: "Says \"no\".\n\nTwice.".repeat(n % 2),
            ty: ty.clone(),
            optional: matches!(ty, Type::Option(_)),
            flatten: false,
            header: None,
        };
        let error = |n: usize| ErrorDef {
            code: Code::new(&format!("{}{}", "E".repeat(length - 1), char::from(b'a' + u8::try_from(n).unwrap())))
                .unwrap(),
            status: Status::try_from(404).unwrap(),
            title: "Not there".to_owned(),
            docs: "Not there.\n\n```\nlook(\"twice\")\n```".repeat(n % 2),
            exposed: true,
            retry: Retry::Never,
            type_uri: (n == 1).then(|| "https://docs.example.com/errors/not-there".repeat(4)),
            deprecated: n == 2,
            message: false,
            retry_after: false,
            fields: types.iter().enumerate().take(n).map(field).collect(),
        };
        let errors: Vec<_> = (0..count).map(error).collect();
        let operation = Operation {
            name: "place_order".to_owned(),
            method: Method::Get,
            path: "/".to_owned(),
            docs: String::new(),
            input: Input {
                ty: Type::Unit,
                path: Vec::new(),
                query: Vec::new(),
                headers: Vec::new(),
                body: false,
                payload: None,
            },
            output: Type::Unit,
            status: Success::OK,
            set: Some("PlaceOrderError".to_owned()),
            request: false,
        };
        let codes = errors.iter().map(|error| error.code.clone()).collect();
        Contract {
            front: crate::contract::Front::default(),
            contract: VERSION,
            name: "orders".to_owned(),
            version: "1.0.0".to_owned(),
            docs: String::new(),
            operations: vec![operation],
            invocations: Vec::new(),
            sets: vec![SetDef { name: "PlaceOrderError".to_owned(), errors: codes }],
            errors,
            types: Vec::new(),
        }
    }

    #[test]
    fn the_formatter_would_change_nothing() {
        // From where everything fits on a line to where nothing does.
        for length in [1, 8, 64].into_iter().chain(12..=48) {
            for count in [0, 1, 3, 6] {
                let contract = contract(count, length);
                let options = Options::default();
                let cx = Cx::new(&contract, &options).unwrap();
                let model = Client::new(&contract, &cx.index, &Rust);
                let errors = parts(&cx, &model).unwrap().errors;
                // Neither comments nor macros are the formatter's.
                let (items, _) = errors.split_once("\n// ").unwrap();
                assert_eq!(items, format(items).unwrap(), "{count} codes of {length} letters");
            }
        }
    }
    #[test]
    fn what_braces_hold_fills_its_lines() {
        let items = |count: usize| (0..count).map(|n| format!("NotFound{n}")).collect();
        assert_eq!(braces("Set", items(0)), "Set {}");
        assert_eq!(braces("Set", items(2)), "Set { NotFound0, NotFound1 }");
        for count in 1..40 {
            let text = format!("    {}", braces("GetOrderError", items(count)));
            assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
            assert!(text.lines().count() < 5 + count / 6, "{text}");
        }
    }
}
