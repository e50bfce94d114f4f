//! The expansion of `#[operation(…)]`: the function as it is, its facts, and checks that rustc makes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use throwback_syntax::{Errors, Operation};

pub(crate) fn expand(arguments: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let operation = Operation::parse(arguments, item, &mut errors);
    match (errors.into_syn(), operation) {
        (None, Some(operation)) => {
            let facts = facts(&operation);
            quote!(#item #facts)
        }
        (mistakes, _) => {
            let mistakes = mistakes.map(syn::Error::into_compile_error);
            quote!(#item #mistakes)
        }
    }
}

fn facts(operation: &Operation) -> TokenStream {
    let handler = &operation.handler;
    let (ident, vis) = (&handler.ident, &handler.vis);
    let (input, output, error) = (&handler.input, &handler.output, &handler.error);
    let name = ident.to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name);
    let (method, path, shape) = (operation.route.method.as_str(), operation.route.path(), operation.route.shape());
    let has_contract = quote_spanned!(error.span()=> ::throwback::__private::has_contract::<#error>());
    let is_output = quote_spanned!(output.span()=> ::throwback::__private::is_output::<#output>());
    // A parameter that the input does not have is rustc's to find: only it knows the fields.
    let fields: Vec<_> = operation.route.parameters().map(|name| field(name, operation.route_span)).collect();
    let parameters =
        (!fields.is_empty()).then(|| quote!(const _: fn(&#input) = |input| { #(let _ = &input.#fields;)* };));
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        #vis struct #ident {}

        const _: () = {
            impl ::throwback::Operation for #ident {
                const INFO: ::throwback::OperationInfo = ::throwback::OperationInfo::new(
                    #name,
                    #method,
                    #path,
                    #shape,
                    <#error as ::throwback::ApiError>::ERRORS,
                );
            }
            const _: () = #has_contract;
            const _: () = #is_output;
            #parameters
        };
    }
}

/// The field that a parameter names: `type` is the field `r#type`. What can't be raw is no field either, as rustc says.
fn field(name: &str, span: Span) -> Ident {
    let can_be_raw = !matches!(name, "self" | "Self" | "super" | "crate" | "_");
    if can_be_raw && syn::parse_str::<Ident>(name).is_err() {
        Ident::new_raw(name, span)
    } else {
        Ident::new(name, span)
    }
}
