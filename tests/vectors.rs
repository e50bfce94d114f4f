//! The test vectors of each API, by the tests that are generated for its client.

#![allow(clippy::panic)]

mod dynamodb {
    use throwback_tests::dynamodb_client;
    include!(concat!(env!("OUT_DIR"), "/dynamodb.crate/tests/included.rs"));
}

mod failing {
    use throwback_tests::failing_client;
    include!(concat!(env!("OUT_DIR"), "/failing.crate/tests/included.rs"));
}

mod kubernetes {
    use throwback_tests::kubernetes_client;
    include!(concat!(env!("OUT_DIR"), "/kubernetes.crate/tests/included.rs"));
}

mod stock {
    use throwback_tests::stock_client;
    include!(concat!(env!("OUT_DIR"), "/stock.crate/tests/included.rs"));
}

mod zoo {
    use throwback_tests::zoo_client;
    include!(concat!(env!("OUT_DIR"), "/zoo.crate/tests/included.rs"));
}

use throwback::client::vectors::run;

#[test]
fn a_file_that_is_none_or_of_another_version_is_refused() {
    let ran = |file| run(file, |_, _| None);
    assert!(ran("{").unwrap_err().starts_with("these are no test vectors"));
    assert_eq!(ran(r#"{"vectors":1,"cases":[]}"#).unwrap_err(), "these test vectors are of version 1, not of 2");
    let case = r#"{"name":"x","operation":"pour","invocation":"{}","caught":{"who":"api"}}"#;
    let unknown = ran(&format!(r#"{{"vectors":2,"cases":[{case}]}}"#));
    assert_eq!(unknown.unwrap_err(), "x: there is no operation `pour`\n");
    let wrong = run(&format!(r#"{{"vectors":2,"cases":[{case}]}}"#), |_, answer| {
        Some(answer.caught::<throwback_tests::zoo_client::ZooError>())
    });
    assert_eq!(wrong.unwrap_err(), "pour, x: `who` is \"platform\", not \"api\"\n");
}
