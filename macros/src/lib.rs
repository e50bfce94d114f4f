//! The `ApiError` derive and the `operation` attribute. Their documentation stands on the re-exports in `throwback`.

mod expand;
mod operation;

use proc_macro::TokenStream;
use syn::DeriveInput;
use throwback_syntax::{ErrorEnum, Errors};

#[expect(missing_docs, reason = "documented on the re-export in `throwback`")]
#[proc_macro_derive(ApiError, attributes(api_error))]
pub fn derive_api_error(input: TokenStream) -> TokenStream {
    derived(input, |input, mut errors| {
        let parsed = ErrorEnum::parse(input, &mut errors);
        match (errors.into_syn(), parsed) {
            (None, Some(parsed)) => expand::error_enum(&parsed),
            (mistakes, parsed) => expand::stub(input, parsed.and_then(|parsed| parsed.krate), mistakes),
        }
    })
}

#[expect(missing_docs, reason = "documented on the re-export in `throwback`")]
#[proc_macro_derive(Described, attributes(api_error))]
pub fn derive_described(input: TokenStream) -> TokenStream {
    derived(input, |input, mut errors| {
        throwback_syntax::described(input, &mut errors);
        errors.into_syn().map(syn::Error::into_compile_error).unwrap_or_default()
    })
}

#[expect(missing_docs, reason = "documented on the re-export in `throwback`")]
#[proc_macro_attribute]
pub fn operation(arguments: TokenStream, item: TokenStream) -> TokenStream {
    operation::expand(&arguments.into(), &item.into()).into()
}

/// What a derive makes of an item, or what is wrong with the item itself.
fn derived(input: TokenStream, expand: impl FnOnce(&DeriveInput, Errors) -> proc_macro2::TokenStream) -> TokenStream {
    match syn::parse(input) {
        Ok(input) => expand(&input, Errors::new()).into(),
        Err(error) => error.into_compile_error().into(),
    }
}
