//! HTTP statuses that an error may have, and what a repeat of the request means under each.

use std::fmt;

/// An HTTP status from 400 to 599 (RFC 9110 section 15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "u16", into = "u16"))]
pub struct Status(u16);

impl TryFrom<u16> for Status {
    type Error = String;

    fn try_from(number: u16) -> Result<Self, String> {
        if (400..=599).contains(&number) {
            return Ok(Self(number));
        }
        Err(format!("`{number}` is not an error status: an error has one from 400 to 599"))
    }
}

impl From<Status> for u16 {
    fn from(status: Status) -> Self {
        status.0
    }
}

/// The HTTP status of a success, from 200 to 299 (RFC 9110 section 15.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "u16", into = "u16"))]
pub struct Success(u16);

impl Success {
    /// 200 OK.
    pub const OK: Self = Self(200);
    /// 204: there is no body.
    pub const NO_CONTENT: Self = Self(204);

    /// The number.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Success {
    type Error = String;

    fn try_from(number: u16) -> Result<Self, String> {
        if (200..=299).contains(&number) {
            return Ok(Self(number));
        }
        Err(format!("`{number}` is not the status of a success: it is one from 200 to 299"))
    }
}

impl From<Success> for u16 {
    fn from(status: Success) -> Self {
        status.0
    }
}

/// Number and reason phrase of each registered client and server error. 418 and 510 are left out: the registry marks
/// the one unused and the other obsolete.
const REGISTERED: [(u16, &str); 38] = [
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (407, "Proxy Authentication Required"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (414, "URI Too Long"),
    (415, "Unsupported Media Type"),
    (416, "Range Not Satisfiable"),
    (417, "Expectation Failed"),
    (421, "Misdirected Request"),
    (422, "Unprocessable Content"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (425, "Too Early"),
    (426, "Upgrade Required"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (431, "Request Header Fields Too Large"),
    (451, "Unavailable For Legal Reasons"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (505, "HTTP Version Not Supported"),
    (506, "Variant Also Negotiates"),
    (507, "Insufficient Storage"),
    (508, "Loop Detected"),
    (511, "Network Authentication Required"),
];

impl Status {
    /// Takes an error status in digits, registered (the IANA status code registry) or not.
    pub fn from_digits(number: &str) -> Result<Self, String> {
        let refused = || format!("`{number}` is not an error status: an error has one from 400 to 599");
        number.parse::<u16>().map_err(|_| refused()).and_then(Self::try_from)
    }

    /// The number.
    pub fn get(self) -> u16 {
        self.0
    }

    /// Whether the server is at fault: 500 and above.
    pub fn is_fault(self) -> bool {
        self.0 >= 500
    }

    /// HTTP's reason phrase, the title of an error that hides its own; that of its class where the registry has none.
    pub fn reason(self) -> &'static str {
        let class = if self.is_fault() { "Server Error" } else { "Client Error" };
        REGISTERED.iter().find(|(number, _)| *number == self.0).map_or(class, |(_, reason)| reason)
    }

    /// The retry advice of an error that declares none.
    pub fn default_retry(self) -> Retry {
        Retry::of_status(self.0)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether the request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Retry {
    /// The same request fails the same way.
    Never,
    /// The request was not carried out: anyone may repeat it after a delay.
    Backoff,
    /// The request may have been carried out: only one that is safe to repeat may be sent again.
    Idempotent,
}

impl Retry {
    /// The advice where nothing else is said: 429 was refused before any work, so anyone may repeat it; under 502, 503 and
    /// 504 the work may have been done.
    pub fn of_status(status: u16) -> Self {
        match status {
            429 => Self::Backoff,
            502..=504 => Self::Idempotent,
            _ => Self::Never,
        }
    }

    /// The words of the attribute and of the wire.
    pub const WORDS: [&'static str; 3] = ["never", "backoff", "idempotent"];

    /// Takes one of [`Retry::WORDS`].
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "never" => Some(Self::Never),
            "backoff" => Some(Self::Backoff),
            "idempotent" => Some(Self::Idempotent),
            _ => None,
        }
    }

    /// The word of the attribute and of the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Backoff => "backoff",
            Self::Idempotent => "idempotent",
        }
    }
}
