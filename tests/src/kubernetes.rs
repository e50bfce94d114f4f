//! The errors of the Kubernetes API, modelled from its public reference of `meta/v1` `Status`, reason by reason.

#![allow(clippy::unused_async, reason = "a handler is async, whether or not it waits for anything")]

use lambda_runtime::LambdaEvent;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;
use throwback::{Payload, operation};

/// The unique id of an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Uid(pub String);

/// What a failure is about; any of it may be left out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StatusDetails {
    /// The object's name, or the operation's where it timed out.
    pub name: Option<String>,
    /// The object's API group.
    pub group: Option<String>,
    /// The object's kind, or its resource.
    pub kind: Option<String>,
    /// The object's unique id.
    pub uid: Option<Uid>,
    /// Each single thing that is wrong.
    pub causes: Vec<StatusCause>,
    /// How many seconds to wait before doing something about it.
    pub retry_after_seconds: Option<i32>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusCause {
    /// What kind of thing; `reason` on the wire.
    #[serde(rename = "reason")]
    pub cause: Option<CauseType>,
    /// The same in words.
    pub message: Option<String>,
    /// Where in the object, such as `items[0].name`.
    pub field: Option<String>,
}

/// What kind of thing is wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum CauseType {
    /// A value that is referred to does not exist.
    FieldValueNotFound,
    /// A value is missing.
    FieldValueRequired,
    /// A value has to be unique and isn't.
    FieldValueDuplicate,
    /// A value is malformed.
    FieldValueInvalid,
    /// A value is well formed and not one of those allowed.
    FieldValueNotSupported,
    /// A value is not permitted as things stand.
    FieldValueForbidden,
    /// A value is too long.
    FieldValueTooLong,
    /// A list has too many items.
    FieldValueTooMany,
    /// A value is of the wrong type.
    FieldValueTypeInvalid,
    /// The fault is not the caller's.
    #[serde(rename = "InternalError")]
    Internal,
    /// The answer came from something that isn't the API server.
    UnexpectedServerResponse,
    /// Another manager owns the field.
    FieldManagerConflict,
    /// The server hasn't got as far as the version asked for.
    ResourceVersionTooLarge,
}

/// The caller isn't known, or may not do this.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/kubernetes/")]
pub enum AuthError {
    /// The server wants credentials, or better ones.
    #[error("{message}")]
    #[api_error(status = 401)]
    Unauthorized {
        /// What is wrong with them.
        message: String,
    },

    /// The server understands and refuses.
    #[error("{message}")]
    #[api_error(status = 403)]
    Forbidden {
        /// Who may not do what.
        message: String,
        /// The object that it was to be done to.
        details: Option<StatusDetails>,
    },
}

/// The server can't keep up.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/kubernetes/")]
pub enum OverloadError {
    /// The server can't do it in reasonable time; ask again.
    #[error("{message}")]
    #[api_error(status = 500, retry = backoff, expose)]
    ServerTimeout {
        /// Which operation.
        message: String,
        /// The operation and the kind of object.
        details: StatusDetails,
        /// Seconds to wait.
        #[api_error(retry_after)]
        retry_after_seconds: u64,
    },

    /// The time given was not enough; it may yet be done.
    #[error("Timeout: {message}")]
    #[api_error(status = 504, expose)]
    Timeout {
        /// What took so long.
        message: String,
        /// How long to wait.
        #[api_error(retry_after)]
        wait: Option<Duration>,
    },

    /// Too many requests; wait, then ask again.
    #[error("Too many requests: {message}")]
    #[api_error(status = 429, help = "https://kubernetes.io/docs/concepts/cluster-administration/flow-control/")]
    TooManyRequests {
        /// Whose requests.
        message: String,
        /// Seconds to wait.
        #[api_error(retry_after)]
        retry_after_seconds: u32,
        /// The flow schema that the request fell under.
        #[api_error(header = "X-Kubernetes-PF-FlowSchema-UID")]
        flow_schema_uid: String,
        /// The priority level that it was given.
        #[api_error(header = "X-Kubernetes-PF-PriorityLevel-UID")]
        priority_level_uid: Option<String>,
    },

    /// The service is not there at the moment.
    #[error("{0}")]
    #[api_error(status = 503)]
    ServiceUnavailable(String),
}

/// The server failed.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/kubernetes/")]
pub enum ApiServerError {
    /// The server gives no reason.
    #[error("{message}")]
    #[api_error(status = 500, expose)]
    Unknown {
        /// What it does say.
        message: String,
        /// Whatever else there is to know.
        details: Option<Value>,
    },

