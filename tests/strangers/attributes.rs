//! serde's attributes, and those of `serde_with`: each is modelled, or refused where it stands.

use crate::{described, field, scanned, shape};
use throwback_codegen::contract::{Shape, Type};

const DERIVE: &str = "#[derive(Debug, serde::Serialize, serde::Deserialize)]";

/// What an error's field of the type `Held` is refused for.
fn refused(items: &str, why: &str) {
    match field("Held", items) {
        Ok((_, contract)) => panic!("accepted: {items}\n{:?}", contract.types),
        Err(said) => assert!(said.contains(why), "{items}\n{said}"),
    }
}

fn held(items: &str) -> Shape {
    let (_, contract) = field("Held", items).unwrap_or_else(|said| panic!("{items}\n{said}"));
    shape(&contract, "Held").clone()
}

fn names(shape: &Shape) -> Vec<&str> {
    match shape {
        Shape::Struct(fields) => fields.iter().map(|field| field.name.as_str()).collect(),
        Shape::Enum { variants, .. } => variants.iter().map(|variant| variant.name.as_str()).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_hides_the_wire_is_refused_wherever_it_stands() {
    for (items, why) in [
        (
            "#[serde_with::serde_as] D struct Held { #[serde_as(as = \"DisplayFromStr\")] id: i64 }",
            "`Held.id` says `#[serde_as]`",
        ),
        ("#[serde_as] D struct Held(#[serde_as(as = \"DisplayFromStr\")] i64);", "`Held.0` says `#[serde_as]`"),
        ("#[serde_with::apply(_ => #[serde(skip)])] D struct Held { id: i64 }", "`#[apply]`"),
        (
            "#[cfg_attr(all(), serde(rename_all = \"camelCase\"))] D struct Held { order_id: i64 }",
            "`cfg_attr` on a type",
        ),
        ("D struct Held { #[cfg(feature = \"x\")] id: i64 }", "`cfg` on a field"),
        ("D struct Held(#[serde(with = \"ts_seconds\")] DateTime<Utc>);", "`Held.0` says `#[serde(with …)]`"),
        ("D struct Held(i64, #[serde(serialize_with = \"f\")] i64);", "`#[serde(serialize_with …)]`"),
        ("D enum Held { A(#[serde(serialize_with = \"f\")] i64) }", "`Held.A.0` says"),
        (
            "#[serde_with::skip_serializing_none] D struct Held(Option<u8>, u8);",
            "`Held` says `#[skip_serializing_none]`",
        ),
        ("D struct Held { #[serde(getter = \"f\")] id: i64 }", "`#[serde(getter …)]`"),
        ("D struct Held(i64, #[serde(skip_serializing_if = \"f\")] i64);", "`#[serde(skip_serializing_if …)]`"),
        ("D #[serde(tag = \"t\")] enum Held { A { a: u8 }, #[serde(untagged)] B { b: u8 } }", "`#[serde(untagged …)]`"),
        ("D enum Held { A(u8), #[serde(serialize_with = \"f\")] B(u8) }", "the variant `B` says"),
        ("D enum Held { A(u8), #[serde(with = \"f\")] B(u8) }", "the variant `B` says"),
        ("D enum Held { A { #[serde(with = \"f\")] a: u8 } }", "`Held.A.a` says"),
        ("D #[serde(remote = \"Other\")] struct Held { id: i64 }", "`#[serde(remote …)]`"),
        ("D #[serde(remote = \"Other\")] enum Held { A }", "`#[serde(remote …)]`"),
        ("D #[serde(field_identifier)] enum Held { A, B }", "`#[serde(field_identifier …)]`"),
        ("D #[serde(variant_identifier)] enum Held { A, B }", "`#[serde(variant_identifier …)]`"),
        ("D #[serde(to_come)] struct Held { id: i64 }", "`#[serde(to_come …)]`"),
        ("D struct Held { #[serde(to_come = 1)] id: i64 }", "`#[serde(to_come …)]`"),
        ("D struct Held(#[serde(skip)] u8);", "the only field of a struct can't be skipped"),
    ] {
        refused(&items.replace("D ", &format!("{DERIVE} ")), why);
    }
}

/// The same for what an operation takes.
fn refused_input(items: &str, why: &str) {
    match operation("Held", "u8", &items.replace("D ", &format!("{DERIVE} "))) {
        Ok(contract) => panic!("accepted: {items}\n{:?}", contract.types),
        Err(said) => assert!(said.contains(why), "{items}\n{said}"),
    }
}

/// Words that hide what is written, by the place where they stand; `tests/attributes.rs` has those that do not.
#[test]
fn every_word_that_hides_the_wire_is_refused_at_every_place() {
    const PLACES: [(&str, &str); 7] = [
        ("D #[serde(WORD)] struct Held { id: u8 }", "remote"),
        ("D #[serde(WORD)] enum Held { A }", "remote variant_identifier field_identifier"),
        ("D #[serde(tag = \"t\")] enum Held { #[serde(WORD)] A { id: u8 } }", "with serialize_with untagged"),
        ("D struct Held { #[serde(WORD)] id: u8 }", "with serialize_with getter"),
        ("D struct Held(u8, #[serde(WORD)] u8);", "with serialize_with getter skip_serializing_if"),
        ("D enum Held { A { #[serde(WORD)] id: u8 } }", "with serialize_with getter"),
        ("D enum Held { A(u8, #[serde(WORD)] u8) }", "with serialize_with getter skip_serializing_if"),
    ];
    for (item, words) in PLACES {
        for word in words.split(' ') {
            let plain = ["variant_identifier", "field_identifier", "untagged"].contains(&word);
            let written = if plain { word.to_owned() } else { format!("{word} = \"other::path\"") };
            let items = item.replace("WORD", &written).replace("D ", &format!("{DERIVE} "));
            refused(&items, &format!("`#[serde({word} …)]`"));
        }
        let hides_what_is_read = !item.contains("D #[serde(WORD)]");
        if hides_what_is_read {
            refused_input(&item.replace("WORD", "deserialize_with = \"other::path\""), "deserialize_with");
        }
    }
}

#[test]
fn what_is_read_by_hand_is_refused_where_it_is_read() {
    for (items, why) in [
        ("D struct Held { #[serde(deserialize_with = \"f\")] id: i64 }", "`#[serde(deserialize_with …)]`"),
        ("D struct Held(#[serde(deserialize_with = \"f\")] i64);", "`#[serde(deserialize_with …)]`"),
        ("D enum Held { A { #[serde(deserialize_with = \"f\")] id: i64 } }", "`#[serde(deserialize_with …)]`"),
        ("D enum Held { A(#[serde(deserialize_with = \"f\")] i64) }", "`#[serde(deserialize_with …)]`"),
        ("D enum Held { #[serde(deserialize_with = \"f\")] A(i64) }", "the variant `A` says"),
        (
            "D #[serde(tag = \"t\", content = \"c\")] enum Held { A(#[serde(skip)] u8) }",
            "beside its tag can't be skipped",
        ),
        ("D #[serde(from = \"Vec<Foreign>\")] struct Held;", "the type `Foreign` is not in the source"),
    ] {
        refused_input(items, why);
    }
    // Each hides nothing on the other side.
    let held = format!("{DERIVE} struct Held {{ #[serde(serialize_with = \"f\")] id: i64 }}");
    operation("Held", "u8", &held).unwrap();
    let held = format!("{DERIVE} struct Held {{ #[serde(deserialize_with = \"f\")] id: i64 }}");
    operation("u8", "Held", &held).unwrap();
}

#[test]
fn a_type_has_a_form_on_the_side_that_it_derives() {
    let by_hand = "impl<'de> Deserialize<'de> for Held { }";
    let written = format!("#[derive(serde::Serialize)] struct Held {{ id: u8 }} {by_hand}");
    operation("u8", "Held", &written).unwrap();
    let said = operation("Held", "u8", &written).unwrap_err();
    assert!(said.contains("`Held` derives no `Deserialize`"), "{said}");
    let said = operation("Held", "Held", &written).unwrap_err();
    assert!(said.contains("`Held` derives no `Deserialize`"), "{said}");
    let said = operation("Held", "Held", &written.replace("Serialize", "Deserialize")).unwrap_err();
    assert!(said.contains("`Held` is both taken and returned") || said.contains("derives no `Serialize`"), "{said}");
    for other in ["rkyv", "miniserde"] {
        refused(&format!("#[derive({other}::Serialize)] struct Held(u8);"), "derives neither");
    }
}

#[test]
fn derives_of_other_crates_say_what_a_type_is() {
    let of = |items: &str| field("Held", items).unwrap().0;
    assert_eq!(of("#[derive(Debug, serde_with::SerializeDisplay)] enum Held { A(u8) }"), Type::STRING);
    assert_eq!(of("#[derive(SerializeDisplayAlt)] struct Held { id: u8 }"), Type::STRING);
    let number = |bits, signed| Type::Int { bits, signed };
    assert_eq!(of("#[derive(Serialize_repr)] #[repr(u8)] enum Held { A = 1 }"), number(8, false));
    assert_eq!(of("#[derive(serde_repr::Serialize_repr)] #[repr(C, isize)] enum Held { A = 1 }"), number(64, true));
    let contract = operation("Held", "u8", "#[derive(DeserializeFromStr)] struct Held { id: u8 }").unwrap();
    assert_eq!(contract.operations[0].input.ty, Type::STRING);
}

#[test]
fn a_type_takes_the_form_of_another() {
    let text = format!("{DERIVE} #[serde(from = \"String\", into = \"String\")] struct Held<T> {{ of: Foreign<T> }}");
    let (ty, contract) = field("Held<u8>", &text).unwrap();
    assert_eq!((&ty, shape(&contract, "HeldU8")), (&Type::Named("HeldU8".to_owned()), &Shape::Newtype(Type::STRING)));
    // One that is read otherwise than it is written has two forms.
    let two = format!("{DERIVE} #[serde(try_from = \"String\")] struct Held {{ id: u8 }}");
    assert_eq!(*shape(&operation("Held", "u8", &two).unwrap(), "Held"), Shape::Newtype(Type::STRING));
    assert_eq!(names(shape(&operation("u8", "Held", &two).unwrap(), "Held")), ["id"]);
    let said = operation("Held", "Held", &two).unwrap_err();
    assert!(said.contains("`Held` is both taken and returned"), "{said}");
}

#[test]
fn a_condition_that_gives_a_type_its_form_holds_where_it_is_used() {
    let conditional = "#[cfg_attr(feature = \"serde\", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = \"serde\", serde(rename_all = \"camelCase\"))]
        struct Held {
            order_id: u8,
            #[cfg_attr(feature = \"serde\", serde(skip))] secret: Foreign,
            #[cfg(feature = \"serde\")] made_for_it: u8,
        }";
    assert_eq!(names(&held(conditional)), ["orderId", "madeForIt"]);
    let kinds = "#[cfg_attr(feature = \"serde\", derive(Serialize), serde(tag = \"kind\"))]
        enum Held { #[cfg_attr(feature = \"serde\", serde(rename = \"a\"))] First { id: u8 } }";
    assert_eq!(names(&held(kinds)), ["a"]);
    // Another condition is no part of what is known.
    refused(
        &conditional.replace("serde(skip)", "serde(default)").replace("\"serde\", serde(", "\"x\", serde("),
        "`cfg_attr` on a",
    );
    // Nor is one of two, and one for tests alone.
    let two = "#[cfg_attr(feature = \"json\", derive(Serialize), serde(rename_all = \"camelCase\"))]
        #[cfg_attr(feature = \"xml\", derive(Serialize), serde(rename_all = \"lowercase\"))]
        struct Held { order_id: u8 }";
    refused(two, "`Held` derives neither");
    refused("#[cfg_attr(test, derive(Serialize))] struct Held { order_id: u8 }", "`Held` derives neither");
    // Nor is one beside an impl by hand, which may be the other case.
    let by_hand = "#[cfg(not(feature = \"serde\"))] impl serde::Serialize for Held {}";
    refused(&format!("{conditional} {by_hand}"), "`Held` derives neither");
}

#[test]
fn what_is_said_to_serde_of_an_errors_field_is_followed_or_refused() {
    let of = |attribute: &str, ty: &str| {
        scanned(&format!(
            "use throwback::{{ApiError, Payload, operation}};\nuse throwback::lambda_runtime::LambdaEvent;
             #[derive(Debug, thiserror::Error, ApiError, serde::Serialize)] enum ShopError {{
                 #[error(\"closed\")] #[api_error(status = 409)] Closed {{ {attribute} held: {ty} }},
             }}
             #[operation(GET, \"/\")]
             pub async fn look(_: LambdaEvent<Payload<()>>) -> Result<(), ShopError> {{ Ok(()) }}"
        ))
        .map(|contract| contract.errors[0].fields.first().map(|field| (field.name.clone(), field.ty.clone())))
    };
    for (attribute, remedy) in [
        ("#[serde(skip)]", "`#[api_error(skip)]`"),
        ("#[serde(skip_serializing)]", "`#[api_error(skip)]`"),
        ("#[serde(rename = \"to\")]", "`#[api_error(rename = \"to\")]`"),
        ("#[serde(rename(serialize = \"to\"))]", "`#[api_error(rename = \"…\")]`"),
        ("#[serde(flatten)]", "write its members out"),
        ("#[serde(with = \"by_hand\")]", "`#[api_error(as = \"string\")]`"),
        ("#[serde(serialize_with = \"by_hand::serialize\")]", "what `by_hand::serialize` writes can't be seen"),
    ] {
        let said = of(attribute, "String").unwrap_err();
        assert!(said.contains(remedy), "{attribute}\n{said}");
    }
    let seconds = Some(("held".to_owned(), Type::Int { bits: 64, signed: true }));
    for with in ["with = \"time::serde::timestamp\"", "serialize_with = \"time::serde::timestamp::serialize\""] {
        assert_eq!(of(&format!("#[serde({with})]"), "time::OffsetDateTime").unwrap(), seconds);
    }
    let named = |name: &str| Some((name.to_owned(), Type::STRING));
    assert_eq!(of("#[serde(rename = \"to\")] #[api_error(rename = \"too\")]", "String").unwrap(), named("too"));
    assert_eq!(of("#[serde(skip)] #[api_error(skip)]", "String").unwrap(), None);
    assert_eq!(of("#[serde(default, skip_serializing_if = \"String::is_empty\")]", "String").unwrap(), named("held"));
}

#[test]
fn what_is_skipped_leaves_what_serde_leaves() {
    let of = |items: &str| held(&items.replace("D ", &format!("{DERIVE} ")));
    let number = Type::Int { bits: 32, signed: false };
    assert_eq!(of("D struct Held(u32, #[serde(skip)] u8);"), Shape::Tuple(vec![number.clone()]));
    assert_eq!(of("D #[serde(transparent)] struct Held(u32, PhantomData<u8>);"), Shape::Newtype(number.clone()));
    assert_eq!(
        of("D #[serde(transparent)] struct Held(u32, #[serde(skip)] PhantomData<u8>);"),
        Shape::Newtype(number.clone())
    );
    let named = "D #[serde(transparent)] struct Held { id: u32, of: std::marker::PhantomData<u8> }";
    assert_eq!(of(named), Shape::Newtype(number));
    let Shape::Enum { variants, .. } = of("D enum Held { A(#[serde(skip)] u8), B(u8, #[serde(skip)] u8) }") else {
        panic!()
    };
    assert_eq!(variants[0].shape, Shape::Unit);
    assert!(matches!(&variants[1].shape, Shape::Tuple(elements) if elements.len() == 1));
}

#[test]
fn a_structs_tag_is_a_member() {
    let shape =
        held(&format!("{DERIVE} #[serde(tag = \"type\", rename_all = \"camelCase\")] struct Held {{ order_id: u8 }}"));
    assert_eq!(names(&shape), ["type", "orderId"]);
}

/// An operation that takes one type and returns another.
fn operation(input: &str, output: &str, items: &str) -> Result<throwback_codegen::contract::Contract, String> {
    scanned(&format!(
        "use throwback::{{ApiError, Payload, operation}};\nuse throwback::lambda_runtime::LambdaEvent;\n{items}
         #[operation(POST, \"/\")]
         pub async fn look(_: LambdaEvent<Payload<{input}>>) -> Result<{output}, std::convert::Infallible> {{ todo!() }}"
    ))
}

#[test]
fn an_input_is_as_it_is_read_and_an_output_as_it_is_written() {
    let two = "#[serde(rename(serialize = \"out\", deserialize = \"in\"))]";
    let sides = format!(
        "{DERIVE} struct Taken {{ {two} id: u8, #[serde(skip_serializing)] secret: String, #[serde(skip_deserializing)] made: u8 }}
         {DERIVE} struct Given {{ {two} id: u8, #[serde(skip_serializing)] secret: String, #[serde(skip_deserializing)] made: u8 }}"
    );
    let contract = operation("Taken", "Given", &sides).unwrap();
    assert_eq!(names(shape(&contract, "Taken")), ["in", "secret"]);
    assert_eq!(names(shape(&contract, "Given")), ["out", "made"]);
    let all = "#[serde(rename_all(serialize = \"camelCase\", deserialize = \"kebab-case\"))]";
    let sides =
        format!("{DERIVE} {all} struct Taken {{ order_id: u8 }} {DERIVE} {all} struct Given {{ order_id: u8 }}");
    let contract = operation("Taken", "Given", &sides).unwrap();
    assert_eq!(
        (names(shape(&contract, "Taken")), names(shape(&contract, "Given"))),
        (vec!["order-id"], vec!["orderId"])
    );
    let tagged = format!("{DERIVE} #[serde(tag = \"type\")] struct Taken {{ id: u8 }}");
    assert_eq!(names(shape(&operation("Taken", "u8", &tagged).unwrap(), "Taken")), ["id"]);
}

#[test]
fn a_type_of_two_forms_is_not_taken_and_returned() {
    let one = format!("{DERIVE} struct Part {{ #[serde(rename(serialize = \"out\"))] id: u8 }}");
    let whole = format!("{one} {DERIVE} struct Whole {{ parts: Vec<Part> }}");
    for (input, output) in [("Part", "Part"), ("Whole", "Whole"), ("Whole", "Part"), ("Part", "Option<Whole>")] {
        let said = operation(input, output, &whole).unwrap_err();
        assert!(said.contains("`Part` is both taken and returned"), "{said}");
    }
    operation("Whole", "u8", &whole).unwrap();
    operation("u8", "Whole", &whole).unwrap();
}

#[test]
fn what_cannot_be_seen_is_said_from_outside() {
    let items = format!(
        "{DERIVE} struct Held {{ #[serde(with = \"f\")] at: Instant, few: SmallVec<[u8; 4]>, pair: Both<u8, String> }}
         {DERIVE} struct Other(u8, #[serde(with = \"f\")] Instant);
         {DERIVE} #[serde(rename_all = \"lowercase\")] enum Which {{ A {{ #[serde(with = \"f\")] at: Instant }} }}
         {DERIVE} struct All {{ held: Held, other: Other, which: Which }}"
    );
    let types = "\"Held.at\" = \"String\"\n\"Other.1\" = \"integer\"\n\"Which.A.at\" = \"Vec<u8>\"\n\
                 \"SmallVec<T>\" = \"Vec<T>\"\n\"Both<A, B>\" = \"(B, Option<A>)\"";
    let (_, contract) = described("All", &items, types).unwrap();
    let byte = Type::Int { bits: 8, signed: false };
    let bytes = Type::List(Box::new(byte.clone()));
    let Shape::Struct(fields) = shape(&contract, "Held") else { panic!() };
    let both = Type::Tuple(vec![Type::STRING, Type::Option(Box::new(byte.clone()))]);
    let expected = [Type::STRING, Type::List(Box::new(bytes.clone())), both];
    assert_eq!(fields.iter().map(|field| field.ty.clone()).collect::<Vec<_>>(), expected);
    assert_eq!(*shape(&contract, "Other"), Shape::Tuple(vec![byte, Type::Int { bits: 64, signed: true }]));
    let Shape::Enum { variants, .. } = shape(&contract, "Which") else { panic!() };
    assert!(matches!(&variants[0].shape, Shape::Struct(fields) if fields[0].ty == bytes), "{variants:?}");
    // What is said is said of a type or a field, and as a type.
    for (types, why) in [
        ("\"Held.\" = \"String\"", "`Held.` names no type and no field"),
        ("\"Vec<Vec<T>>\" = \"String\"", "`Vec<Vec<T>>` names no type and no field"),
        ("\"[u8]\" = \"String\"", "`[u8]` names no type and no field"),
        ("\"Held\" = \"a b\"", "which is no type"),
    ] {
        let said = described("u8", "", types).unwrap_err();
        assert!(said.contains(why), "{said}");
    }
    // What is said of nothing is a name that is written wrong.
    let said = described("u8", "", "\"Held.att\" = \"string\"\n\"Smal<T>\" = \"T\"").unwrap_err();
    assert!(said.contains("the contract has no `Held.att`") && said.contains("no `Smal<T>`"), "{said}");
    // The mistake says what to write.
    let said = field("Held", &items).unwrap_err();
    assert!(said.contains("`[types]` `\"Held.at\" = \"string\"`"), "{said}");
}

#[test]
fn what_cannot_be_seen_is_said_where_it_stands() {
    let items = format!(
        "#[derive(Debug, serde::Serialize, throwback::Described)] struct Held<T = u8> {{
             #[serde(with = \"f\", rename = \"when\")] #[api_error(as = \"string\")] at: Instant,
             #[api_error(as = \"Vec<T>\")] few: Foreign<T>,
         }}
         #[derive(Debug, serde::Serialize, throwback::Described)] struct One(#[api_error(as = \"Held<bool>\")] Foreign);
         {DERIVE} struct All {{ held: Held, one: One }}"
    );
    let (_, contract) = field("All", &items).unwrap();
    let Some(Shape::Struct(fields)) = contract.types.iter().find(|def| def.name == "HeldU8").map(|def| &def.shape)
    else {
        panic!("{:?}", contract.types)
    };
    assert_eq!(fields[0].name, "when");
    let byte = Type::Int { bits: 8, signed: false };
    assert_eq!((&fields[0].ty, &fields[1].ty), (&Type::STRING, &Type::List(Box::new(byte))));
    assert_eq!(*shape(&contract, "One"), Shape::Newtype(Type::Named("HeldBool".to_owned())));
}
