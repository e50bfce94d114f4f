use throwback::{ApiError, Payload, operation};
#[derive(Debug, ApiError)] pub enum E { #[api_error(status = 404)] A { x: S<u8> } }
#[operation(GET, "/a")] async fn a(event: LambdaEvent<Payload<()>>) -> Result<(), E> { }
#[derive(serde::Serialize)] struct S<T> { a: Vec<S<Vec<T>>>, b: T }
