//! Contracts that try what an output holds: names that are taken everywhere, texts that end a comment, types within types,
//! no error and a thousand.

#[path = "../taken.rs"]
mod taken;

use serde_json::{Value, json};
use throwback_codegen::contract::Contract;

/// Each by a name that a folder may have; `drawn` more are drawn of names, and as many of types, from `seed` on.
///
/// # Errors
/// One of them is no contract.
pub fn all(seed: u64, drawn: u64) -> Result<Vec<(String, Contract)>, serde_json::Error> {
    let scanned = [
        ("asked", include_str!(concat!(env!("OUT_DIR"), "/asked.contract.json"))),
        ("attributes", include_str!(concat!(env!("OUT_DIR"), "/attributes.contract.json"))),
        ("dynamodb", include_str!(concat!(env!("OUT_DIR"), "/dynamodb.contract.json"))),
        ("echo", include_str!(concat!(env!("OUT_DIR"), "/echo.contract.json"))),
        ("failing", include_str!(concat!(env!("OUT_DIR"), "/failing.contract.json"))),
        ("inputs", include_str!(concat!(env!("OUT_DIR"), "/inputs.contract.json"))),
        ("kubernetes", include_str!(concat!(env!("OUT_DIR"), "/kubernetes.contract.json"))),
        ("stock", include_str!(concat!(env!("OUT_DIR"), "/stock.contract.json"))),
        ("zoo", include_str!(concat!(env!("OUT_DIR"), "/zoo.contract.json"))),
    ];
    let mut all = Vec::new();
    for (name, text) in scanned {
        all.push((name.to_owned(), serde_json::from_str(text)?));
    }
    let made = [
        ("taken", taken::contract()),
        ("words", words()),
        ("letters", letters()),
        ("texts", texts()),
        ("wide", wide()),
        ("none", sized(0, 1)),
        ("one", sized(1, 1)),
        ("thousand", sized(1_000, 100)),
    ];
    let made = made.into_iter().map(|(name, contract)| (name.to_owned(), contract));
    let of_names = (0..drawn).map(|at| (format!("names{at}"), taken::drawn(seed + at)));
    let of_types = (0..drawn).map(|at| (format!("types{at}"), typed(seed + at)));
    for (name, contract) in made.chain(of_names).chain(of_types) {
        all.push((name, serde_json::from_value(contract)?));
    }
    Ok(all)
}

/// What a language keeps for itself, or what its clients' own classes have.
const WORDS: &str = "\
    as async await break class const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut \
    pub ref return self static struct super trait true type unsafe use where while abstract become box do final macro override \
    priv typeof unsized virtual yield try gen union raw \
    any arguments asserts bigint boolean case catch constructor debugger declare default delete eval export extends finally \
    from function get global globalThis implements import infer instanceof interface is keyof module namespace never new null \
    number object of out package private protected prototype public readonly require satisfies set string switch symbol this \
    throw undefined unique unknown using var void with hasOwnProperty isPrototypeOf toString toLocaleString valueOf toJSON \
    fromJSON then Array Boolean Date Error Function JSON Map Math Number Object Promise Proxy Reflect RegExp Set String \
    Symbol BigInt Uint8Array NaN Infinity name message cause stack who requestId retry retryAfter isRetryable attempts \
    response members fields shown rt t e family brand types safe decode \
    chan defer fallthrough func go goto map range select append bool byte cap clear close comparable complex complex64 \
    complex128 copy error float32 float64 imag int int8 int16 int32 int64 iota len make max min nil panic print println real \
    recover rune uint uint8 uint16 uint32 uint64 uintptr main init context errors fmt http slog time strings strconv bytes io \
    Is As Unwrap Who Code Status Title Detail RequestID Retry IsRetryable RetryAfter Attempts Response LogValue MarshalJSON \
    UnmarshalJSON GoString Format Known Client New Option Decode info object value writer failure orders \
    and assert def del elif except global lambda nonlocal not or pass raise True False None self cls args kwargs add_note \
    with_traceback __init__ __dict__ __class__ __reduce__ dict list tuple frozenset bytes str property dataclass field \
    assertTrue boolean char double extends finally float implements import instanceof long native permits record sealed short \
    strictfp synchronized throws transient volatile var when getClass hashCode equals notify wait clone getMessage getCause \
    Override Object Integer Optional Void Record Exception Throwable";

