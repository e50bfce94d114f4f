type B = B; #[operation(GET, "/a")] async fn a(event: LambdaEvent<Payload<()>>) -> Result<(), B> {}
