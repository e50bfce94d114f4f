//! CORS as an HTTP API has it by itself (API Gateway developer guide, "Configure CORS for HTTP APIs in API Gateway").

use super::call::Call;
use super::response::{Response, Trace};

/// What `x-amazon-apigateway-cors` lets scripts of other origins do.
#[derive(Debug, Default)]
pub struct Cors {
    pub(crate) origins: Vec<String>,
    pub(crate) methods: Vec<String>,
    pub(crate) headers: Vec<String>,
    pub(crate) exposed: Vec<String>,
    pub(crate) credentials: bool,
    /// How long a browser may keep the answer to a preflight, in seconds.
    pub(crate) max_age: Option<i128>,
}

impl Cors {
    /// The answer where a browser asks before it calls, whatever the path; nothing for any other request.
    pub fn preflight(&self, call: &Call) -> Option<Response> {
        let is_one = call.method == "OPTIONS" && call.header("access-control-request-method").is_some();
        call.header("origin").filter(|_| is_one)?;
        let mut response = Response { status: 204, headers: Vec::new(), body: Vec::new(), trace: Trace::default() };
        if self.allow(call, &mut response) {
            let listed =
                [("access-control-allow-methods", &self.methods), ("access-control-allow-headers", &self.headers)];
            response.headers.extend(listed.into_iter().filter_map(|(name, list)| listed_header(name, list)));
            let age = self.max_age.map(|seconds| ("access-control-max-age".to_owned(), seconds.to_string()));
            response.headers.extend(age);
        }
        Some(response)
    }

    /// What a function answered, with the API's own CORS headers in place of the function's.
    pub fn of_function(&self, call: &Call, mut response: Response) -> Response {
        response.headers.retain(|(name, _)| !name.to_ascii_lowercase().starts_with("access-control-"));
        if self.allow(call, &mut response) {
            response.headers.extend(listed_header("access-control-expose-headers", &self.exposed));
        }
        response
    }

    /// What API Gateway answered for itself: the guide promises the headers for responses of integrations alone.
    pub fn of_gateway(&self, call: &Call, mut response: Response) -> Response {
        if call.header("origin").is_some() {
            let warning =
                "whether scripts can read what an HTTP API answers for itself is not known: here they can not";
            response.trace.warnings.push(warning.to_owned());
        }
        response
    }

    /// Names the origin of the call in the response if it is one that may read it.
    fn allow(&self, call: &Call, response: &mut Response) -> bool {
        let Some(origin) = call.header("origin") else { return false };
        let fits = |known: &&String| match known.strip_suffix('*') {
            Some(scheme) => origin.starts_with(scheme),
            None => *known == origin,
        };
        let Some(known) = self.origins.iter().find(fits) else { return false };
        let named = if known == "*" { "*" } else { origin };
        response.headers.push(("access-control-allow-origin".to_owned(), named.to_owned()));
        if self.credentials {
            response.headers.push(("access-control-allow-credentials".to_owned(), "true".to_owned()));
        }
        true
    }
}

fn listed_header(name: &str, list: &[String]) -> Option<(String, String)> {
    (!list.is_empty()).then(|| (name.to_owned(), list.join(",")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Front, Gateway};

    const DOCUMENT: &str = r#"{"openapi":"3.0.1","info":{"title":"a","version":"1"},"paths":{"/orders":{"get":{
        "responses":{"200":{}},"x-amazon-apigateway-integration":{"type":"mock","responses":{"default":{"statusCode":"200"}}}}}},
        "x-amazon-apigateway-cors":{"allowOrigins":["https://shop.example.com","http://*"],"allowMethods":["GET"],
        "allowHeaders":["authorization"],"exposeHeaders":["x-error-code","retry-after"],"maxAge":60}}"#;

    fn call(method: &str, headers: &[(&str, &str)]) -> Call {
        let mut call = Call::new(method, "/orders");
        call.headers.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        call
    }

    fn told(response: &Response) -> Vec<(&str, &str)> {
        response.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    #[test]
    fn a_preflight_is_answered_for_the_function() {
        let gateway = Gateway::read(DOCUMENT).unwrap();
        let cors = gateway.cors(Front::HttpApi).unwrap();
        let asked = ("Access-Control-Request-Method", "GET");
        let answer = |headers: &[(&str, &str)]| cors.preflight(&call("OPTIONS", headers));
        let allowed = answer(&[("Origin", "https://shop.example.com"), asked]).unwrap();
        assert_eq!(allowed.status, 204);
        let expected = [
            ("access-control-allow-origin", "https://shop.example.com"),
            ("access-control-allow-methods", "GET"),
            ("access-control-allow-headers", "authorization"),
            ("access-control-max-age", "60"),
        ];
        assert_eq!(told(&allowed), expected);
        let by_scheme = answer(&[("Origin", "http://localhost:1"), asked]).unwrap();
        assert_eq!(by_scheme.header("access-control-allow-origin"), Some("http://localhost:1"));
        let stranger = answer(&[("Origin", "https://shop.example.com.evil.example"), asked]).unwrap();
        assert_eq!(told(&stranger), []);
        assert!(answer(&[asked]).is_none() && answer(&[("Origin", "http://a")]).is_none());
    }

    #[test]
    fn the_headers_of_the_function_do_not_count() {
        let gateway = Gateway::read(DOCUMENT).unwrap();
        let cors = gateway.cors(Front::HttpApi1).unwrap();
        let answered = |origin| {
            let reply = br#"{"statusCode":404,"headers":{"retry-after":"3","Access-Control-Allow-Origin":"*"}}"#;
            {
                let call = call("GET", &[("origin", origin)]);
                cors.of_function(&call, Front::HttpApi1.respond(&call, reply, false))
            }
        };
        let expected = [
            ("retry-after", "3"),
            ("content-type", "application/json"),
            ("access-control-allow-origin", "http://a"),
            ("access-control-expose-headers", "x-error-code,retry-after"),
        ];
        assert_eq!(told(&answered("http://a")), expected);
        assert_eq!(told(&answered("https://a")), expected[..2]);
        let own = cors.of_gateway(&call("GET", &[("origin", "http://a")]), Front::HttpApi1.unrouted());
        assert_eq!((own.header("access-control-allow-origin"), own.trace.warnings.len()), (None, 1));
    }

    #[test]
    fn other_fronts_do_not_know_it() {
        let gateway = Gateway::read(DOCUMENT).unwrap();
        assert!(gateway.cors(Front::RestProxy).is_none() && gateway.cors(Front::FunctionUrl).is_none());
        assert!(Gateway::default().cors(Front::HttpApi).is_none());
        let wrong = DOCUMENT.replace("[\"GET\"]", "\"GET\"").replace("60", "\"a minute\"");
        let problems = Gateway::read(&wrong).unwrap_err().to_string();
        for expected in [
            ": /x-amazon-apigateway-cors/allowMethods: a string, but a list is needed\n",
            ": /x-amazon-apigateway-cors/maxAge: a string, but a number of seconds is needed",
        ] {
            assert!(problems.contains(expected), "{problems}");
        }
    }
}