/// Every word of every language as everything that has a name.
fn words() -> Value {
    let mut words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut known = std::collections::HashSet::new();
    words.retain(|word| known.insert(*word));
    let own = ["code", "title", "status", "detail", "type", "instance", "retryable", "retryAfter", "truncated"];
    // A model of API Gateway has letters and digits alone for a name.
    let is_name = |word: &&&str| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let text = json!({ "string": {} });
    let field = |name: &str, ty: &Value| json!({ "name": name, "docs": name, "ty": ty });
    let all: Vec<_> = words.iter().map(|word| field(word, &text)).collect();
    let members: Vec<_> = words.iter().filter(|word| !own.contains(word)).map(|word| field(word, &text)).collect();
    let variants: Vec<_> = words.iter().map(|word| json!({ "name": word, "ident": word, "shape": "unit" })).collect();
    let mut types: Vec<_> = words
        .iter()
        .filter(is_name)
        .map(|word| json!({ "name": word, "shape": { "struct": [field(word, &text)] } }))
        .collect();
    let held = words.iter().enumerate().map(|(at, word)| {
        let shape = if at % 2 == 0 { json!({ "struct": [field(word, &text)] }) } else { json!("unit") };
        json!({ "name": word, "ident": word, "shape": shape })
    });
    types.extend([
        json!({ "name": "EveryText", "shape": { "enum": { "tagging": "external", "variants": variants } } }),
        json!({ "name": "EveryUnion", "shape": { "enum": { "tagging": { "internal": { "tag": "kind" } }, "variants": held.collect::<Vec<_>>() } } }),
        json!({ "name": "EveryMember", "shape": { "struct": all } }),
    ]);
    let every = |name: &str| json!({ "named": name });
    let codes: Vec<_> = words.iter().filter(is_name).copied().collect();
    let errors = codes.iter().enumerate().map(|(at, code)| {
        let fields =
            [field("word", &every(code)), field("text", &every("EveryText")), field("union", &every("EveryUnion"))];
        error(code, &if at == 0 { json!(members) } else { json!(fields) })
    });
    let operations = words.iter().enumerate().map(|(at, word)| {
        let input = match at % 3 {
            0 => json!({ "ty": every("EveryMember"), "body": true }),
            1 => {
                // One operation takes them all, each of the others one.
                let query: Vec<_> =
                    words.iter().filter(|other| *other != word).map(|other| field(other, &text)).collect();
                let (ty, query) = if at == 1 || !is_name(&word) { ("EveryMember", query) } else { (*word, Vec::new()) };
                json!({ "ty": every(ty), "path": [field(word, &text)], "query": query })
            }
            _ => json!({ "ty": "unit" }),
        };
        let route = if at % 3 == 1 { format!("/o{at}/{{{word}}}") } else { format!("/o{at}") };
        json!({
            "name": word, "method": "POST", "path": route, "input": input, "output": every(codes[at % codes.len()]),
            "status": 200, "set": if at % 2 == 0 { "Whole" } else { "error" },
        })
    });
    let sets = ["Whole", "error"].map(|name| json!({ "name": name, "errors": codes }));
    json!({
        "contract": 2, "name": "words", "version": "1.0.0", "operations": operations.collect::<Vec<_>>(), "sets": sets,
        "errors": errors.collect::<Vec<_>>(), "types": types,
    })
}

