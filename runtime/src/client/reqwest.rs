//! [`Transport`] over reqwest.

use super::Transport;
use http::{Request, Response};

impl Transport for reqwest::Client {
    type Error = reqwest::Error;

    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, reqwest::Error> {
        let response = self.execute(request.try_into()?).await?;
        let mut whole = Response::new(Vec::new());
        *whole.status_mut() = response.status();
        *whole.version_mut() = response.version();
        *whole.headers_mut() = response.headers().clone();
        *whole.body_mut() = response.bytes().await?.into();
        Ok(whole)
    }
}
