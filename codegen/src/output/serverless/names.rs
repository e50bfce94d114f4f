//! The ids that Serverless Framework makes of paths: what extends a method has to know them.

use crate::rest::Resource;
use std::collections::BTreeMap;

/// What stands in ids for a path.
fn of_path(path: &str) -> String {
    path.split('/').map(of_part).collect()
}

fn of_part(part: &str) -> String {
    let part = capital(&part.to_lowercase()).replace('-', "Dash");
    let part = match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(parameter) => format!("{parameter}Var"),
        None => part,
    };
    capital(&part.replace(|c: char| !c.is_ascii_alphanumeric(), ""))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The id of a method.
pub(super) fn method(path: &str, verb: &str) -> String {
    format!("ApiGatewayMethod{}{}", of_path(path), capital(&verb.to_lowercase()))
}

/// What is wrong with paths of which the framework makes one: it would put the methods of both under either.
pub(super) fn mistakes(resources: &[Resource<'_>]) -> Vec<String> {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for resource in resources {
        let path = resource.path;
        // Those above it become resources, too.
        let ends = path.match_indices('/').map(|(at, _)| at).skip(1).chain([path.len()]);
        for above in ends.map(|end| &path[..end]) {
            let other = *known.entry(of_path(above)).or_insert(above);
            if other != above {
                found.push(format!(
                    "Serverless Framework makes the same resource of the paths `{other}` and `{above}`: letters and digits \
                     alone tell them apart there; give one of them another"
                ));
            }
        }
    }
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::{method, mistakes};
    use crate::rest::Resource;

    // As its `naming.js` makes them; the packages in `tests/conformance/deploy/serverless` hold no other.
    #[test]
    fn ids_are_those_of_the_framework() {
        for (path, id) in [
            ("/", "ApiGatewayMethodGet"),
            ("/orders", "ApiGatewayMethodOrdersGet"),
            ("/orders/{order_id}", "ApiGatewayMethodOrdersOrderidVarGet"),
            ("/{cage-id}/x-Y.z~1", "ApiGatewayMethodCageDashidVarXDashyz1Get"),
            ("/files/{proxy+}", "ApiGatewayMethodFilesProxyVarGet"),
            ("/{$filter}", "ApiGatewayMethodFilterVarGet"),
        ] {
            assert_eq!(method(path, "GET"), id);
        }
    }

    #[test]
    fn paths_that_become_one_are_told() {
        let of = |paths: &[&'static str]| {
            let resources: Vec<_> = paths.iter().map(|path| Resource { path, methods: Vec::new() }).collect();
            mistakes(&resources)
        };
        assert!(of(&["/", "/orders", "/orders/{id}", "/orders/id", "/a/b", "/ab"]).is_empty());
        for (paths, told) in [
            (["/v1.0", "/v10"], "`/v1.0` and `/v10`"),
            (["/a/1", "/a1"], "`/a/1` and `/a1`"),
            (["/a.b/x", "/ab/y"], "`/a.b` and `/ab`"),
        ] {
            let found = of(&paths);
            assert!(found.len() == 1 && found[0].contains(told), "{found:?}");
        }
    }
}
