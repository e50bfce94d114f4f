//! A handler's signature, read without syn's `full`: the truth for an operation's input, output and errors.

use crate::extractors::{Argument, Extractors, answer, is_answer, no_answer};
use crate::{Docs, Errors, check};
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{
    Attribute, GenericArgument, Generics, Ident, PathArguments, Token, Type, Visibility, parenthesized, parse_quote,
};

/// `async fn get_order(shop: &Shop, event: LambdaEvent<Payload<GetOrder>>, request: Request) -> Result<Order, GetOrderError>`:
/// the state and the request may be left out, the payload may stand alone, and the result may be an alias of one.
pub struct Handler {
    /// The function's name, which names the operation too.
    pub ident: Ident,
    /// Who sees it.
    pub vis: Visibility,
    /// Its doc comment.
    pub docs: Docs,
    /// What it takes.
    pub takes: Takes,
    /// What it returns.
    pub result: Returned,
}

/// What a handler takes.
pub enum Takes {
    /// An event of Lambda's.
    Event {
        /// What `Payload<…>` holds; `()` where the request is all that it takes.
        input: Box<Type>,
        /// Its argument `Request`, if it asks for what came beside the input.
        request: Option<Box<Type>>,
    },
    /// A request, by axum's extractors.
    Extractors(Box<Extractors>),
}

/// What a handler returns.
pub enum Returned {
    /// `Result<Output, Error>`, as it is written.
    Result {
        /// The `Ok` side.
        output: Box<Type>,
        /// The `Err` side: an error enum.
        error: Box<Type>,
    },
    /// Another name for one.
    Alias(Box<Type>),
    /// An axum handler's answer that is never an error.
    Plain(Box<Type>),
}

/// The signature as it is written.
struct Signature {
    attrs: Vec<Attribute>,
    vis: Visibility,
    ident: Ident,
    generics: Generics,
    is_async: bool,
    arguments: Vec<Argument>,
    receiver: Option<Span>,
    output: Option<Type>,
}

const FORM: &str = "async fn name(event: LambdaEvent<Payload<Input>>) -> Result<Output, Error>";

const AXUM_FORM: &str = "async fn name(Path(id): Path<String>) -> Result<Json<Output>, Error>";

impl Handler {
    /// Reads a function item, one of axum's where the attribute says so or the signature shows it; `None` if the signature has a
    /// mistake.
    pub(crate) fn parse(item: &TokenStream, said_axum: bool, errors: &mut Errors) -> Option<Self> {
        let found = errors.len();
        let signature = match Signature::parse.parse2(item.clone()) {
            Ok(signature) => signature,
            Err(error) => {
                errors.span(error.span(), format!("`operation` stands on a function: `{FORM}`"));
                return None;
            }
        };
        let span = signature.ident.span();
        let is_axums = said_axum || signature.is_axums();
        if !signature.is_async {
            errors.span(span, format!("a handler is asynchronous: `{}`", if is_axums { AXUM_FORM } else { FORM }));
        }
        if let Some(generics) = signature.generics.params.first().filter(|_| !is_axums) {
            errors.at(generics, "a handler has no generic parameters: an operation's types are part of the contract");
        }
        if let Some(receiver) = signature.receiver {
            errors.span(receiver, "a handler is a free function, not a method");
        }
        let takes = if is_axums {
            Some(Takes::Extractors(Box::new(Extractors::read(&signature.arguments, errors))))
        } else {
            signature.event(errors.len() == found, errors)
        };
        // What is not asynchronous returns a future, of which nothing more is to say.
        let is_read = signature.is_async || !is_axums;
        let result = is_read.then(|| signature.returned(is_axums, errors)).flatten();
        if let Some(Takes::Extractors(extractors)) = &takes {
            let types = extractors.all().map(|extracted| &extracted.ty).chain(result.iter().flat_map(Returned::types));
            signature.without_parameters(types, errors);
        }
        if errors.len() > found {
            return None;
        }
        Some(Self {
            docs: Docs::parse(&signature.attrs),
            ident: signature.ident,
            vis: signature.vis,
            takes: takes?,
            result: result?,
        })
    }

    /// Name and visibility of a free function, whatever else is wrong with it.
    pub fn name(item: &TokenStream) -> Option<(Visibility, Ident)> {
        let signature = Signature::parse.parse2(item.clone()).ok()?;
        signature.receiver.is_none().then_some((signature.vis, signature.ident))
    }

