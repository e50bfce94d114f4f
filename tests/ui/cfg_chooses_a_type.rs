// scan only: a derive sees no other item

#[cfg(windows)]
mod names {
    pub(super) type Name = String;
}

#[cfg(not(windows))]
mod names {
    pub(super) type Name = Vec<String>;
}

#[cfg(windows)]
type Number = u8;
#[cfg(not(windows))]
type Number = String;

mod far {
    #[cfg(windows)]
    pub(super) use std::string::String as Place;
    #[cfg(not(windows))]
    pub(super) use std::primitive::u8 as Place;
}

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        name: names::Name,
        number: Number,
        place: far::Place,
    },
}

#[throwback::operation(GET, "/orders")]
async fn get_order(
    _event: throwback::lambda_runtime::LambdaEvent<throwback::Payload<()>>,
) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