/// Names that other letters or signs alone tell apart, and scripts of all kinds.
fn letters() -> Value {
    let names = [
        "ab",
        "aB",
        "Ab",
        "AB",
        "a_b",
        "a-b",
        "a b",
        "a.b",
        "a/b",
        "a$b",
        "a\"b",
        "a'b",
        "a`b",
        "a\\b",
        "a${b}",
        "a*/b",
        "_",
        "-",
        "1st",
        "1_st",
        "日本",
        "日本2",
        "имя",
        "ИМЯ",
        "ñ",
        "n\u{303}",
        "ﬁ",
        "𝒳",
        "🫖",
        "İ",
        "ß",
        "ẞ",
        "\u{202e}ab",
        "a\u{0}b",
        "a\nb",
    ];
    let text = json!({ "string": {} });
    let field = |name: &str| json!({ "name": name, "docs": name, "ty": text });
    let fields: Vec<_> = names.iter().map(|name| field(name)).collect();
    let variants: Vec<_> = names.iter().enumerate().map(|(at, name)| {
        json!({ "name": name, "ident": format!("V{at}"), "docs": name, "shape": if at % 2 == 0 { json!("unit") } else { json!({ "struct": fields }) } })
    }).collect();
    let texts: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(at, name)| json!({ "name": name, "ident": format!("V{at}"), "shape": "unit" }))
        .collect();
    let scripts = ["ЗаказA", "注文B", "Größe", "Ñandú", "ORDER", "Order"];
    let types = scripts.iter().map(|name| json!({ "name": name, "shape": { "struct": fields } }));
    let enums = [
        json!({ "name": "Union", "shape": { "enum": { "tagging": { "adjacent": { "tag": "a`b", "content": "a\\b" } }, "variants": variants } } }),
        json!({ "name": "Texts", "shape": { "enum": { "tagging": "external", "variants": texts } } }),
    ];
    let mut all: Vec<_> = ["ab", "aB", "Ab", "AB", "a_b", "a-b", "a.b", "_", "_ab", "ab_"].map(field).into();
    all.push(json!({ "name": "union", "ty": { "named": "Union" } }));
    all.push(json!({ "name": "texts", "ty": { "named": "Texts" } }));
    let held = scripts.iter().enumerate();
    all.extend(held.map(|(at, name)| json!({ "name": format!("held{at}"), "ty": { "named": name } })));
    let codes = ["OrderLost", "ORDERLOST", "Orderlost", "orderLost"];
    let operations = ["заказ", "注文", "get_order", "getOrder", "GetOrder"].iter().enumerate().map(|(at, name)| {
        json!({
            "name": name, "method": "POST", "path": format!("/o{at}"), "input": { "ty": { "named": scripts[at] }, "body": true },
            "output": { "named": scripts[at + 1] }, "status": 200, "set": "LettersError",
        })
    });
    json!({
        "contract": 2, "name": "letters", "version": "1.0.0", "operations": operations.collect::<Vec<_>>(),
        "sets": [{ "name": "LettersError", "errors": codes }], "errors": codes.map(|code| error(code, &json!(all))),
        "types": types.chain(enums).collect::<Vec<_>>(),
    })
}

/// Texts for people that end what they stand in, in one language or another.
const HOSTILE: [&str; 12] = [
    "*/ alert(1) /*",
    "`${process.exit(1)}` and \\`",
    "</script><script>alert(1)</script>",
    "\"\"\" ''' \" '",
    "back\\slash \\",
    "\u{0}\u{7}\u{1b}[31m",
    "\u{202e}txet\u{2066} \u{2028}\u{2029}\u{feff}",
    "```\nfenced\n```\r\nlines\rof all kinds\u{85}",
    "{{ this }} {% that %} #{ruby} $(shell) %s %d",
    "@deprecated {@link x} @param \u{0} <b>bold</b> &amp; <!-- --> [link]: http://a.b",
    "//go:build ignore\n// Output: nothing\n//nolint",
    "# Heading\n\n- list\n\n    indented\n\n| a | b |\n|---|---|",
];

/// Hostile texts wherever there is a text for people.
fn texts() -> Value {
    let text = json!({ "string": {} });
    let fields: Vec<_> = HOSTILE
        .iter()
        .enumerate()
        .map(|(at, docs)| json!({ "name": format!("f{at}"), "docs": docs, "ty": text }))
        .collect();
    let variants: Vec<_> = HOSTILE
        .iter()
        .enumerate()
        .map(|(at, docs)| json!({ "name": docs, "ident": format!("V{at}"), "docs": docs, "shape": if at % 2 == 0 { json!("unit") } else { json!({ "struct": fields }) } }))
        .collect();
    let plain: Vec<_> = HOSTILE
        .iter()
        .enumerate()
        .map(|(at, docs)| json!({ "name": docs, "ident": format!("V{at}"), "docs": docs, "shape": "unit" }))
        .collect();
    let types = json!([
        { "name": "Texts", "docs": HOSTILE[0], "shape": { "struct": fields } },
        { "name": "Choice", "docs": HOSTILE[1], "shape": { "enum": { "tagging": { "internal": { "tag": HOSTILE[3] } }, "variants": variants } } },
        { "name": "Plain", "docs": HOSTILE[2], "shape": { "enum": { "tagging": "external", "variants": plain } } },
    ]);
    let codes: Vec<_> = (0..HOSTILE.len()).map(|at| format!("Hostile{at}")).collect();
    let errors: Vec<_> = codes
        .iter()
        .zip(HOSTILE)
        .map(|(code, docs)| {
            let fields = json!([
                { "name": "choice", "docs": docs, "ty": { "named": "Choice" } },
                { "name": "plain", "docs": docs, "ty": { "named": "Plain" } },
            ]);
            let mut error = error(code, &fields);
            error["title"] = docs.into();
            error["docs"] = docs.into();
            error
        })
        .collect();
    let operations: Vec<_> = HOSTILE
        .iter()
        .enumerate()
        .map(|(at, docs)| {
            json!({
                "name": format!("op{at}"), "method": "POST", "path": format!("/o{at}"), "docs": docs,
                "input": { "ty": { "named": "Texts" }, "body": true }, "output": { "named": "Texts" }, "status": 200, "set": "TextsError",
            })
        })
        .collect();
    json!({
        "contract": 2, "name": "texts", "version": "1.0.0", "docs": HOSTILE.join("\n\n"), "operations": operations,
        "sets": [{ "name": "TextsError", "errors": codes }], "errors": errors, "types": types,
    })
}

