// scan only: the attribute does not see the input's fields

#[derive(serde::Deserialize)]
struct PutOrder {
    order_id: String,
    #[serde(default, alias = "dryRun")]
    dry_run: bool,
    #[serde(alias = "remark")]
    note: String,
}

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound,
}

#[throwback::operation(PUT, "/orders/{order_id}{?dry_run}")]
async fn get_order(
    _event: throwback::lambda_runtime::LambdaEvent<throwback::Payload<PutOrder>>,
) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
