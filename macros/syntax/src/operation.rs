//! `#[operation(GET, "/orders/{order_id}")]` on a handler: one operation of the API.

use crate::extractors::{AnswerStatus, answer};
use crate::{Errors, Handler, RequestHeader, Returned, Route, Success, Takes};
use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::token::Paren;
use syn::{Ident, LitInt, LitStr, Path, Token, parenthesized};

/// One method and path of the API, with the handler that answers it; or a handler that is invoked directly.
pub struct Operation {
    /// Which request reaches it; nothing where no request does.
    pub route: Option<Route>,
    /// The path literal, where mistakes about parameters and routes are shown.
    pub route_span: Span,
    /// The fields of the input that travel as headers, each with the header's name.
    pub headers: Vec<(Ident, RequestHeader)>,
    /// Where `throwback` is, if not at its own name.
    pub krate: Option<Path>,
    /// Its name, if not the handler's.
    pub name: Option<Ident>,
    /// The status of a success; 200 unless the attribute says otherwise.
    pub status: Success,
    /// That status, where the attribute says it.
    said: Option<(Span, Success)>,
    /// The handler's signature.
    pub handler: Handler,
}

/// The attribute's own tokens.
#[derive(Default)]
struct Arguments {
    route: Option<(Ident, LitStr)>,
    headers: Vec<(Ident, LitStr)>,
    name: Option<LitStr>,
    status: Option<LitInt>,
    krate: Option<Path>,
    /// Whether the handler is one of axum's, whatever its signature shows.
    axum: bool,
}

const FORM: &str = "#[operation(GET, \"/orders/{order_id}\")]";

const REST: &str = "after its path an operation takes `status = 201`, `name = \"getOrder\"`, `headers(idempotency_key = \"Idempotency-Key\")`, \
                    `axum` and `crate = \"path::to::throwback\"`";

