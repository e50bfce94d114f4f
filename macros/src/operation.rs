//! The expansion of `#[operation(…)]`: the function as it is, its facts, and checks that rustc makes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Path, Type};
use throwback_syntax::{Errors, Handler, Operation, Returned, Route, Takes};

pub(crate) fn expand(arguments: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let operation = Operation::parse(arguments, item, Span::call_site(), &mut errors);
    match (errors.into_syn(), operation) {
        (None, Some(operation)) => {
            let facts = facts(&operation);
            quote!(#item #facts)
        }
        (mistakes, _) => {
            let mistakes = mistakes.map(syn::Error::into_compile_error);
            let stub = stub(item, &krate(None));
            quote!(#item #mistakes #stub)
        }
    }
}

/// Where `throwback` is.
fn krate(path: Option<&Path>) -> TokenStream {
    path.map_or_else(|| quote!(::throwback), |path| quote!(#path))
}

/// What `operations!` names, so that a handler's mistake is the only one shown.
fn stub(item: &TokenStream, krate: &TokenStream) -> Option<TokenStream> {
    let (vis, ident) = Handler::name(item)?;
    let name = ident.to_string();
    Some(quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        #vis struct #ident {}

        impl #krate::Operation for #ident {
            const INFO: #krate::OperationInfo = #krate::OperationInfo::new(#name, "", "", #name, &[]);
        }
    })
}

fn facts(operation: &Operation) -> TokenStream {
    let handler = &operation.handler;
    let (ident, vis) = (&handler.ident, &handler.vis);
    let name = operation.name.as_ref().unwrap_or(ident).to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name);
    let krate = krate(operation.krate.as_ref());
    let (output, error, written) = match &handler.result {
        Returned::Result { output, error } => (quote!(#output), quote!(#error), output),
        Returned::Plain(ty) => (quote!(#ty), quote!(::core::convert::Infallible), ty),
        // What an alias stands for, only rustc knows.
        Returned::Alias(ty) => {
            let side = |side: &str| {
                let side = Ident::new(side, ty.span());
                quote_spanned!(ty.span()=> <#ty as #krate::__private::Returned>::#side)
            };
            (side("Output"), side("Error"), ty)
        }
    };
    let (method, path, shape) = match &operation.route {
        Some(route) => (route.method.as_str(), route.path(), route.shape()),
        None => ("", String::new(), String::new()),
    };
    let checks = match &handler.takes {
        Takes::Event { input, request } => {
            checks(operation, input, request.as_deref(), &output, written.span(), &krate)
        }
        // What axum's extractors and answers are is for the router, which takes no other handler.
        Takes::Extractors(_) => TokenStream::new(),
    };
    let status = operation.status.get();
    let status = (status != 200).then(|| quote!(.with_status(#status)));
    let known = parameters_of(operation, &krate);
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        #vis struct #ident {}

        const _: () = {
            impl #krate::Operation for #ident {
                const INFO: #krate::OperationInfo = #krate::OperationInfo::new(
                    #name,
                    #method,
                    #path,
                    #shape,
                    <#error as #krate::ApiError>::ERRORS,
                )#status #known;
            }
            #checks
        };
    }
}

/// What rustc alone can see: that an output is written, that a request is ours, that a parameter is a field of the input.
fn checks(
    operation: &Operation,
    input: &Type,
    request: Option<&Type>,
    output: &TokenStream,
    written: Span,
    krate: &TokenStream,
) -> TokenStream {
    let is_output = quote_spanned!(written=> #krate::__private::is_output::<#output>());
    let is_request = request.map(|ty| {
        let is_request = quote_spanned!(ty.span()=> #krate::__private::is_request::<#ty>());
        quote!(const _: () = #is_request;)
    });
    let route = operation.route.iter();
    let names = route.flat_map(|route| route.parameters().chain(route.query.iter().map(String::as_str)));
    let fields = names.map(|name| field(name, operation.route_span));
    let fields: Vec<_> = fields.chain(operation.headers.iter().map(|(field, _)| field.clone())).collect();
    let parameters =
        (!fields.is_empty()).then(|| quote!(const _: fn(&#input) = |__input| { #(let _ = &__input.#fields;)* };));
    quote! {
        const _: () = #is_output;
        #is_request
        #parameters
    }
}

/// Where each member of the input comes from that does not stand in the body.
fn parameters_of(operation: &Operation, krate: &TokenStream) -> Option<TokenStream> {
    let path = operation.route.iter().flat_map(Route::parameters);
    let query = operation.route.iter().flat_map(|route| &route.query);
    let of = |kind: &str, name: &str| {
        let kind = Ident::new(kind, Span::call_site());
        quote!(#krate::Parameter::#kind(#name))
    };
    let headers = operation.headers.iter().map(|(field, header)| {
        let (field, header) = (field.unraw().to_string(), header.to_string());
        quote!(#krate::Parameter::Header(#field, #header))
    });
    let all = path.map(|name| of("Path", name)).chain(query.map(|name| of("Query", name))).chain(headers);
    let all: Vec<_> = all.collect();
    (!all.is_empty()).then(|| quote!(.with_parameters(&[#(#all),*])))
}

/// A field's name as Rust writes it: a keyword is raw.
fn field(name: &str, span: Span) -> Ident {
    if syn::parse_str::<Ident>(name).is_ok() { Ident::new(name, span) } else { Ident::new_raw(name, span) }
}