    /// The sentence for a handler whose error is boxed.
    pub fn boxed(error: &str) -> String {
        format!(
            "`{}` is a boxed error: `?` boxes the enum before its tag is written, and every error reaches the caller as an untyped 500; return the error enum itself",
            error.replace(' ', "").replace("dyn", "dyn ").replace('+', " + ")
        )
    }
}

impl Signature {
    /// Whether it shows a handler of axum's: by an extractor among its arguments, or by what it answers.
    fn is_axums(&self) -> bool {
        let arguments_are = |is: fn(&Type) -> bool| self.arguments.iter().any(|argument| is(&argument.ty));
        let is_event = |ty: &Type| is_state(ty) || arguments(ty, "LambdaEvent").is_some() || payload(ty).is_some();
        let output = self.output.as_ref().is_some_and(|output| match arguments(output, "Result").as_deref() {
            Some([ok, ..]) => is_answer(ok),
            // `ApiResult<Json<Order>>` is an alias of one.
            _ => is_answer(output) || Extractors::has(output),
        });
        !arguments_are(is_event) && (output || arguments_are(Extractors::has))
    }

    /// Holds an axum handler's generic parameters to what says nothing of the contract, as in `State<Shop<Database>>`.
    fn without_parameters<'a>(&self, types: impl Iterator<Item = &'a Type>, errors: &mut Errors) {
        let parameters: Vec<_> = self.generics.type_params().map(|parameter| &parameter.ident).collect();
        for ty in types.filter(|_| !parameters.is_empty()) {
            if let Some(parameter) = named(ty.to_token_stream(), &parameters) {
                let text = format!(
                    "the generic parameter `{parameter}` can't be described: an operation's types are part of the contract, so name one"
                );
                errors.span(parameter.span(), text);
            }
        }
    }

    /// What a function's handler takes: its event, with its state before it and the request beside it.
    fn event(&self, is_right: bool, errors: &mut Errors) -> Option<Takes> {
        let before = errors.len();
        let span = self.ident.span();
        let (requests, others): (Vec<_>, Vec<_>) =
            self.arguments.iter().map(|argument| &argument.ty).partition(|ty| is_request(ty));
        if let [_, second, ..] = *requests {
            errors.at(second, "a handler takes one `Request`");
        }
        let request = requests.first().map(|ty| Box::new((*ty).clone()));
        let event = match *others {
            [state, event] if is_state(state) => Some(event),
            [state] if request.is_some() && is_state(state) => None,
            [event] => Some(event),
            [] if self.receiver.is_some() || request.is_some() => None,
            [state, _] if payload(state).is_none() => {
                errors.at(state, "a function's state is borrowed, and by all of its handlers at once: take `&State`");
                None
            }
            _ => {
                let none = if others.is_empty() {
                    "; one of axum's, which needs no argument, says `axum` in the attribute"
                } else {
                    ""
                };
                let text = format!("a handler takes its event, and before it `&State` if it has one: `{FORM}`{none}");
                errors.span(span, text);
                None
            }
        };
        let Some(event) = event else {
            let alone = request.is_some() && is_right && errors.len() == before;
            return alone.then(|| Takes::Event { input: Box::new(parse_quote!(())), request });
        };
        let Some(input) = payload(event) else {
            errors.at(
                event,
                "a handler takes `LambdaEvent<Payload<Input>>` or `Payload<Input>`: its input is read, and refused, before it \
                 runs; one of axum's, whose arguments are all its own extractors, says `axum` in the attribute",
            );
            return None;
        };
        check::named(input, errors);
        Some(Takes::Event { input: Box::new(input.clone()), request })
    }

    /// What it returns.
    fn returned(&self, is_axums: bool, errors: &mut Errors) -> Option<Returned> {
        let result = match &self.output {
            Some(output) => returned(output),
            None if is_axums => Some(Returned::Plain(parse_quote!(()))),
            None => None,
        };
        let result = match (&self.output, result) {
            // What a name stands for that is none of axum's is for those who see it.
            (Some(output), found) if is_axums && !matches!(found, Some(Returned::Result { .. })) => {
                match answer(output) {
                    Some(answer) => {
                        answer.body.inspect(|body| check::named(body, errors));
                        Some(Returned::Plain(Box::new(output.clone())))
                    }
                    None if found.is_none() => {
                        errors.at(output, no_answer(output));
                        return None;
                    }
                    None => found,
                }
            }
            (_, Some(result)) => Some(result),
            (output, None) => {
                let text = format!("a handler returns a `Result`, or an alias of one: `{FORM}`");
                match output {
                    Some(output) => errors.at(output, text),
                    None => errors.span(self.ident.span(), text),
                }
                return None;
            }
        };
        if let Some(Returned::Result { output, error }) = &result {
            if is_boxed(error) {
                errors.at(error, Handler::boxed(&error.to_token_stream().to_string()));
            }
            match answer(output) {
                None if is_axums => errors.at(output, no_answer(output)),
                _ => check::named(output, errors),
            }
        }
        result
    }

    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let mut is_async = false;
        while !input.peek(Token![fn]) {
            let word: TokenTree = input.parse()?;
            is_async |= word.to_string() == "async";
        }
        input.parse::<Token![fn]>()?;
        let ident = input.parse()?;
        let generics = input.parse()?;
        let content;
        parenthesized!(content in input);
        let mut arguments = Vec::new();
        let mut receiver = None;
        while !content.is_empty() {
            let cfg = content.call(Attribute::parse_outer)?.into_iter();
            let cfg = cfg.map(|attribute| attribute.path().clone()).find(|path| path.is_ident("cfg"));
            let before = receiver.is_some();
            // The pattern: everything up to a colon that is no path separator.
            while !content.peek(Token![:]) || content.peek(Token![::]) {
                if content.peek(Token![::]) {
                    content.parse::<Token![::]>()?;
                    continue;
                }
                if content.peek(Token![self]) {
                    receiver = Some(content.span());
                }
                if content.is_empty() || content.peek(Token![,]) {
                    break;
                }
                content.parse::<TokenTree>()?;
            }
            if content.peek(Token![:]) {
                content.parse::<Token![:]>()?;
                let ty = content.parse()?;
                if receiver.is_some() == before {
                    arguments.push(Argument { ty, cfg });
                }
            }
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
        let output = if input.peek(Token![->]) {
            input.parse::<Token![->]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        // The `where` clause and the body say nothing of the contract.
        input.parse::<TokenStream>()?;
        Ok(Self { attrs, vis, ident, generics, is_async, arguments, receiver, output })
    }
}