    /// Objects could not be read from the store.
    #[error("{message}")]
    #[api_error(status = 500, code = "StorageReadError", expose)]
    StoreReadError {
        /// What could not be read.
        message: String,
        /// The prefix, and the key of each object that failed.
        details: StatusDetails,
        /// What the store said.
        #[source]
        store: std::io::Error,
    },

    /// Something unexpected happened, and nobody knows what came of the request.
    #[error("Internal error occurred: {message}")]
    #[api_error(status = 500, code = "InternalErrorOccurred")]
    InternalError {
        /// What happened.
        message: String,
        /// The error at the bottom of it.
        details: StatusDetails,
    },

    /// Too much to do.
    #[error(transparent)]
    #[api_error(flatten)]
    Overload(#[from] OverloadError),
}

/// What may go wrong with any request.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/kubernetes/")]
pub enum SharedError {
    /// The request makes no sense, and never will.
    #[error("{message}")]
    #[api_error(status = 400)]
    BadRequest {
        /// Why not.
        message: String,
    },

    /// Objects of this kind can't have this done to them.
    #[error("{message}")]
    #[api_error(status = 405)]
    MethodNotAllowed {
        /// What can't be done.
        message: String,
        /// The kind of object.
        details: StatusDetails,
    },

    /// The server can't answer in any of the types that the caller takes.
    #[error("{message}")]
    #[api_error(status = 406)]
    NotAcceptable {
        /// Which types there are.
        message: String,
    },

