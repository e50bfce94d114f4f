//! Logical ids: letters and digits, by what a resource is and not by what else there is, so that none changes when an operation
//! is added.

use crate::contract::short_hash;
use heck::{ToSnakeCase, ToUpperCamelCase};

/// CloudFormation takes 255 letters; the kind and the hash stand behind these.
const READABLE: usize = 200;

/// The id of what a name or a path stands for. A name that its readable form does not give back has its hash behind it: two
/// names that look alike are two ids.
pub(super) fn id(name: &str, what: &str) -> String {
    let words: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let mut readable = words.to_upper_camel_case();
    let is_whole = readable.len() <= READABLE && readable.to_snake_case() == name;
    readable.truncate(READABLE);
    if is_whole { format!("{readable}{what}") } else { format!("{readable}{what}{}", hash(name)) }
}

/// What is left of a text's hash in an id.
pub(super) fn hash(text: &str) -> String {
    let mut hash = short_hash(text).to_uppercase();
    hash.truncate(8);
    hash
}

/// Whether a text can be an id of CloudFormation's.
pub(super) fn is_id(text: &str) -> bool {
    (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_are_readable_and_no_two_names_have_one() {
        assert_eq!(id("customers", "Authorizer"), "CustomersAuthorizer");
        assert!(id("/orders/{order_id}", "Get").starts_with("OrdersOrderIdGet"));
        let long = "x".repeat(300);
        let names = [
            "/orders/{order_id}",
            "/orders/order_id",
            "/orders/order-id",
            "/orders/order/id",
            "/ordersOrderId",
            "a",
            "A",
            "a_",
            "ä",
            "ö",
            "",
            "/",
            "a1",
            "a_1",
            &long,
            "{{resolve:ssm:a}}",
            "AWS::Region",
            "a.b",
        ];
        let ids: HashSet<_> = names.iter().map(|name| id(name, "Get")).collect();
        assert_eq!(ids.len(), names.len(), "{ids:?}");
        assert!(ids.iter().all(|id| is_id(id)), "{ids:?}");
    }

    #[test]
    fn an_id_is_letters_and_digits() {
        assert!(is_id("Api") && is_id("0"));
        assert!(!is_id("") && !is_id("My-Api") && !is_id("Äpi") && !is_id(&"a".repeat(256)));
    }
}
