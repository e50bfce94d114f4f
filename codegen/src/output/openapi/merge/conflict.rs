//! Conflicts: whether a response that a base has can be the one that the function gives.

use super::data::{Data, Members};

/// Why it can't be.
pub(super) struct Conflict {
    /// The member that says something else.
    pub(super) member: &'static str,
    /// What it says, behind the response's name.
    pub(super) text: String,
}

/// Compares two responses. What theirs lacks comes back; a description is theirs to write.
pub(super) fn response(ours: &Data, theirs: &Data, is_gateway: bool) -> Result<Members, Conflict> {
    let mut missing = Members::new();
    for (name, value) in ours.members() {
        match (name.as_str(), theirs.at(&[name])) {
            ("headers", Some(theirs)) => {
                let more = headers(value, theirs, is_gateway)?;
                if !more.is_empty() {
                    missing.insert(name.clone(), Data::Map(more));
                }
            }
            ("content", Some(theirs)) if theirs.members().next().is_some() => content(value, theirs)?,
            ("description", Some(_)) => {}
            _ => drop(missing.insert(name.clone(), value.clone())),
        }
    }
    match (ours.at(&["content"]), theirs.at(&["content"])) {
        (None, Some(theirs)) if theirs.members().next().is_some() => {
            Err(Conflict { member: "content", text: "has a body here, and none of ours".to_owned() })
        }
        _ => Ok(missing),
    }
}

/// The headers that theirs lack: names of headers are one in any case, but to API Gateway's mapping they are two.
fn headers(ours: &Data, theirs: &Data, is_gateway: bool) -> Result<Members, Conflict> {
    let mut missing = Members::new();
    for (name, value) in ours.members() {
        let known = theirs.members().map(|(known, _)| known).find(|known| known.eq_ignore_ascii_case(name));
        match known {
            None => drop(missing.insert(name.clone(), value.clone())),
            Some(known) if known != name && is_gateway => {
                let text = format!(
                    "has the header `{known}`, which our mapping calls `{name}`: API Gateway takes it for another"
                );
                return Err(Conflict { member: "headers", text });
            }
            Some(_) => {}
        }
    }
    Ok(missing)
}

fn content(ours: &Data, theirs: &Data) -> Result<(), Conflict> {
    for (media, value) in ours.members() {
        let Some(found) = theirs.at(&[media]) else {
            let media_types: Vec<_> = theirs.members().map(|(media, _)| format!("`{media}`")).collect();
            let text = format!("is {} here, and `{media}` of ours", media_types.join(" or "));
            return Err(Conflict { member: "content", text });
        };
        let (ours, theirs) = (value.at(&["schema"]), found.at(&["schema"]));
        let is_same = match (ours, theirs) {
            (Some(ours), Some(theirs)) => ours.is_schema_like(theirs),
            (ours, theirs) => ours.is_none() && theirs.is_none(),
        };
        if !is_same {
            let shown = |schema: Option<&Data>| schema.map_or_else(|| "of no schema".to_owned(), Data::shown);
            let text = format!("is `{media}` {} here, and {} of ours", shown(theirs), shown(ours));
            return Err(Conflict { member: "content", text });
        }
    }
    Ok(())
}
