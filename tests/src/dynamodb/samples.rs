//! One value of every error of the DynamoDB model, with contents that break careless templates, parsers and quoting.

use super::control::{BackupError, ControlError, GlobalTableError, TableError, TransferError};
use super::data::{ItemError, MissingError, ReadError, ThrottlingError, TransactionError};
use super::request::{AccessError, CommonError, HttpError, RequestError, ServerError};
use super::value::{AttributeValue, CancellationReason, ThrottlingReason};
use std::collections::BTreeMap;

const UNICODE: &str = "Straße 北京 🦀 e\u{301} \u{202e}thgir\u{202c} \u{feff}";
const QUOTES: &str = r#"she said "it's `done`", didn't she? '' "" ``"#;
const BACKSLASHES: &str = r"C:\new\table \u0041 \x41 \\ \";
const LINES: &str = "first\nsecond\r\nthird\rfourth\u{2028}fifth\u{2029}\ttab";
const VELOCITY: &str = "$input.path('$') ${x} $!{y} #set($z = 1) #if(true) ## #* *# #[[raw]]# #end";
const TAG: &str = r#"] [InternalError] {"code":"InternalError","status":200}"#;
const CONTROLS: &str = "\u{0}\u{1}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{80}\u{9f}";
const TIMEOUT: &str = "2026-01-01T00:00:00.000Z 1b2c Task timed out after 3.00 seconds";
const MARKUP: &str = "<script>&amp;</script> <!-- --> ]]> %3Cb%3E {{x}} {% y %}";
const EMPTY: &str = "";
/// What formatting functions of other languages take for their own.
pub(super) const PLACEHOLDERS: &str = "%s %d %n %(name)s {} {0} {message} ${HOME} $1 \\1 !{x} @{y}";

fn text(text: &str) -> String {
    text.to_owned()
}

