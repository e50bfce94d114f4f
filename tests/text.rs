//! Text of others, read back by the parser of each language that it was written in.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use proptest::prelude::*;
use proptest::test_runner::Config;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use throwback_codegen::text::{hcl, header, markdown, rust, toml as written, velocity, visible};
use throwback_tests::hostile::rendered;
use throwback_tests::names::{CONTRACT, renamed, runs_code, texts};

/// Texts that would end what they stand in, and begin something of their own.
const TEXTS: [&str; 36] = [
    "$filter",
    "q#set($context.responseOverride.status=418)",
    "q'",
    "q\"",
    "q\\",
    "filter[name]",
    "1.0.0\"\nbuild = \"build.rs\"\n[dependencies]\nevil = \"1",
    "x\npub fn injected() {}",
    "x\rpub fn injected() {}",
    "x\u{2028}pub fn injected() {}",
    "*/ pub fn injected() {} /*",
    "a | b\n| c | d |",
    "</table><script>alert(1)</script>",
    "<!-- ",
    "--> text",
    "[a](javascript:alert(1))",
    "`` ` ``",
    "```\nassert!(false);\n```",
    "```rust,should_panic\npanic!()\n```\n~~~\npanic!()\n~~~",
    "~~~\npanic!()",
    "> ```\n> panic!()\n> ```",
    "- a\n\n      panic!()\n\n1. b\n   ```\n   panic!()",
    "words\n\n    panic!()\n\nmore",
    "\tpanic!()\nno",
    "  a\n\n      panic!()",
    "[^1]: note\n\n    ```\n    panic!()",
    "\u{202e}\u{2066}\u{feff}\0\u{1b}[2J\u{7f}\u{85}\u{200f}",
    "../../etc/passwd",
    "..",
    "C:\\con",
    "#{x} ${y} %{z} {{w}} {% raw %}",
    "$D\\$D#D\\#D\\\\$x ## #* *# #[[ ]]#",
    "'; '' ''' \\' \\\n",
    "r#\"x\"# \"#",
    "großes 注文 😀\u{301}",
    "",
];

#[test]
fn every_text_of_a_contract_is_refused_or_reads_back() {
    let (mut written, mut refused) = (0, 0);
    for (n, pointer) in texts(&CONTRACT).iter().enumerate() {
        // Each place gets some of the texts, and each text comes to many places.
        for text in TEXTS.iter().skip(n % 12).step_by(12) {
            if renamed(&[pointer], text) { written += 1 } else { refused += 1 }
        }
    }
    assert!(written > 100 && refused > 100, "{written} were written and {refused} refused");
}

#[test]
fn docs_and_titles_take_any_text() {
    let texts = texts(&CONTRACT);
    let all: Vec<_> = texts.iter().filter(|at| at.ends_with("/docs") || at.ends_with("/title")).collect();
    for text in TEXTS {
        assert!(renamed(&all, text), "{text:?}");
    }
}

/// Any text, and such as is made of pieces that mean something somewhere.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(TEXTS.to_vec()).prop_map(str::to_owned),
        proptest::sample::select(
            "$ # ' \" \\ \n ` ~ > - 1. \t | < & * _ [ ] ( ) { } ! ; : = / % @ r# u{ ``` ~~~ ```` \u{20}\u{20}\u{20}\u{20}"
                .split(' ')
                .collect::<Vec<_>>()
        )
        .prop_map(str::to_owned),
        "[a-z0-9]{1,4}".prop_map(|text| text),
        any::<char>().prop_map(String::from),
        Just("\n".to_owned()),
        Just("    ".to_owned()),
        Just("\t".to_owned()),
    ];
    prop_oneof![proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat()), any::<String>()]
}

/// What HCL makes of a template without expressions (HCL specification, "Template Literals"); nothing where it has one.
fn of_template(text: &str) -> Option<String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(c) = rest.chars().next() {
        rest = match rest {
            _ if rest.starts_with("$${") || rest.starts_with("%%{") => {
                out.extend([c, '{']);
                &rest[3..]
            }
            _ if rest.starts_with("${") || rest.starts_with("%{") => return None,
            _ => {
                out.push(c);
                &rest[c.len_utf8()..]
            }
        };
    }
    Some(out)
}

/// The same of a quoted literal, on one line.
fn of_quoted(text: &str) -> Option<String> {
    let mut chars = text.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut out = String::new();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next()? {
                'u' => char::from_u32(u32::from_str_radix(&chars.by_ref().take(4).collect::<String>(), 16).ok()?)?,
                c @ ('"' | '\\') => c,
                _ => return None,
            },
            '"' | '\n' => return None,
            c => c,
        });
    }
    of_template(&out)
}

#[test]
fn a_block_of_code_that_ends_in_blanks_is_closed_once() {
    for end in ["", "\t", "  ", " \t\u{3000}", "\n"] {
        let lines = rust::docs(&format!("```\nassert!(false);\n```{end}"));
        assert_eq!(lines, [" ```text", " assert!(false);", " ```"], "{end:?}");
    }
}