/// An error of 400 members.
fn wide() -> Value {
    let types = [
        json!("bool"),
        json!({ "int": { "bits": 8, "signed": false } }),
        json!({ "int": { "bits": 128, "signed": true } }),
        json!({ "string": { "format": "date-time" } }),
        json!({ "string": {} }),
        json!("duration"),
        json!({ "float": { "bits": 64 } }),
    ];
    let fields: Vec<_> = (0..400)
        .map(|at| json!({ "name": format!("member_{at}"), "ty": types[at % types.len()], "optional": at % 3 == 0 }))
        .collect();
    let mut contract = sized(0, 1);
    contract["name"] = "wide".into();
    contract["sets"] = json!([{ "name": "WideError", "errors": ["Wide"] }]);
    contract["errors"] = json!([error("Wide", &json!(fields))]);
    contract["operations"][0]["set"] = "WideError".into();
    contract
}

/// So many errors, over so many operations; each of them has a tenth.
fn sized(errors: usize, operations: usize) -> Value {
    let text = json!({ "string": {} });
    let declared: Vec<_> = (0..errors)
        .map(|at| {
            let fields = json!([
                { "name": "orderId", "docs": "Whose it is.", "ty": text },
                { "name": "count", "docs": "How many.", "ty": { "int": { "bits": 64, "signed": false } } },
            ]);
            error(&format!("Failure{at}"), &fields)
        })
        .collect();
    let sets: Vec<_> = (0..operations)
        .map(|at| {
            let codes: Vec<_> = (0..errors)
                .filter(|error| errors < 10 || error % 10 == at % 10)
                .map(|at| format!("Failure{at}"))
                .collect();
            json!({ "name": format!("Operation{at}Error"), "errors": codes })
        })
        .collect();
    let calls: Vec<_> = (0..operations)
        .map(|at| {
            json!({
                "name": format!("operation_{at}"), "method": "POST", "path": format!("/o{at}"), "docs": "Does something.",
                "input": { "ty": { "named": "Asked" }, "body": true }, "output": { "named": "Asked" }, "status": 200,
                "set": format!("Operation{at}Error"),
            })
        })
        .collect();
    json!({
        "contract": 2, "name": "sized", "version": "1.0.0", "operations": calls, "sets": sets, "errors": declared,
        "types": [{ "name": "Asked", "shape": { "struct": [{ "name": "id", "docs": "Which one.", "ty": text }] } }],
    })
}

fn error(code: &str, fields: &Value) -> Value {
    json!({
        "code": code, "status": 409, "title": "It failed", "docs": "It failed.", "exposed": true, "retry": "never", "fields": fields,
    })
}

/// Errors whose members have types that are drawn: within each other, and some within themselves.
fn typed(seed: u64) -> Value {
    let mut random = fastrand::Rng::with_seed(seed);
    let names: Vec<_> = (0..12).map(|at| format!("Type{at}")).collect();
    let defs: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let shape = shape(&mut random, at);
            json!({ "name": name, "docs": "Drawn.", "shape": shape })
        })
        .collect();
    let codes: Vec<_> = (0..8).map(|at| format!("Drawn{at}")).collect();
    let errors: Vec<_> = codes.iter().map(|code| error(code, &json!(fields(&mut random, names.len(), 3)))).collect();
    let operations: Vec<_> = names.iter().enumerate().map(|(at, name)| json!({
        "name": format!("operation_{at}"), "method": "POST", "path": format!("/o{at}"),
        "input": { "ty": { "named": name }, "body": true }, "output": ty(&mut random, names.len(), 3), "status": 200, "set": "DrawnError",
    })).collect();
    json!({
        "contract": 2, "name": "typed", "version": "1.0.0", "operations": operations,
        "sets": [{ "name": "DrawnError", "errors": codes }], "errors": errors, "types": defs,
    })
}

