#[derive(throwback::ApiError)]
union GetOrderError {
    number: u8,
    byte: i8,
}

fn main() {}
