use throwback::{ApiError, Payload, operation};
#[derive(Debug, ApiError)] pub enum E { #[api_error(status = 404)] A { x: B } }
#[operation(GET, "/a")] async fn a(event: LambdaEvent<Payload<()>>) -> Result<(), E> { }
type B = (C, C); type C = (B, B);
