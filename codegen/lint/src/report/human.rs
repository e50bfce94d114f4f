//! For people: the lines with their places, what proves it, how it is mended, and a summary that says where to begin.

use super::{Report, mend, rules};
use crate::finding::{Finding, Level};
use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use std::ops::Range;
use throwback_codegen::text::visible;

/// How many methods are named of those that have the same.
const NAMED: usize = 4;

pub(super) fn write(report: &Report, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for (number, mistake) in &report.mistakes {
        let group = Group::with_title(Title::ERROR.primary_title(visible(&mistake.message)));
        let group = group.element(snippet(report, *number, &[(&mistake.at, "", AnnotationKind::Primary)]));
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    for finding in &report.findings {
        out.push_str(&renderer.render(&[shown(report, finding)]));
        out.push_str("\n\n");
    }
    out.push_str(&summary(report));
    out
}

fn shown<'a>(report: &'a Report, finding: &'a Finding) -> Group<'a> {
    let title = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let mut places = vec![(&finding.at, "", AnnotationKind::Primary)];
    places.extend(finding.also.iter().map(|(at, label)| (at, label.as_str(), AnnotationKind::Context)));
    let mut group = Group::with_title(title.primary_title(visible(&finding.message)).id(finding.rule.id));
    group = group.element(snippet(report, finding.file, &places));
    if let Some(witness) = &finding.witness {
        let text = format!("{}\ntoday   {}\nmended  {}", witness.given, witness.today, witness.mended);
        group = group.element(Title::NOTE.message(visible(&text).into_owned()));
    }
    if !finding.repeated.is_empty() {
        let named = finding
            .repeated
            .iter()
            .take(NAMED)
            .map(|other| format!("{} (line {})", other.method, report.place(finding.file, other.at.start).0));
        let named: Vec<_> = named.collect();
        let more = if finding.repeated.len() > NAMED {
            format!(" and {} more", finding.repeated.len() - NAMED)
        } else {
            String::new()
        };
        let text = format!("the same in {}{more}", named.join(", "));
        group = group.element(Title::NOTE.message(visible(&text).into_owned()));
    }
    group.element(Title::HELP.message(visible(mend(finding))))
}

/// The longest line that is shown, in bytes: a document may be one line.
const LINE: usize = 400;

/// The lines of some places.
fn snippet<'a>(
    report: &'a Report,
    file: usize,
    places: &[(&Range<usize>, &'a str, AnnotationKind)],
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = &report.files[file].text;
    let path = report.files[file].path.to_string_lossy().into_owned();
    let within = |range: &Range<usize>| {
        let start = range.start.min(text.len());
        // Of what goes over several lines the first says which it is.
        let end = text[start..range.end.clamp(start, text.len())]
            .find('\n')
            .map_or(range.end.clamp(start, text.len()), |at| start + at);
        start..end
    };
    let primary = within(places[0].0);
    let near = |range: &Range<usize>| {
        let line = |at| report.place(file, at).0;
        line(range.start).abs_diff(line(primary.start)) < 60
    };
    let all: Vec<_> = places
        .iter()
        .map(|(range, label, kind)| (within(range), *label, *kind))
        .filter(|(range, ..)| near(range))
        .collect();
    let first = all.iter().map(|(range, ..)| range.start).min().unwrap_or_default();
    let last = all.iter().map(|(range, ..)| range.end).max().unwrap_or_default();
    let mut start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let mut end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    if text[start..end].lines().any(|line| line.len() > LINE) {
        start = floor(text, primary.start.saturating_sub(LINE / 4).max(start));
        end = floor(text, (primary.start + LINE / 2).min(end));
    }
    let line = report.place(file, start).0;
    let mut snippet = Snippet::source(&text[start..end]).path(path).line_start(line);
    for (range, label, kind) in all {
        if range.start < start || range.start > end {
            continue;
        }
        let annotation = kind.span(range.start - start..range.end.min(end) - start);
        snippet = snippet.annotation(if label.is_empty() { annotation } else { annotation.label(label) });
    }
    snippet
}

/// The last place up to this one at which a character begins.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// How many there are of each level, and what is to be mended first.
fn summary(report: &Report) -> String {
    let levels = [Level::Error, Level::Warning, Level::Note];
    let counts: Vec<_> = levels
        .into_iter()
        .map(|level| (report.count(level), level))
        .filter(|(count, _)| *count > 0)
        .map(|(count, level)| counted(count, level.word()))
        .collect();
    let looked = format!("{} in {}", counted(report.methods, "method"), counted(report.files.len(), "file"));
    if report.methods == 0 {
        return format!("{looked}: there is no integration to look at\n");
    }
    let aside = aside(report);
    if counts.is_empty() {
        return format!("{looked}: nothing is wrong that a configuration shows{aside}\n{}", mended(report));
    }
    let worst = report.worst();
    let first = rules()
        .find(|rule| report.findings.iter().any(|finding| finding.rule.id == rule.id && Some(finding.level) == worst));
    let first = first.map(|rule| {
        let count: usize = report
            .findings
            .iter()
            .filter(|finding| finding.rule.id == rule.id)
            .map(|finding| 1 + finding.repeated.len())
            .sum();
        let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
        format!("mend first: {} ({times}); `throwback lint --explain {}` says why\n", rule.title, rule.id)
    });
    format!("{looked}: {}{aside}\n{}{}", counts.join(", "), first.unwrap_or_default(), mended(report))
}

/// How many findings are told nowhere else.
fn aside(report: &Report) -> String {
    let known: usize = report.known.iter().map(|finding| 1 + finding.repeated.len()).sum();
    let counts = [(report.allowed.len(), "allowed"), (known, "known")];
    let counts: Vec<_> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if counts.is_empty() { String::new() } else { format!("; {}", counts.join(", ")) }
}

/// That a baseline holds what is found no more.
fn mended(report: &Report) -> String {
    match report.mended {
        0 => String::new(),
        1 => "1 of the baseline is mended: write it anew\n".to_owned(),
        count => format!("{count} of the baseline are mended: write it anew\n"),
    }
}
