// scan only: the attribute does not see the module around a handler

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound,
}

#[cfg(any(test, not(windows)))]
mod handlers {
    use super::GetOrderError;

    #[throwback::operation(GET, "/orders")]
    async fn get_order(
        _event: throwback::lambda_runtime::LambdaEvent<throwback::Payload<()>>,
    ) -> Result<(), GetOrderError> {
        Ok(())
    }
}

fn main() {}