impl Returned {
    /// The types that it names.
    fn types(&self) -> impl Iterator<Item = &Type> {
        let (first, second) = match self {
            Self::Result { output, error } => (output, Some(error)),
            Self::Alias(ty) | Self::Plain(ty) => (ty, None),
        };
        [first].into_iter().chain(second).map(|ty| &**ty)
    }
}

/// The first of some parameters that is named in a type.
fn named(tokens: TokenStream, parameters: &[&Ident]) -> Option<Ident> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) => parameters.contains(&&ident).then_some(ident),
        TokenTree::Group(group) => named(group.stream(), parameters),
        _ => None,
    })
}

/// Whether an argument is the function's state: a shared reference.
fn is_state(ty: &Type) -> bool {
    matches!(ty, Type::Reference(reference) if reference.mutability.is_none())
}

/// The `T` of `LambdaEvent<Payload<T>>`, or of `Payload<T>`.
fn payload(ty: &Type) -> Option<&Type> {
    let payload = match arguments(ty, "LambdaEvent").as_deref() {
        Some([inner]) => inner,
        Some(_) => return None,
        None => ty,
    };
    match arguments(payload, "Payload")?.as_slice() {
        [input] => Some(input),
        _ => None,
    }
}

/// Whether an argument is the request: by its name, which the expansion holds to the type.
fn is_request(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Request"))
}

/// The two types of `Result<T, E>`, or a path that may be an alias of one.
fn returned(ty: &Type) -> Option<Returned> {
    match (arguments(ty, "Result").as_deref(), ty) {
        (Some([output, error]), _) => {
            Some(Returned::Result { output: Box::new((*output).clone()), error: Box::new((*error).clone()) })
        }
        (_, Type::Path(_)) => Some(Returned::Alias(Box::new(ty.clone()))),
        _ => None,
    }
}

/// The type arguments of a path whose last segment is `name`.
fn arguments<'a>(ty: &'a Type, name: &str) -> Option<Vec<&'a Type>> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    Some(types.collect())
}

/// Whether the type is, by its spelling, a boxed or type-erased error.
fn is_boxed(ty: &Type) -> bool {
    const ERASED: [&str; 6] = [
        "lambda_runtime::Error",
        "lambda_http::Error",
        "throwback::lambda_runtime::Error",
        "anyhow::Error",
        "eyre::Report",
        "lambda_runtime::Diagnostic",
    ];
    match ty {
        Type::Path(path) => {
            let name: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            ERASED.contains(&name.join("::").as_str())
                || arguments(ty, "Box").is_some_and(|inner| matches!(inner.as_slice(), [Type::TraitObject(_)]))
        }
        _ => false,
    }
}
