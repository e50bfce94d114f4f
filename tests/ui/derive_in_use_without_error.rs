#[derive(Debug, throwback::ApiError)]
enum GetOrderError<T> {
    #[api_error(http = 404)]
    NotFound { order_id: T },
}

fn main() {
    println!("{:?}", GetOrderError::NotFound { order_id: 42 });
}
