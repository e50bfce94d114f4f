#[derive(Debug, thiserror::Error, throwback::ApiError, serde::Serialize)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[serde(skip)]
        token: String,
        #[serde(rename = "orderId", default)]
        order_id: String,
        #[serde(flatten)]
        rest: std::collections::BTreeMap<String, String>,
    },

    #[error("gone")]
    #[api_error(status = 410)]
    #[serde(serialize_with = "two")]
    Gone {
        #[api_error(rename = "orderId")]
        #[serde(rename = "other")]
        order_id: String,
        at: u64,
    },

    /// Nobody sees its fields.
    #[error("down")]
    #[api_error(status = 503)]
    Down {
        #[serde(skip)]
        address: String,
    },
}

fn two<S: serde::Serializer>(_: &str, _: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_unit()
}

fn main() {}