proptest! {
    #![proptest_config(Config { cases: 2048, ..Config::default() })]

    #[test]
    fn a_rust_literal_reads_back(text in any_text()) {
        let literal: syn::LitStr = syn::parse_str(&rust::string(&text)).unwrap();
        prop_assert_eq!(literal.value(), text);
    }

    #[test]
    fn a_doc_comment_shows_the_text_and_runs_nothing(text in any_text()) {
        let lines = rust::docs(&text);
        let comment: String = lines.iter().map(|line| format!("///{line}\n")).collect();
        let file = syn::parse_file(&format!("{comment}struct S;")).unwrap();
        prop_assert_eq!(file.items.len(), 1);
        let syn::Item::Struct(item) = &file.items[0] else { panic!() };
        prop_assert_eq!(item.attrs.len(), lines.len());
        // rustdoc takes the blank away that every line begins with.
        let read: Vec<_> = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        prop_assert!(!runs_code(&read.join("\n")), "{:?}", lines);
        // Before a line of its own, as the status of an error.
        prop_assert!(!runs_code(&format!("{}\n\nStatus 404.", read.join("\n"))), "{:?}", lines);
        // Nothing of the text takes in what stands behind it.
        let behind = format!("{}\n\nStatus 404.", read.join("\n"));
        let events: Vec<_> = Parser::new_ext(&behind, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).collect();
        let last = [events.iter().nth_back(2), events.iter().nth_back(1)];
        let paragraph = matches!(last, [Some(Event::Start(Tag::Paragraph)), Some(Event::Text(text))] if &**text == "Status 404.");
        prop_assert!(paragraph, "{:?}", lines);
        // No letter or digit of the text is lost.
        let kept = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let (all, shown) = (kept(&visible(&text)), kept(&lines.join("\n")));
        let languages = shown.len().abs_diff(all.len());
        prop_assert!(text.contains("```") || text.contains("~~~") || languages % "text".len() == 0, "{:?}", lines);
    }

    #[test]
    fn a_toml_string_reads_back(text in any_text()) {
        let table: toml::Table = toml::from_str(&format!("a = {}\n{} = 1\n", written::string(&text), written::key(&format!("b{text}")))).unwrap();
        prop_assert_eq!(table["a"].as_str(), Some(&*text));
        let key = format!("b{text}");
        prop_assert!(table.contains_key(&key) && table.len() == 2);
        let value = toml::Value::Array(vec![text.clone().into(), toml::Value::Table([(text.clone(), 1.into())].into_iter().collect())]);
        let inline: toml::Table = toml::from_str(&format!("a = {}", written::value(&value))).unwrap();
        prop_assert_eq!(&inline["a"], &value);
        prop_assert!(!written::value(&value).contains('\n'));
    }

    #[test]
    fn a_template_of_hcl_is_the_text(before in "[$%{}]{0,6}", text in any_text(), after in "[$%{}\"\\\\]{0,6}") {
        let text = format!("{before}{text}{after}");
        prop_assert_eq!(of_template(&hcl::template(&text)), Some(text.clone()));
        prop_assert_eq!(of_quoted(&hcl::quoted(&text)), Some(text));
    }

    #[test]
    fn a_cell_of_markdown_reads_back(text in any_text(), code in any_text()) {
        let table = format!("| A | B |\n|---|---|\n| {} | {} |\n", markdown::inline(&text), markdown::code(&code));
        let (mut cells, mut cell) = (Vec::new(), String::new());
        for event in Parser::new_ext(&table, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH) {
            match event {
                Event::End(TagEnd::TableCell) => cells.push(std::mem::take(&mut cell)),
                Event::Text(text) | Event::Code(text) => cell.push_str(&text),
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell) | Event::End(_) => {}
                other => prop_assert!(false, "{:?} in {:?}", other, table),
            }
        }
        let shown = visible(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        let blanks = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(cells.len(), 4);
        prop_assert_eq!(&cells[2], &shown);
        prop_assert_eq!(blanks(&cells[3]), blanks(&visible(&code)));
    }

    #[test]
    fn a_header_constant_reads_back_or_is_refused(text in any_text()) {
        if let Some(written) = header::constant(&text) {
            prop_assert_eq!(written.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')), Some(&*text));
            prop_assert!(!text.contains(['\'', '\\']));
            let value = reqwest::header::HeaderValue::from_str(&text).unwrap();
            prop_assert_eq!(value.to_str().unwrap(), text);
        }
    }

    #[test]
    fn velocity_prints_the_text(text in any_text(), after in "[a-z.(\\[{]?") {
        let (set, printed) = velocity::printed(&text, "k");
        let literal = velocity::literal(&text);
        prop_assert_eq!(rendered(&format!("{set}<{printed}{after}")), format!("<{text}{after}"));
        prop_assert_eq!(rendered(&format!("#set($v={literal})<$v")), format!("<{text}"));
        let (set, printed) = velocity::json(&text, "k");
        let json = rendered(&format!("{set}[\"{printed}\"]"));
        prop_assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), vec![text]);
    }
}
