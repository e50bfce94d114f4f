//! Smaller cases: with a piece of a text left out.

use super::case::Case;

/// Names and their values, as a case has them.
type Pairs = Vec<(String, String)>;

/// Each part of a case without one of its pieces, the largest first.
pub(super) fn smaller(case: &Case) -> impl Iterator<Item = Case> + use<> {
    let parts: [fn(&mut Case) -> &mut String; 4] =
        [|case| &mut case.response, |case| &mut case.request, |case| &mut case.payload, |case| &mut case.body];
    let lists: [fn(&mut Case) -> &mut Pairs; 4] =
        [|case| &mut case.path, |case| &mut case.query, |case| &mut case.headers, |case| &mut case.stage];
    let mut all = Vec::new();
    for list in lists {
        let mut smaller = case.clone();
        if !list(&mut smaller).is_empty() {
            list(&mut smaller).clear();
            all.push(smaller);
        }
    }
    let mut copy = case.clone();
    let longest = parts.iter().map(|part| part(&mut copy).chars().count()).max().unwrap_or(0);
    let mut size = longest.next_power_of_two();
    while size > 0 {
        for part in parts {
            let text: Vec<char> = part(&mut copy).chars().collect();
            for start in (0..text.len()).step_by(size) {
                let end = (start + size).min(text.len());
                let mut smaller = case.clone();
                *part(&mut smaller) = text[..start].iter().chain(&text[end..]).collect();
                all.push(smaller);
            }
        }
        size /= 2;
    }
    // A template that is empty is none.
    all.into_iter().filter(|case| !case.request.is_empty() && !case.response.is_empty())
}
