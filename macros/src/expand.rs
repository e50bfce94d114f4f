//! The derive's expansion: the table of errors, one `match` for each question, and the conversion for Lambda.
//!
//! Nothing is written that an enum does not need: rustc's time on a large enum goes by the tokens. Every name of ours begins
//! with `__`, for an enum, its types and whatever is in scope may have any other: neither items nor statics are hygienic.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Generics, Index, Path, Type, WherePredicate, parse_quote};
use throwback_syntax::{ErrorEnum, ErrorSpec, Field, Kind, Retry, Shape, Shown, Variant, escape};

/// The implementations for a declaration without mistakes.
pub(crate) fn error_enum(this: &ErrorEnum) -> TokenStream {
    let krate = this.krate.as_ref().map_or_else(|| quote!(::throwback), |path| quote!(#path));
    let ident = &this.ident;
    let generics = bounded(this, &krate);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();

    let (mut table, mut infos, mut delays, mut members) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut flattens = false;
    for variant in &this.variants {
        let name = &variant.ident;
        match &variant.kind {
            Kind::Error(spec) => {
                let info = info(this, variant, spec);
                let constant = format_ident!("__E{}", infos.len());
                infos.push((
                    quote!(Self::#name { .. } => #constant,),
                    Some(quote!(const #constant: &__ErrorInfo = &#info;)),
                ));
                table.push(quote!(__Entry::Error(#constant)));
                delays.extend(delay(variant, &krate));
                members.extend(exposed(variant, &krate));
            }
            Kind::Internal => infos.push((quote!(Self::#name { .. } => #krate::InternalError::INFO,), None)),
            Kind::Flatten => {
                flattens = true;
                let Some(field) = variant.fields.first() else { continue };
                let (ty, index) = (&field.ty, accessor(field, 0));
                table.push(quote!(__Entry::Flatten(<#ty as __ApiError>::ERRORS)));
                // The type is written each time, so that rustc says once what it lacks.
                infos.push((quote!(Self::#name { #index: __inner } => <#ty as __ApiError>::info(__inner),), None));
                delays.push(quote!(Self::#name { #index: __inner } => <#ty as __ApiError>::retry_after(__inner),));
                members.push(quote!(Self::#name { #index: __inner } => <#ty as __ApiError>::members(__inner, __out),));
            }
        }
    }
    let constants = infos.iter().map(|(_, constant)| constant);
    let info_arms = infos.iter().map(|(arm, _)| arm);
    // An enum without variants has no value to match.
    let info_body = if infos.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#info_arms)* }) };
    let delay_fn = (!delays.is_empty()).then(|| {
        let rest = rest(delays.len(), this);
        quote! {
            fn retry_after(&self) -> ::core::option::Option<u64> {
                match self { #(#delays)* #rest }
            }
        }
    });
    let members_fn = (!members.is_empty()).then(|| {
        let rest = if members.len() < this.variants.len() { quote!(_ => {}) } else { TokenStream::new() };
        quote! {
            fn members(&self, __out: &mut #krate::Members<'_>) {
                match self { #(#members)* #rest }
            }
        }
    });
    let distinct = (flattens && this.generics.params.is_empty()).then(|| {
        quote! {
            const __TABLES: &[&[__Entry]] = &[<#ident as __ApiError>::ERRORS];
            const _: () = #krate::__private::distinct_codes::<{ #krate::__private::count(__TABLES) }>(__TABLES);
        }
    });
    let diagnostic = (!this.own_diagnostic)
        .then(|| quote!(#krate::__diagnostic! { [#impl_generics] #ident #ty_generics, [#where_clause] }));
    let response = (!this.own_response)
        .then(|| quote!(#krate::__response! { [#impl_generics] #ident #ty_generics, [#where_clause] }));
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #krate::{
                ApiError as __ApiError, Entry as __Entry, ErrorInfo as __ErrorInfo, MemberInfo as __MemberInfo,
                Retry as __Retry,
            };
            #(#constants)*
            #[automatically_derived]
            #[allow(deprecated)]
            impl #impl_generics __ApiError for #ident #ty_generics #where_clause {
                const ERRORS: &'static [__Entry] = &[#(#table),*];
                fn info(&self) -> &'static __ErrorInfo {
                    #info_body
                }
                #delay_fn
                #members_fn
            }
            #distinct
            #diagnostic
            #response
        };
    }
}

/// The compile errors, and implementations that keep everything else of the crate quiet.
pub(crate) fn stub(input: &DeriveInput, krate: Option<Path>, mistakes: Option<syn::Error>) -> TokenStream {
    let krate = krate.map_or_else(|| quote!(::throwback), |path| quote!(#path));
    let mistakes = mistakes.map(syn::Error::into_compile_error);
    let ident = &input.ident;
    let mut generics = input.generics.clone();
    generics.make_where_clause().predicates.push(is_error(ident, &input.generics));
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #mistakes
        #[automatically_derived]
        impl #impl_generics #krate::ApiError for #ident #ty_generics #where_clause {
            const ERRORS: &'static [#krate::Entry] = &[];
            fn info(&self) -> &'static #krate::ErrorInfo {
                #krate::InternalError::INFO
            }
        }
        #krate::__diagnostic! { [#impl_generics] #ident #ty_generics, [#where_clause] }
        #krate::__response! { [#impl_generics] #ident #ty_generics, [#where_clause] }
    }
}

/// The enum's generics, with what its fields need.
fn bounded(this: &ErrorEnum, krate: &TokenStream) -> Generics {
    let mut generics = this.generics.clone();
    if generics.params.is_empty() {
        return generics;
    }
    let clause = generics.make_where_clause();
    clause.predicates.push(is_error(&this.ident, &this.generics));
    let parameters: Vec<_> = this.generics.type_params().map(|parameter| &parameter.ident).collect();
    for variant in &this.variants {
        for field in variant.fields.iter().filter(|field| mentions(field, &parameters)) {
            let ty = &field.ty;
            match (&variant.kind, &field.shown) {
                (Kind::Flatten, _) => clause.predicates.push(parse_quote!(#ty: #krate::ApiError)),
                (_, Shown::Member { .. }) => {
                    clause.predicates.push(parse_quote!(#ty: #krate::__private::serde::Serialize));
                }
                (_, Shown::RetryAfter) => clause.predicates.push(parse_quote!(#ty: #krate::__private::Delay)),
                (_, Shown::Hidden) => {}
            }
        }
    }
    generics
}

/// The bound that the enum is an error. It stands in the impl of another type too, where `Self` would be that type.
fn is_error(ident: &Ident, generics: &Generics) -> WherePredicate {
    let (_, ty_generics, _) = generics.split_for_impl();
    // rustc refuses a bound that never holds, unless there is something to choose in it.
    parse_quote!(for<'never> #ident #ty_generics: ::std::error::Error)
}

/// Whether a field's type names a generic parameter of the enum.
fn mentions(field: &Field, parameters: &[&Ident]) -> bool {
    fn any(tokens: TokenStream, parameters: &[&Ident]) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => parameters.contains(&&ident),
            proc_macro2::TokenTree::Group(group) => any(group.stream(), parameters),
            _ => false,
        })
    }
    let ty = &field.ty;
    any(quote!(#ty), parameters)
}

/// What is known of one error when the crate is compiled.
fn info(this: &ErrorEnum, variant: &Variant, spec: &ErrorSpec) -> TokenStream {
    let (code, status, title) = (spec.code.as_str(), spec.status.get(), &spec.title);
    let origin = format!("::{}::{}", this.ident, variant.ident);
    let mut escaped = String::new();
    escape(&mut escaped, title);
    let head = format!("[{code}] {{\"code\":\"{code}\",\"title\":\"{escaped}\",\"status\":{status}");
    let mut info =
        quote!(__ErrorInfo::new(#code, #status, #title, ::core::concat!(::core::module_path!(), #origin), #head));
    if spec.exposed && spec.status.is_fault() {
        info.extend(quote!(.exposed()));
    }
    if spec.retry != spec.status.default_retry() {
        let retry = match spec.retry {
            Retry::Never => quote!(Never),
            Retry::Backoff => quote!(Backoff),
            Retry::Idempotent => quote!(Idempotent),
        };
        info.extend(quote!(.retry(__Retry::#retry)));
    }
    if let Some(uri) = &spec.type_uri {
        info.extend(quote!(.type_uri(#uri)));
    }
    if spec.deprecated {
        info.extend(quote!(.deprecated()));
    }
    if spec.message {
        info.extend(quote!(.with_message()));
    }
    let members: Vec<_> = variant.fields.iter().filter_map(member).collect();
    if !members.is_empty() {
        info.extend(quote!(.with_members(&[#(#members),*])));
    }
    if variant.fields.iter().any(|field| field.shown == Shown::RetryAfter) {
        info.extend(quote!(.with_retry_after()));
    }
    info
}

fn member(field: &Field) -> Option<TokenStream> {
    let Shown::Member { name, header } = &field.shown else { return None };
    let header = header.as_ref().map(throwback_syntax::HeaderName::as_str);
    let header =
        header.map_or_else(|| quote!(::core::option::Option::None), |name| quote!(::core::option::Option::Some(#name)));
    Some(quote!(__MemberInfo::new(#name, #header)))
}

/// The arm that reads a variant's delay, if it has one.
fn delay(variant: &Variant, krate: &TokenStream) -> Option<TokenStream> {
    let name = &variant.ident;
    let (position, field) = variant.fields.iter().enumerate().find(|(_, field)| field.shown == Shown::RetryAfter)?;
    let (index, binding) = (accessor(field, position), binding(field, position));
    Some(quote!(Self::#name { #index: #binding, .. } => #krate::__private::Delay::seconds(#binding),))
}

/// The arm that writes a variant's fields, if it shows any.
fn exposed(variant: &Variant, krate: &TokenStream) -> Option<TokenStream> {
    let name = &variant.ident;
    let (mut bindings, mut writes) = (Vec::new(), Vec::new());
    for (position, field) in variant.fields.iter().enumerate() {
        if let Shown::Member { name, .. } = &field.shown {
            let (index, binding) = (accessor(field, position), binding(field, position));
            bindings.push(quote!(#index: #binding));
            let (private, span) = (quote!(#krate::__private), field.ty.span());
            writes.push(match (&field.with, &field.described_as) {
                (Some(with), _) => written_with(with, &field.ty, name, &binding, &private),
                (None, None) => quote!(__out.member(#name, #binding);),
                (None, Some((described, _))) => {
                    let is_text = !matches!(described.as_str(), "integer" | "number" | "boolean");
                    let value = quote_spanned!(span=> (&&#private::Described(#binding)));
                    quote!({
                        #[allow(unused_imports)]
                        use #private::{ByDisplay as _, BySerde as _};
                        #value.write(__out, #name, #is_text);
                    })
                }
            });
        }
    }
    debug_assert!(variant.shape != Shape::Unit || bindings.is_empty(), "a unit variant has no fields");
    (!bindings.is_empty()).then(|| quote!(Self::#name { #(#bindings,)* .. } => { #(#writes)* }))
}

/// Writes a member by the function that serde is told to write it with.
fn written_with(with: &Path, ty: &Type, name: &str, binding: &Ident, private: &TokenStream) -> TokenStream {
    quote!({
        struct __With<'__a>(&'__a #ty);
        impl #private::serde::Serialize for __With<'_> {
            fn serialize<__S: #private::serde::Serializer>(
                &self,
                __serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #with(self.0, __serializer)
            }
        }
        __out.member(#name, &__With(#binding));
    })
}

/// The variable that holds a field, on the field's type: what rustc says of the value, it says there.
fn binding(field: &Field, position: usize) -> Ident {
    format_ident!("__f{}", position, span = field.ty.span())
}

/// How a pattern names a field: `order_id`, or `0`.
fn accessor(field: &Field, position: usize) -> TokenStream {
    field.ident.as_ref().map_or_else(
        || {
            let index = Index { index: u32::try_from(position).unwrap_or(u32::MAX), span: Span::call_site() };
            quote!(#index)
        },
        |ident| quote!(#ident),
    )
}

/// The last arm, where some variants have none of their own.
fn rest(arms: usize, this: &ErrorEnum) -> TokenStream {
    if arms < this.variants.len() { quote!(_ => ::core::option::Option::None) } else { TokenStream::new() }
}