    /// The caller's standing.
    #[error(transparent)]
    #[api_error(flatten)]
    Auth(#[from] AuthError),

    /// The server's own part.
    #[error(transparent)]
    #[api_error(flatten)]
    Server(#[from] ApiServerError),
}

/// The object isn't there.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/kubernetes/")]
pub enum LookupError {
    /// What the request needs could not be found.
    #[error("{message}")]
    #[api_error(status = 404)]
    NotFound {
        /// What is missing.
        message: String,
        /// The object.
        details: Option<StatusDetails>,
    },
}

/// The request's body can't be taken.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/kubernetes/")]
pub enum BodyError {
    /// The object has invalid data.
    #[error("{message}")]
    #[api_error(status = 422)]
    Invalid {
        /// All that is wrong, in one line.
        message: String,
        /// Each thing that is wrong, field by field.
        details: StatusDetails,
    },

    /// The body is too large.
    #[error("Request entity too large: {message}")]
    #[api_error(status = 413)]
    RequestEntityTooLarge {
        /// How large it may be.
        message: String,
    },

    /// The server doesn't take bodies of this type.
    #[error("{message}")]
    #[api_error(status = 415)]
    UnsupportedMediaType {
        /// Which types it takes.
        message: String,
    },
}

/// The object is not as the request takes it to be.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/kubernetes/")]
pub enum ConflictError {
    /// An object of this name is there already.
    #[error("{message}")]
    #[api_error(status = 409)]
    AlreadyExists {
        /// Which.
        message: String,
        /// The object; when to try another generated name.
        details: StatusDetails,
    },

    /// Someone else has changed the object, or owns its fields.
    #[error("{message}")]
    #[api_error(status = 409, help = "https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts")]
    Conflict {
        /// Who, and what.
        message: String,
        /// The object, and each field in dispute.
        details: StatusDetails,
    },
}

/// What may go wrong with writing.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/kubernetes/")]
pub enum WriteError {
    /// The body's part.
    #[error(transparent)]
    #[api_error(flatten)]
    Body(#[from] BodyError),

    /// The stored object's part.
    #[error(transparent)]
    #[api_error(flatten)]
    Conflict(#[from] ConflictError),
}

/// The past that the request asks for is no longer kept.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/kubernetes/")]
pub enum HistoryError {
    /// The object is gone, and nobody knows where to.
    #[error("{0}")]
    #[api_error(status = 410, deprecated)]
    Gone(#[api_error(rename = "message")] String),

    /// The version asked for is too old to be kept.
    #[error("{message}")]
    #[api_error(status = 410, title = "The version's time is up: \"list\" again")]
    Expired {
        /// Which version, and which is the oldest kept.
        message: String,
    },
}

/// Every error of the Kubernetes API.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/kubernetes/")]
pub enum KubernetesError {
    /// Errors of finding an object.
    #[error(transparent)]
    #[api_error(flatten)]
    Lookup(#[from] LookupError),

    /// Errors of writing one.
    #[error(transparent)]
    #[api_error(flatten)]
    Write(#[from] WriteError),

    /// Errors of watching.
    #[error(transparent)]
    #[api_error(flatten)]
    History(#[from] HistoryError),

    /// Errors of all requests.
    #[error(transparent)]
    #[api_error(flatten)]
    Shared(#[from] SharedError),
}

/// What reading a pod may answer.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/kubernetes/")]
pub enum GetPodError {
    /// There is no such pod.
    #[error(transparent)]
    #[api_error(flatten)]
    Lookup(#[from] LookupError),

    /// As with any request.
    #[error(transparent)]
    #[api_error(flatten)]
    Shared(#[from] SharedError),
}

/// What creating a pod may answer.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/kubernetes/")]
pub enum CreatePodError {
    /// The pod can't be written.
    #[error(transparent)]
    #[api_error(flatten)]
    Write(#[from] WriteError),

    /// As with any request.
    #[error(transparent)]
    #[api_error(flatten)]
    Shared(#[from] SharedError),
}

/// Which of the samples to throw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Throw {
    /// Its place among the samples, from 0.
    pub index: usize,
}

/// Nothing was thrown, for want of a sample in that place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Thrown {
    /// How many samples there are.
    pub samples: usize,
}

/// Which pod to read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GetPod {
    /// Its name.
    pub name: String,
}

/// A pod to create.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatePod {
    /// Its name.
    pub name: String,
    /// The images of its containers.
    pub images: Vec<String>,
}

/// A pod.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pod {
    /// Its name.
    pub name: String,
    /// Its unique id.
    pub uid: Uid,
    /// How many times its wanted state has changed.
    pub generation: i64,
}

/// Throws the sample that the caller asks for.
#[operation(POST, "/kubernetes/throw")]
pub async fn throw(event: LambdaEvent<Payload<Throw>>) -> Result<Thrown, KubernetesError> {
    let samples = samples();
    let count = samples.len();
    match samples.into_iter().nth(event.payload.0.index) {
        Some(error) => Err(error),
        None => Ok(Thrown { samples: count }),
    }
}

/// Reads a pod.
#[operation(GET, "/kubernetes/pods/{name}")]
pub async fn get_pod(event: LambdaEvent<Payload<GetPod>>) -> Result<Pod, GetPodError> {
    let name = event.payload.0.name;
    if name == "missing" {
        let message = format!("pods \"{name}\" not found");
        return Err(LookupError::NotFound { message, details: Some(about(&name)) }.into());
    }
    Ok(Pod { uid: Uid(format!("uid-{name}")), name, generation: 9_007_199_254_740_993 })
}

/// Creates a pod.
#[operation(POST, "/kubernetes/pods")]
pub async fn create_pod(event: LambdaEvent<Payload<CreatePod>>) -> Result<Pod, CreatePodError> {
    let CreatePod { name, images } = event.payload.0;
    if images.is_empty() {
        let cause = cause(Some(CauseType::FieldValueRequired), "at least one", "spec.containers");
        let details = StatusDetails { causes: vec![cause], ..about(&name) };
        let invalid = BodyError::Invalid { message: format!("Pod \"{name}\" is invalid"), details };
        return Err(WriteError::from(invalid).into());
    }
    Ok(Pod { uid: Uid(format!("uid-{name}")), name, generation: 1 })
}

fn about(name: &str) -> StatusDetails {
    StatusDetails { name: Some(name.to_owned()), kind: Some("pods".to_owned()), ..StatusDetails::default() }
}

fn cause(cause: Option<CauseType>, message: &str, field: &str) -> StatusCause {
    StatusCause { cause, message: Some(message.to_owned()), field: Some(field.to_owned()) }
}

/// One value of every error, in declaration order, with contents that are hard to carry.
pub fn samples() -> Vec<KubernetesError> {
    let not_found = LookupError::NotFound {
        message: "pods \"Straße 北京 🦀\" not found".to_owned(),
        details: Some(StatusDetails {
            group: Some(String::new()),
            uid: Some(Uid("8f1c'\"\\\n\u{7f}".to_owned())),
            ..about("Straße 北京 🦀 e\u{301}")
        }),
    };
    let mut all = vec![KubernetesError::from(not_found)];
    all.extend(write_samples().into_iter().map(KubernetesError::from));
    all.push(HistoryError::Gone("/api/v1/watch/pods?x='$y'#end".to_owned()).into());
    let expired = "too old resource version: 9007199254740993 (18446744073709551615)".to_owned();
    all.push(HistoryError::Expired { message: expired }.into());
    all.extend(shared_samples().into_iter().map(KubernetesError::from));
    all
}

fn write_samples() -> Vec<WriteError> {
    let every_cause = StatusDetails {
        causes: vec![
            cause(Some(CauseType::FieldValueNotFound), "", ""),
            cause(Some(CauseType::FieldValueRequired), "it's \"required\"", "spec.containers[0].name"),
            cause(Some(CauseType::FieldValueDuplicate), "a\nb\r\nc\u{2028}d", "metadata.labels['a/b']"),
            cause(Some(CauseType::FieldValueInvalid), r"[a-z]([-a-z0-9]*\\[a-z0-9])?", "metadata.name"),
            cause(Some(CauseType::FieldValueNotSupported), "$input.path('$') #set($x = 1) #end", "$.spec"),
            cause(Some(CauseType::FieldValueForbidden), "] [InternalError] {\"status\":200}", "spec[\"x\"]"),
            cause(Some(CauseType::FieldValueTooLong), "\u{0}\u{1b}\u{7f}\u{9f}", "data.🦀"),
            cause(Some(CauseType::FieldValueTooMany), "9007199254740993", "items"),
            cause(Some(CauseType::FieldValueTypeInvalid), "null", "null"),
            cause(Some(CauseType::Internal), "%s {} {0}", "</script>"),
            StatusCause { cause: None, message: None, field: None },
        ],
        ..about("web")
    };
    let disputed = StatusDetails {
        causes: vec![cause(Some(CauseType::FieldManagerConflict), "conflict with \"kubectl\" using v1", ".spec")],
        ..StatusDetails::default()
    };
    let message = "] [AlreadyExists] {\"code\":\"NotFound\",\"status\":404}".to_owned();
    vec![
        BodyError::Invalid { message: "Pod \"web\" is invalid: 'x'\n\t* \\ * $".to_owned(), details: every_cause }
            .into(),
        BodyError::RequestEntityTooLarge { message: "limit is 3145728".to_owned() }.into(),
        BodyError::UnsupportedMediaType { message: String::new() }.into(),
        ConflictError::AlreadyExists { message, details: StatusDetails { retry_after_seconds: Some(1), ..about("") } }
            .into(),
        ConflictError::Conflict { message: "Apply failed with 1 conflict".to_owned(), details: disputed }.into(),
    ]
}

fn shared_samples() -> Vec<SharedError> {
    let no_method = StatusDetails { group: Some("batch".to_owned()), ..StatusDetails::default() };
    let mut all = vec![
        SharedError::BadRequest { message: "\u{1}\u{8}\u{c}\u{1b}[31m\u{7f}\u{80}".to_owned() },
        SharedError::MethodNotAllowed { message: "${verb} isn't #end".to_owned(), details: no_method },
        SharedError::NotAcceptable { message: "application/json;q=\"0.9\", */*".to_owned() },
        AuthError::Unauthorized { message: "Bearer realm=\"a\\\"b\", error='ü'".to_owned() }.into(),
        AuthError::Forbidden { message: "User \"system:anonymous\" can't".to_owned(), details: None }.into(),
    ];
    all.extend(server_samples().into_iter().map(SharedError::from));
    all
}

fn server_samples() -> Vec<ApiServerError> {
    let big = json!({
        "big": 9_007_199_254_740_993_u64,
        "max": u64::MAX,
        "min": i64::MIN,
        "a": {"b": {"c": [[["$x #end", null, true, ""]], {"d": "\u{7f}] ["}]}},
    });
    let unreadable = StatusDetails {
        causes: vec![cause(Some(CauseType::UnexpectedServerResponse), "bad\nblock", "/registry/secrets/ü/'x'")],
        ..about("/registry/secrets/")
    };
    let hidden = cause(Some(CauseType::ResourceVersionTooLarge), "password=hunter2", "secret");
    vec![
        ApiServerError::Unknown { message: "C:\\temp\\new \\u0041".to_owned(), details: Some(big) },
        ApiServerError::StoreReadError {
            message: "2026-01-01T00:00:00.000Z 1b2c Task timed out after 3.00 seconds".to_owned(),
            details: unreadable,
            store: std::io::Error::other("etcd at 10.0.0.1: 'secret'"),
        },
        ApiServerError::InternalError {
            message: "panic at \"secret\"".to_owned(),
            details: StatusDetails { causes: vec![hidden], ..StatusDetails::default() },
        },
        OverloadError::ServerTimeout {
            message: "listing took too long".to_owned(),
            details: about("list"),
            retry_after_seconds: 0,
        }
        .into(),
        OverloadError::Timeout { message: "it's late".to_owned(), wait: Some(Duration::from_millis(1500)) }.into(),
        OverloadError::TooManyRequests {
            message: "«slow» \"down\"".to_owned(),
            retry_after_seconds: i32::MAX.unsigned_abs(),
            flow_schema_uid: "6a4b21f3-0000-4000-8000-000000000001".to_owned(),
            priority_level_uid: None,
        }
        .into(),
        OverloadError::ServiceUnavailable("etcd is down: 'secret'".to_owned()).into(),
    ]
}
