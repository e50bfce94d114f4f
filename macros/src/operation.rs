//! The expansion of `#[operation(…)]`: the function as it is, its facts, and checks that rustc makes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;
use throwback_syntax::{Errors, Handler, Operation};

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
    let (input, output, error) = (&handler.input, &handler.output, &handler.error);
    let name = ident.to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name);
    let (method, path, shape) = (operation.route.method.as_str(), operation.route.path(), operation.route.shape());
    let krate = krate(operation.krate.as_ref());
    let is_output = quote_spanned!(output.span()=> #krate::__private::is_output::<#output>());
    // A parameter that the input does not have is rustc's to find: only it knows the fields.
    let names = operation.route.parameters().chain(operation.route.query.iter().map(String::as_str));
    let fields: Vec<_> = names.map(|name| field(name, operation.route_span)).collect();
    let parameters =
        (!fields.is_empty()).then(|| quote!(const _: fn(&#input) = |__input| { #(let _ = &__input.#fields;)* };));
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
                );
            }
            const _: () = #is_output;
            #parameters
        };
    }
}

/// A field's name as Rust writes it: a keyword is raw.
fn field(name: &str, span: Span) -> Ident {
    if syn::parse_str::<Ident>(name).is_ok() { Ident::new(name, span) } else { Ident::new_raw(name, span) }
}
