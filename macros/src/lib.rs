//! The `ApiError` derive and the `operation` attribute. Their documentation stands on the re-exports in `throwback`.

mod expand;
mod operation;

use proc_macro::TokenStream;
use throwback_syntax::{ErrorEnum, Errors};

#[expect(missing_docs, reason = "documented on the re-export in `throwback`")]
#[proc_macro_derive(ApiError, attributes(api_error))]
pub fn derive_api_error(input: TokenStream) -> TokenStream {
    let input = match syn::parse(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error().into(),
    };
    let mut errors = Errors::new();
    let parsed = ErrorEnum::parse(&input, &mut errors);
    match (errors.into_syn(), parsed) {
        (None, Some(parsed)) => expand::error_enum(&parsed),
        (mistakes, parsed) => expand::stub(&input, parsed.and_then(|parsed| parsed.krate), mistakes),
    }
    .into()
}

#[expect(missing_docs, reason = "documented on the re-export in `throwback`")]
#[proc_macro_derive(Described, attributes(api_error))]
pub fn derive_described(input: TokenStream) -> TokenStream {
    let input = match syn::parse(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error().into(),
    };
    let mut errors = Errors::new();
    throwback_syntax::described(&input, &mut errors);
    errors.into_syn().map(syn::Error::into_compile_error).unwrap_or_default().into()
}

#[expect(missing_docs, reason = "documented on the re-export in `throwback`")]
#[proc_macro_attribute]
pub fn operation(arguments: TokenStream, item: TokenStream) -> TokenStream {
    operation::expand(&arguments.into(), &item.into()).into()
}