/// The form of the type of a number: it may hold those before it, and itself where a list stands between.
fn shape(random: &mut fastrand::Rng, at: usize) -> Value {
    let unit = |name: &str| json!({ "name": name, "ident": name, "shape": "unit" });
    match random.u8(..7) {
        0 => json!({ "newtype": ty(random, at, 2) }),
        1 => json!({ "tuple": (0..random.usize(1..4)).map(|_| ty(random, at, 2)).collect::<Vec<_>>() }),
        2 => json!({ "enum": { "tagging": "external", "variants": [unit("One"), unit("Two")] } }),
        3 => {
            let tagging = match random.u8(..3) {
                0 => json!("external"),
                1 => json!({ "adjacent": { "tag": "t", "content": "c" } }),
                _ => json!("untagged"),
            };
            let variants = [
                json!({ "name": "Held", "ident": "Held", "shape": { "struct": fields(random, at, 2) } }),
                json!({ "name": "Alone", "ident": "Alone", "shape": { "newtype": ty(random, at, 2) } }),
                json!({ "name": "Several", "ident": "Several", "shape": { "tuple": [ty(random, at, 1), ty(random, at, 1)] } }),
                unit("Nothing"),
            ];
            json!({ "enum": { "tagging": tagging, "variants": variants } })
        }
        4 => {
            let variants = [
                unit("Nothing"),
                json!({ "name": "Held", "ident": "Held", "shape": { "struct": fields(random, at, 2) } }),
            ];
            json!({ "enum": { "tagging": { "internal": { "tag": "kind" } }, "variants": variants } })
        }
        _ => {
            let mut fields = fields(random, at, 3);
            fields.push(json!({ "name": "within", "ty": { "list": { "named": format!("Type{at}") } } }));
            fields.push(json!({ "name": "above", "ty": { "option": { "named": format!("Type{at}") } } }));
            json!({ "struct": fields })
        }
    }
}

fn fields(random: &mut fastrand::Rng, before: usize, depth: u8) -> Vec<Value> {
    let count = random.usize(1..6);
    let fields = (0..count).map(|at| {
        json!({ "name": format!("member{at}"), "docs": "Drawn.", "ty": ty(random, before, depth), "optional": random.u8(..4) == 0 })
    });
    fields.collect()
}

fn ty(random: &mut fastrand::Rng, before: usize, depth: u8) -> Value {
    let simple = depth == 0;
    match random.u8(..if simple { 10 } else { 18 }) {
        0 => json!("bool"),
        1 | 2 => {
            json!({ "int": { "bits": *[8, 16, 32, 64, 128].get(random.usize(..5)).unwrap_or(&64), "signed": random.bool() } })
        }
        3 => json!({ "float": { "bits": if random.bool() { 32 } else { 64 } } }),
        4 => json!("char"),
        5 => json!("duration"),
        6 => json!("any"),
        7 => {
            let format = ["date-time", "date", "uuid", "decimal", "uri"][random.usize(..5)];
            json!({ "string": { "format": format } })
        }
        8 | 9 => json!({ "string": {} }),
        10 => json!({ "option": ty(random, before, depth - 1) }),
        11 => json!({ "list": ty(random, before, depth - 1) }),
        12 => {
            json!({ "set": if random.bool() { json!({ "string": {} }) } else { json!({ "int": { "bits": 64, "signed": true } }) } })
        }
        13 => {
            let key =
                if random.bool() { json!({ "string": {} }) } else { json!({ "int": { "bits": 64, "signed": false } }) };
            json!({ "map": { "key": key, "value": ty(random, before, depth - 1) } })
        }
        14 => json!({ "tuple": (0..random.usize(1..4)).map(|_| ty(random, before, depth - 1)).collect::<Vec<_>>() }),
        _ if before > 0 => json!({ "named": format!("Type{}", random.usize(..before)) }),
        _ => json!({ "string": {} }),
    }
}
