//! The pages of the rules, `docs/rules/`, are what the records and the fixtures say. `SNAPSHOTS=overwrite cargo test -p
//! throwback-lint` writes them anew.

#![allow(clippy::unwrap_used, missing_docs)]

use similar::TextDiff;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use throwback_lint::{RULES, Rule};

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}")).replace("\r\n", "\n")
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

fn page(rule: &Rule) -> String {
    let (fails, mended) = (fixture(&format!("{}.yaml", rule.id)), fixture(&format!("{}.mended.yaml", rule.id)));
    let diff = TextDiff::from_lines(&fails, &mended);
    let diff = diff.unified_diff().context_radius(2).to_string();
    let said = fixture(&format!("{}.txt", rule.id));
    // What else is wrong with the file belongs to other pages.
    let own: Vec<_> = said.split("\n\n").filter(|finding| finding.contains(&format!("[{}]: ", rule.id))).collect();
    let said = own.join("\n\n") + "\n";
    format!(
        "# `{id}`\n\n**{level}.** {title}\n\n{why}\n\n**To mend it:** {mend}\n\nSource: <{reference}>\n\n## What is said\n\n```text\n{said}```\n\n\
         ## Before and after\n\n```diff\n{diff}```\n\n[All rules](README.md)\n",
        id = rule.id,
        level = sentence(rule.level.word()).trim_end_matches('.'),
        title = sentence(rule.title),
        why = rule.why,
        mend = sentence(rule.mend),
        reference = rule.reference,
    )
}

fn index() -> String {
    let mut text = String::from(
        "# The rules of `throwback lint`\n\nEach page has the fault, the message that proves it, and the mend. `throwback lint --explain RULE` tells the \
         same at the terminal.\n\n| Rule | Level | What is wrong |\n|---|---|---|\n",
    );
    for rule in RULES.iter().flat_map(|rules| rules.iter()) {
        writeln!(text, "| [`{id}`]({id}.md) | {} | {} |", rule.level, rule.title.replace('|', "\\|"), id = rule.id)
            .unwrap();
    }
    text
}

#[test]
fn each_rule_has_its_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules");
    let mut pages: BTreeMap<_, _> =
        RULES.iter().flat_map(|rules| rules.iter()).map(|rule| (format!("{}.md", rule.id), page(rule))).collect();
    pages.insert("README.md".to_owned(), index());
    if std::env::var_os("SNAPSHOTS").is_some_and(|how| how == "overwrite") {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &pages {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in &pages {
        let found = fs::read_to_string(folder.join(name)).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(&found, text, "docs/rules/{name} is stale");
    }
    let found: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(found.iter().all(|name| pages.contains_key(name)), "a page of no rule: {found:?}");
}