impl Operation {
    /// Reads the attribute's arguments and the function it stands on. What is wrong lands in `errors`; `attribute` is
    /// where something is missing.
    pub fn parse(arguments: &TokenStream, item: &TokenStream, attribute: Span, errors: &mut Errors) -> Option<Self> {
        let arguments = (|input: ParseStream<'_>| Arguments::parse(input, attribute)).parse2(arguments.clone());
        let handler = Handler::parse(item, arguments.as_ref().is_ok_and(|arguments| arguments.axum), errors);
        let arguments = match arguments {
            Ok(arguments) => arguments,
            Err(error) => {
                errors.syn(&error);
                return None;
            }
        };
        let Arguments { route, headers, name, status, krate, axum: _ } = arguments;
        let route_span = route.as_ref().map_or(attribute, |(_, path)| path.span());
        let is_axums = handler.as_ref().is_some_and(|handler| matches!(handler.takes, Takes::Extractors(_)));
        if route.is_none() && !is_axums {
            let of_http = headers.first().map(|(field, _)| field.span()).or(status.as_ref().map(LitInt::span));
            if let Some(span) = of_http {
                errors.span(
                    span,
                    format!("without a route there is no request and no response of HTTP: name one, `{FORM}`"),
                );
            }
        }
        let found = errors.len();
        let route = route.map(|(method, path)| Route::parse(&method, &path, errors));
        let mut taken: Vec<String> = Vec::new();
        let headers = headers.into_iter().filter_map(|(field, literal)| {
            let header = RequestHeader::new(&literal.value()).map_err(|why| errors.span(literal.span(), why)).ok()?;
            for name in [field.to_string(), header.to_lowercase()] {
                if taken.contains(&name) {
                    errors.span(literal.span(), format!("`{name}` stands twice under `headers`"));
                }
                taken.push(name);
            }
            Some((field, header))
        });
        let headers = headers.collect();
        let name = name.and_then(|literal| match literal.parse_with(Ident::parse_any) {
            Ok(name) if !name.to_string().starts_with("r#") => Some(name),
            _ => {
                errors.span(
                    literal.span(),
                    format!(
                        "`{}` can't be an operation's name: a function could have it, as in `getOrder`",
                        literal.value()
                    ),
                );
                None
            }
        });
        let said = status.as_ref().map(|literal| (literal.span(), success(literal, errors)));
        if errors.len() > found {
            return None;
        }
        let said = said.and_then(|(span, status)| Some((span, status?)));
        let status = said.map_or(Success::OK, |(_, status)| status);
        let mut operation =
            Self { route: route.flatten(), route_span, headers, krate, name, said, status, handler: handler? };
        if let Takes::Extractors(extractors) = &operation.handler.takes {
            extractors.check(&operation, errors);
            if let Returned::Result { output: ty, .. } | Returned::Plain(ty) = &operation.handler.result
                && let Some(answer) = answer(ty)
            {
                operation.status = operation.answered(answer.status, ty.span(), errors);
            }
        }
        (errors.len() == found).then_some(operation)
    }
}

impl Operation {
    /// The status of an axum handler's success: what axum or the handler makes of its answer, which the attribute has to say.
    pub fn answered(&self, by: AnswerStatus, answer: Span, errors: &mut Errors) -> Success {
        let said = self.said.map(|(_, status)| status.get());
        let text = match (by, said) {
            (AnswerStatus::Handler, None) => {
                "the handler says its status itself: say in the attribute which it is, as in `status = 201`".to_owned()
            }
            (AnswerStatus::Ok, Some(said)) if said != 200 => format!(
                "axum answers this with 200: return `(StatusCode, Json<…>)` for a status of {said}, or leave `status` out"
            ),
            (AnswerStatus::NoContent, Some(said)) if said != 204 => "`NoContent` is 204: leave `status` out".to_owned(),
            (AnswerStatus::NoContent, _) => return Success::NO_CONTENT,
            _ => return self.status,
        };
        errors.span(self.said.map_or(answer, |(span, _)| span), text);
        self.status
    }
}

impl Arguments {
    fn parse(input: ParseStream<'_>, attribute: Span) -> syn::Result<Self> {
        let refuse = |error: &syn::Error, text: &str| {
            let span = if input.is_empty() { attribute } else { error.span() };
            syn::Error::new(span, text)
        };
        let mut arguments = Self::default();
        // `crate = "…"` alone names no route either.
        let named = input.peek2(Token![=]) || (input.peek(Ident::peek_any) && input.peek2(Paren));
        if !input.is_empty() && !named {
            let route = Self::route(input).map_err(|error| {
                refuse(
                    &error,
                    &format!("an operation names its method and path, `{FORM}`, or nothing if it is invoked directly"),
                )
            })?;
            arguments.route = Some(route);
            if !input.is_empty() {
                input.parse::<Token![,]>().map_err(|error| refuse(&error, REST))?;
            }
        }
        arguments.rest(input).map_err(|error| refuse(&error, REST))?;
        Ok(arguments)
    }

    fn route(input: ParseStream<'_>) -> syn::Result<(Ident, LitStr)> {
        let method = input.parse()?;
        input.parse::<Token![,]>()?;
        Ok((method, input.parse()?))
    }

    fn rest(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        while !input.is_empty() {
            let word = Ident::parse_any(input)?;
            if word == "headers" && self.headers.is_empty() && input.peek(Paren) {
                let content;
                parenthesized!(content in input);
                while !content.is_empty() {
                    let field = Ident::parse_any(&content)?;
                    content.parse::<Token![=]>()?;
                    self.headers.push((field, content.parse()?));
                    if !content.is_empty() {
                        content.parse::<Token![,]>()?;
                    }
                }
            } else if word == "axum" && !self.axum {
                self.axum = true;
            } else {
                input.parse::<Token![=]>()?;
                if word == "status" && self.status.is_none() {
                    self.status = Some(input.parse()?);
                } else if word == "name" && self.name.is_none() {
                    self.name = Some(input.parse()?);
                } else if word == "crate" && self.krate.is_none() {
                    self.krate = Some(input.parse::<LitStr>()?.parse_with(Path::parse_mod_style)?);
                } else {
                    return Err(syn::Error::new(word.span(), "unknown"));
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }
}

fn success(literal: &LitInt, errors: &mut Errors) -> Option<Success> {
    let status = literal.base10_parse::<u16>().ok().filter(|status| matches!(status, 200..=208 | 226));
    if status.is_none() {
        errors.span(literal.span(), format!("`{literal}` is not the status of a success: it is one from 200 to 208"));
    }
    status.and_then(|status| Success::try_from(status).ok())
}