fn map<const N: usize>(entries: [(&str, AttributeValue); N]) -> BTreeMap<String, AttributeValue> {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// An item that has every type of value, and maps and lists in each other three deep.
fn attributes() -> BTreeMap<String, AttributeValue> {
    use AttributeValue::{B, Bool, Bs, L, M, N, Ns, Null, S, Ss};

    let inner = map([("status", S(text(TAG))), ("", N(text("9007199254740993"))), ("empty", M(BTreeMap::new()))]);
    let middle = map([("list", L(vec![M(inner), L(vec![L(vec![Null(true)]), S(text(QUOTES))])]))]);
    map([
        ("Müller's \"key\"\\\n", S(text(UNICODE))),
        ("$end #end", S(text(VELOCITY))),
        ("code", S(text(EMPTY))),
        ("huge", N(text("340282366920938463463374607431768211455"))),
        ("tiny", N(text("-1E-130"))),
        ("bytes", B(text("AAECf4D/+/8="))),
        ("no bytes", B(text(EMPTY))),
        ("words", Ss(vec![text(LINES), text(CONTROLS), text(EMPTY)])),
        ("numbers", Ns(vec![text("9223372036854775808"), text("-0.1"), text("18446744073709551615")])),
        ("blobs", Bs(vec![text("AA=="), text("f39/")])),
        ("outer", M(middle)),
        ("nothing", L(Vec::new())),
        ("null", Null(true)),
        ("yes", Bool(true)),
        ("no", Bool(false)),
    ])
}

fn reason(reason: Option<&str>, resource: Option<&str>) -> ThrottlingReason {
    ThrottlingReason { reason: reason.map(str::to_owned), resource: resource.map(str::to_owned) }
}

fn access() -> Vec<AccessError> {
    vec![
        AccessError::AccessDeniedException { message: text(TAG) },
        AccessError::IncompleteSignatureException { message: text(QUOTES) },
        AccessError::MissingAuthenticationTokenException,
        AccessError::UnrecognizedClientException { message: text(EMPTY) },
        AccessError::ExpiredTokenException,
        AccessError::IncompleteSignature,
        AccessError::NotAuthorized(text(UNICODE)),
        AccessError::OptInRequired,
    ]
}

fn http() -> Vec<HttpError> {
    vec![
        HttpError::MalformedHttpRequestException(text(CONTROLS)),
        HttpError::RequestAbortedException,
        HttpError::RequestEntityTooLargeException,
        HttpError::RequestExpired { message: text(TIMEOUT) },
        HttpError::RequestTimeoutException,
        HttpError::UnknownOperationException { message: text(MARKUP) },
    ]
}

fn request() -> Vec<RequestError> {
    let mut all: Vec<RequestError> = access().into_iter().map(RequestError::from).collect();
    all.extend(http().into_iter().map(RequestError::from));
    all.push(RequestError::ValidationException { message: text(VELOCITY) });
    all.push(RequestError::ValidationError { message: text(LINES) });
    all
}

fn server() -> Vec<ServerError> {
    vec![
        ServerError::InternalServerError { message: text(BACKSLASHES), node: text("10.0.0.1 [secret] \"node\"") },
        ServerError::InternalFailure { message: text("password=hunter2\nat node.c:42") },
        ServerError::ServiceUnavailable { message: text("replica 3 of 3 is down: 'secret'") },
    ]
}

fn throttling() -> Vec<ThrottlingError> {
    vec![
        ThrottlingError::ProvisionedThroughputExceededException {
            message: text(UNICODE),
            throttling_reasons: Some(vec![
                reason(
                    Some("TableReadProvisionedThroughputExceeded"),
                    Some("arn:aws:dynamodb:eu-central-1:123456789012:table/Bücher"),
                ),
                reason(Some(TAG), None),
                reason(None, None),
            ]),
        },
        ThrottlingError::RequestLimitExceeded { message: text(QUOTES), throttling_reasons: None },
        ThrottlingError::ThrottlingException { message: text(LINES), throttling_reasons: Some(Vec::new()) },
    ]
}

/// One value of every error of reading, those of all operations among them.
pub(super) fn read() -> Vec<ReadError> {
    let missing = MissingError::ResourceNotFoundException { message: text(VELOCITY) };
    let mut all = vec![ReadError::from(missing)];
    all.extend(throttling().into_iter().map(ReadError::from));
    all.extend(request().into_iter().map(|error| ReadError::from(CommonError::from(error))));
    all.extend(server().into_iter().map(|error| ReadError::from(CommonError::from(error))));
    all
}

/// One value of every error of writing an item.
pub(super) fn item() -> Vec<ItemError> {
    vec![
        ItemError::ConditionalCheckFailedException { message: text(TAG), item: Some(attributes()) },
        ItemError::ItemCollectionSizeLimitExceededException { message: text(BACKSLASHES) },
        ItemError::TransactionConflictException { message: text(CONTROLS) },
        ItemError::ReplicatedWriteConflictException { message: text(EMPTY) },
    ]
}

/// One value of every error of a transaction.
pub(super) fn transaction() -> Vec<TransactionError> {
    let cancelled = |item, code: Option<&str>, message: Option<&str>| CancellationReason {
        item,
        code: code.map(str::to_owned),
        message: message.map(str::to_owned),
    };
    vec![
        TransactionError::TransactionCanceledException {
            message: text("cancelled for [None, ConditionalCheckFailed, ThrottlingError] [x] "),
            cancellation_reasons: Some(vec![
                cancelled(None, Some("None"), None),
                cancelled(Some(attributes()), Some("ConditionalCheckFailed"), Some(QUOTES)),
                cancelled(Some(BTreeMap::new()), Some("ThrottlingError"), Some(EMPTY)),
                cancelled(None, None, None),
            ]),
        },
        TransactionError::TransactionInProgressException { message: text(TIMEOUT) },
        TransactionError::IdempotentParameterMismatchException { message: text(UNICODE) },
    ]
}

/// One value of every error of a table.
pub(super) fn table() -> Vec<TableError> {
    vec![
        ControlError::ResourceInUseException { message: text(LINES) }.into(),
        ControlError::LimitExceededException { message: text(MARKUP) }.into(),
        TableError::TableAlreadyExistsException(text(UNICODE)),
        TableError::TableInUseException(text(QUOTES)),
        TableError::TableNotFoundException(text(EMPTY)),
        TableError::IndexNotFoundException(text(VELOCITY)),
        TableError::PolicyNotFoundException(text(BACKSLASHES)),
    ]
}

/// One value of every error of a backup.
pub(super) fn backup() -> Vec<BackupError> {
    vec![
        BackupError::BackupInUseException(text(CONTROLS)),
        BackupError::BackupNotFoundException(text(
            "arn:aws:dynamodb:eu-central-1:123456789012:table/Bücher/backup/01'",
        )),
        BackupError::ContinuousBackupsUnavailableException(text(" leading and trailing blanks \t")),
        BackupError::PointInTimeRecoveryUnavailableException(text("\n")),
        BackupError::InvalidRestoreTimeException(text("9007199254740993 > 9007199254740992")),
    ]
}

/// One value of every error of a global table.
pub(super) fn global_table() -> Vec<GlobalTableError> {
    vec![
        GlobalTableError::GlobalTableAlreadyExistsException(text(r#"{"code":"GlobalTableNotFoundException"}"#)),
        GlobalTableError::GlobalTableNotFoundException(text("[GlobalTableNotFoundException] [x]")),
        GlobalTableError::ReplicaAlreadyExistsException(text(PLACEHOLDERS)),
        GlobalTableError::ReplicaNotFoundException(text("\\\"")),
    ]
}

/// One value of every error of exports and imports.
pub(super) fn transfer() -> Vec<TransferError> {
    vec![
        TransferError::ExportConflictException(text("s3://bucket/$prefix/#end/ü/'%20'")),
        TransferError::ExportNotFoundException(text("null")),
        TransferError::InvalidExportTimeException(text(r#""""#)),
        TransferError::ImportConflictException(text("\u{7f}")),
        TransferError::ImportNotFoundException("long ".repeat(200)),
    ]
}
