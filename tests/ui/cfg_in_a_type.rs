// scan only: no derive of ours is on the type

#[derive(serde::Serialize)]
struct Order {
    id: String,
    #[cfg(not(windows))]
    weight: u64,
    notes: Vec<Note>,
    kind: Kind,
    place: Place,
    #[cfg_attr(not(windows), serde(rename = "total"))]
    sum: u64,
}

#[derive(serde::Serialize)]
#[cfg_attr(not(windows), serde(rename_all = "camelCase"))]
struct Note {
    text: String,
}

#[derive(serde::Serialize)]
enum Kind {
    Plain,
    #[cfg(not(windows))]
    Gift,
}

#[derive(serde::Serialize)]
struct Place(u8, #[cfg(windows)] u8);

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound,
}

#[throwback::operation(GET, "/orders")]
async fn get_order(
    _event: throwback::lambda_runtime::LambdaEvent<throwback::Payload<()>>,
) -> Result<Order, GetOrderError> {
    Err(GetOrderError::NotFound)
}

fn main() {}
