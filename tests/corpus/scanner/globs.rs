pub use m0::*; mod m0 { use super::*; use crate::m1::*; }
pub use m1::*; mod m1 { use super::*; use crate::m2::*; }
pub use m2::*; mod m2 { use super::*; use crate::m3::*; }
pub use m3::*; mod m3 { use super::*; use crate::m4::*; }
pub use m4::*; mod m4 { use super::*; use crate::m5::*; }
pub use m5::*; mod m5 { use super::*; use crate::m6::*; }
pub use m6::*; mod m6 { use super::*; use crate::m7::*; }
pub use m7::*; mod m7 { use super::*; use crate::m0::*; }
use throwback::{ApiError, Payload, operation};
#[derive(Debug, ApiError)] pub enum E { #[api_error(status = 404)] A { x: Nowhere } }
#[operation(GET, "/a")] async fn a(event: LambdaEvent<Payload<()>>) -> Result<(), E> { }
