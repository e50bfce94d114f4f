//! `#[operation(GET, "/orders/{order_id}")]` on a handler: one operation of the API.

use crate::{Errors, Handler, Method, Route};
use proc_macro2::{Span, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::{Ident, LitInt, LitStr, Token};

/// One method and path of the API, with the handler that answers it.
pub struct Operation {
    /// Which request reaches it.
    pub route: Route,
    /// The path literal, where mistakes about parameters and routes are shown.
    pub route_span: Span,
    /// The status of a success; 200 unless the attribute says otherwise.
    pub status: u16,
    /// The handler's signature.
    pub handler: Handler,
}

/// The attribute's own tokens.
struct Arguments {
    method: Ident,
    path: LitStr,
    status: Option<LitInt>,
}

const FORM: &str = "#[operation(GET, \"/orders/{order_id}\")]";

impl Operation {
    /// Reads the attribute's arguments and the function it stands on. What is wrong lands in `errors`.
    pub fn parse(arguments: &TokenStream, item: &TokenStream, errors: &mut Errors) -> Option<Self> {
        let handler = Handler::parse(item, errors);
        let arguments = match Arguments::parse.parse2(arguments.clone()) {
            Ok(arguments) => arguments,
            Err(error) => {
                errors.span(error.span(), format!("an operation names its method and path: `{FORM}`"));
                return None;
            }
        };
        let method = Method::parse(&arguments.method, errors);
        let route = method.and_then(|method| Route::parse(method, &arguments.path, errors));
        let status = arguments.status.map_or(Some(200), |literal| success(&literal, errors));
        Some(Self { route: route?, route_span: arguments.path.span(), status: status?, handler: handler? })
    }
}

impl Arguments {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let method = input.parse()?;
        input.parse::<Token![,]>()?;
        let path = input.parse()?;
        let mut status = None;
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
            if !input.is_empty() {
                let word: Ident = input.parse()?;
                if word != "status" {
                    return Err(syn::Error::new(word.span(), "unknown"));
                }
                input.parse::<Token![=]>()?;
                status = Some(input.parse()?);
                input.parse::<Option<Token![,]>>()?;
            }
        }
        Ok(Self { method, path, status })
    }
}

fn success(literal: &LitInt, errors: &mut Errors) -> Option<u16> {
    let status = literal.base10_parse::<u16>().ok().filter(|status| matches!(status, 200..=208 | 226));
    if status.is_none() {
        errors.span(literal.span(), format!("`{literal}` is not the status of a success: it is one from 200 to 208"));
    }
    status
}
