//! Reads an order, and knows what went wrong by a status and the words of a message.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), reqwest::Error> {
    let mut arguments = std::env::args().skip(1);
    let (base, id) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let response = reqwest::get(format!("{base}/orders/{id}")).await?;
    let status = response.status();
    let body: serde_json::Value = response.json().await?;
    match status.as_u16() {
        200 => println!("{}", body["id"]),
        404 if body["message"].as_str().is_some_and(|text| text.contains("not found")) => println!("no such order"),
        _ => println!("something failed: {body}"),
    }
    Ok(())
}
