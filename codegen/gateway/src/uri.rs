//! Where a backend is: an integration's `uri` with the request's parameters and the stage's variables put in.

use indexmap::IndexMap;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a name or a value of a query string may have unescaped (RFC 3986, "unreserved").
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a value may have unescaped where it is put in: all that an address may have (RFC 3986) but what ends its path.
const PART: &AsciiSet = &QUERY
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// Puts `{name}` and `${stageVariables.name}` in; the warnings say what is not known of that.
///
/// # Errors
/// What stays open, or is no address.
pub(crate) fn render(
    uri: &str,
    path: &IndexMap<String, String>,
    stage_variables: &IndexMap<String, String>,
    warnings: &mut Vec<String>,
) -> Result<String, String> {
    let mut out = String::with_capacity(uri.len());
    let mut rest = uri;
    while let Some(at) = rest.find('{') {
        let Some(end) = rest[at..].find('}') else { break };
        let (before, name) = (&rest[..at], &rest[at + 1..at + end]);
        let stage = before.strip_suffix('$').zip(name.strip_prefix("stageVariables."));
        if let Some((before, name)) = stage {
            // One that is not set is nothing.
            out.extend([before, stage_variables.get(name).map_or("", String::as_str)]);
        } else if let Some(value) = path.get(name) {
            let escaped = utf8_percent_encode(value, PART).to_string();
            if escaped != *value {
                warnings.push(format!(
                    "`{{{name}}}` is put into the address as `{escaped}`: how API Gateway escapes it is neither documented nor recorded"
                ));
            }
            out.extend([before, &escaped]);
        } else {
            return Err(format!(
                "`{{{name}}}` in the integration's `uri` has no value: `requestParameters` gives it one"
            ));
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    if !out.starts_with("arn:") && !is_http(&out) {
        return Err(format!("invalid endpoint address `{out}`"));
    }
    Ok(out)
}

/// Whether this is an address that a request can be sent to.
pub(crate) fn is_http(uri: &str) -> bool {
    let Some(rest) = uri.strip_prefix("http://").or_else(|| uri.strip_prefix("https://")) else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty() && uri.bytes().all(|byte| byte > b' ' && byte != 0x7f)
}

/// Appends parameters to an address's query string.
pub(crate) fn append<'a>(uri: &mut String, parameters: impl Iterator<Item = (&'a str, &'a str)>) {
    for (name, value) in parameters {
        uri.push(if uri.contains('?') { '&' } else { '?' });
        let parts = [utf8_percent_encode(name, QUERY).to_string(), utf8_percent_encode(value, QUERY).to_string()];
        uri.extend([&parts[0], "=", &parts[1]]);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_has_its_parameters_put_in_or_is_none() {
        let map = |pairs: &[(&str, &str)]| -> IndexMap<String, String> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let (path, stage) = (map(&[("a", "x/y"), ("c", "é ?")]), map(&[("host", "h.example")]));
        let rendered = |uri: &str| render(uri, &path, &stage, &mut Vec::new());
        assert_eq!(rendered("https://${stageVariables.host}/{a}?b={a}").unwrap(), "https://h.example/x/y?b=x/y");
        assert_eq!(rendered("https://h/${stageVariables.none}").unwrap(), "https://h/");
        for wrong in ["https://${stageVariables.none}/", "https://h/{b}", "ftp://h", "", "https://h/ x", "https://h/{"]
        {
            assert_eq!(rendered(wrong).is_ok(), wrong == "https://h/{", "{wrong}");
        }
        let mut warnings = Vec::new();
        assert_eq!(render("http://h/{a}{c}", &path, &stage, &mut warnings).unwrap(), "http://h/x/y%C3%A9%20%3F");
        assert_eq!(warnings.len(), 1);
        let mut uri = rendered("http://h").unwrap();
        append(&mut uri, [("a b", "é&"), ("c", "")].into_iter());
        assert_eq!(uri, "http://h?a%20b=%C3%A9%26&c=");
    }
}
