//! `#[operation(GET, "/orders/{order_id}")]` on a handler: one operation of the API.

use crate::{Errors, Handler, Route, Success};
use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, LitInt, LitStr, Path, Token};

/// One method and path of the API, with the handler that answers it.
pub struct Operation {
    /// Which request reaches it.
    pub route: Route,
    /// The path literal, where mistakes about parameters and routes are shown.
    pub route_span: Span,
    /// Where `throwback` is, if not at its own name.
    pub krate: Option<Path>,
    /// The status of a success; 200 unless the attribute says otherwise.
    pub status: Success,
    /// The handler's signature.
    pub handler: Handler,
}

/// The attribute's own tokens.
struct Arguments {
    method: Ident,
    path: LitStr,
    status: Option<LitInt>,
    krate: Option<Path>,
}

const FORM: &str = "#[operation(GET, \"/orders/{order_id}\")]";

impl Operation {
    /// Reads the attribute's arguments and the function it stands on. What is wrong lands in `errors`; `attribute` is
    /// where something is missing.
    pub fn parse(arguments: &TokenStream, item: &TokenStream, attribute: Span, errors: &mut Errors) -> Option<Self> {
        let handler = Handler::parse(item, errors);
        let arguments = match (|input: ParseStream<'_>| Arguments::parse(input, attribute)).parse2(arguments.clone()) {
            Ok(arguments) => arguments,
            Err(error) => {
                errors.syn(&error);
                return None;
            }
        };
        let route = Route::parse(&arguments.method, &arguments.path, errors);
        let status = arguments.status.map_or(Some(Success::OK), |literal| success(&literal, errors));
        let (krate, route_span) = (arguments.krate, arguments.path.span());
        Some(Self { route: route?, route_span, krate, status: status?, handler: handler? })
    }
}

impl Arguments {
    fn parse(input: ParseStream<'_>, attribute: Span) -> syn::Result<Self> {
        let refuse = |error: &syn::Error, text: &str| {
            let span = if input.is_empty() { attribute } else { error.span() };
            syn::Error::new(span, text)
        };
        let (method, path) = Self::route(input)
            .map_err(|error| refuse(&error, &format!("an operation names its method and path: `{FORM}`")))?;
        let (status, krate) = Self::rest(input).map_err(|error| {
            refuse(&error, "after its path an operation takes `status = 201` and `crate = \"path::to::throwback\"`")
        })?;
        Ok(Self { method, path, status, krate })
    }

    fn route(input: ParseStream<'_>) -> syn::Result<(Ident, LitStr)> {
        let method = input.parse()?;
        input.parse::<Token![,]>()?;
        Ok((method, input.parse()?))
    }

    fn rest(input: ParseStream<'_>) -> syn::Result<(Option<LitInt>, Option<Path>)> {
        let (mut status, mut krate) = (None, None);
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let word = Ident::parse_any(input)?;
            input.parse::<Token![=]>()?;
            if word == "status" && status.is_none() {
                status = Some(input.parse()?);
            } else if word == "crate" && krate.is_none() {
                krate = Some(input.parse::<LitStr>()?.parse_with(Path::parse_mod_style)?);
            } else {
                return Err(syn::Error::new(word.span(), "unknown"));
            }
        }
        Ok((status, krate))
    }
}

fn success(literal: &LitInt, errors: &mut Errors) -> Option<Success> {
    let status = literal.base10_parse::<u16>().ok().filter(|status| matches!(status, 200..=208 | 226));
    if status.is_none() {
        errors.span(literal.span(), format!("`{literal}` is not the status of a success: it is one from 200 to 208"));
    }
    status.and_then(|status| Success::try_from(status).ok())
}
