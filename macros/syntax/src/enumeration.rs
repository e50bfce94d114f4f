//! An error enum: what its declaration means, once every attribute is read.

use crate::attr::{Entries, Place};
use crate::{Case, Code, Docs, Errors, HeaderName, Retry, Status, check, serde_words};
use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, Generics, Ident, LitStr, Path, Type};

/// A Rust enum that derives `ApiError`.
pub struct ErrorEnum {
    /// Its name.
    pub ident: Ident,
    /// Its generic parameters.
    pub generics: Generics,
    /// Its doc comment.
    pub docs: Docs,
    /// Where the runtime crate is found, if not at `::throwback`.
    pub krate: Option<Path>,
    /// Whether the conversion into `lambda_runtime`'s `Diagnostic` is written by hand.
    pub own_diagnostic: bool,
    /// Whether there is an `IntoResponse` for axum by hand.
    pub own_response: bool,
    /// Its variants, in the order of declaration.
    pub variants: Vec<Variant>,
}

/// One variant.
pub struct Variant {
    /// Its name, as written (perhaps raw).
    pub ident: Ident,
    /// Unit, tuple or struct.
    pub shape: Shape,
    /// What it is in the contract.
    pub kind: Kind,
    /// Its fields, in the order of declaration.
    pub fields: Vec<Field>,
}

/// The form of a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `Closed`
    Unit,
    /// `Closed(Reason)`
    Tuple,
    /// `Closed { reason: Reason }`
    Struct,
}

/// What a variant is in the contract.
pub enum Kind {
    /// An error of the contract.
    Error(Box<ErrorSpec>),
    /// Not part of the contract: leaves as `InternalError`.
    Internal,
    /// All errors of another enum, held by the only field.
    Flatten,
}

/// One error of the contract, without its fields.
pub struct ErrorSpec {
    /// Its stable name.
    pub code: Code,
    /// The token that gives the code: the variant's name or the literal.
    pub code_span: Span,
    /// Its HTTP status.
    pub status: Status,
    /// Its short summary, the same each time it occurs (RFC 9457 section 3.1.3).
    pub title: String,
    /// Its description; empty where the error is hidden.
    pub docs: Docs,
    /// What a repeat of the request means.
    pub retry: Retry,
    /// Whether its `Display` text and fields are shown.
    pub exposed: bool,
    /// The problem's `type`.
    pub type_uri: Option<String>,
    /// Whether callers should no longer count on it.
    pub deprecated: bool,
    /// Whether what went wrong stands in `message` too, where callers of before look for it.
    pub message: bool,
}

/// One field of a variant.
pub struct Field {
    /// Its name; a tuple's field has none.
    pub ident: Option<Ident>,
    /// Its type.
    pub ty: Type,
    /// Its doc comment.
    pub docs: Docs,
    /// How it leaves the function.
    pub shown: Shown,
    /// The type to describe in place of the Rust type, with its place.
    pub described_as: Option<(String, Span)>,
    /// The function that serde is told to write it with.
    pub with: Option<Path>,
}

/// How a field leaves the function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Not at all.
    Hidden,
    /// As the problem's `retryAfter` and the header `retry-after`.
    RetryAfter,
    /// As a member of the problem, and as a header where one is named.
    Member {
        /// The member's name.
        name: String,
        /// The header's name.
        header: Option<HeaderName>,
    },
}

impl ErrorEnum {
    /// Reads a declaration. What is wrong lands in `errors`; nothing comes back if it is no enum at all.
    pub fn parse(input: &DeriveInput, errors: &mut Errors) -> Option<Self> {
        let Data::Enum(data) = &input.data else {
            let token: &dyn ToTokens = match &input.data {
                Data::Struct(data) => &data.struct_token,
                Data::Union(data) => &data.union_token,
                Data::Enum(data) => &data.enum_token,
            };
            errors.at(token, "`ApiError` is derived on an enum, one variant for each error");
            return None;
        };
        let entries = Entries::parse(&input.attrs, Place::Enum, errors);
        let cases = Cases {
            members: entries.case("rename_all", errors).unwrap_or_default(),
            codes: entries.case("code_case", errors),
            tuple: entries.text("tuple", errors).map(|text| text.value()),
            message: entries.flag("message", errors),
        };
        let own_diagnostic = entries.flag("own_diagnostic", errors);
        let own_response = entries.flag("own_response", errors);
        let address = entries.address("docs", errors);
        let krate = entries.path("crate", errors);
        let variants =
            data.variants.iter().filter_map(|variant| Variant::parse(variant, &cases, address.as_deref(), errors));
        let this = Self {
            ident: input.ident.clone(),
            generics: input.generics.clone(),
            docs: Docs::parse(&input.attrs),
            krate,
            own_diagnostic,
            own_response,
            variants: variants.collect(),
        };
        check::distinct_codes(&this, errors);
        check::no_self_flatten(&this, errors);
        Some(this)
    }
}

/// How an enum writes names.
struct Cases {
    members: Case,
    /// Variants are codes as they are, if it says nothing.
    codes: Option<Case>,
    /// The name of a field that has none and stands alone.
    tuple: Option<String>,
    /// Whether each error has a `message` beside its detail.
    message: bool,
}

/// What names fields of one variant have.
struct Names<'a> {
    case: Case,
    /// That of its only field, if that has none of its own.
    alone: Option<&'a str>,
    /// Whether `message` is taken.
    message: bool,
}

impl Variant {
    fn parse(variant: &syn::Variant, cases: &Cases, address: Option<&str>, errors: &mut Errors) -> Option<Self> {
        check::no_cfg("variant", &variant.attrs, errors);
        let found = errors.len();
        let entries = Entries::parse(&variant.attrs, Place::Variant, errors);
        let shape = match &variant.fields {
            Fields::Unit => Shape::Unit,
            Fields::Unnamed(_) => Shape::Tuple,
            Fields::Named(_) => Shape::Struct,
        };
        let kind = if entries.flag("flatten", errors) {
            check::stands_alone("flatten", "a flattened variant brings the errors of another enum", &entries, errors);
            check::one_field(variant, errors);
            Some(Kind::Flatten)
        } else if entries.flag("internal", errors) {
            check::stands_alone(
                "internal",
                "an internal error leaves as `InternalError`, status 500",
                &entries,
                errors,
            );
            Some(Kind::Internal)
        } else {
            ErrorSpec::parse(variant, &entries, cases, address, errors).map(|spec| Kind::Error(Box::new(spec)))
        };
        let exposed = match &kind {
            Some(Kind::Error(spec)) => spec.exposed,
            Some(_) => false,
            // Judge the fields as far as the status is known, and as shown where it is not, so that their mistakes appear too.
            None => {
                let status = entries.status(&mut Errors::new());
                entries.span("expose").is_some() || !status.is_some_and(Status::is_fault)
            }
        };
        let hides = match &kind {
            Some(Kind::Internal) => Some("the variant is not part of the contract"),
            Some(Kind::Flatten) => Some("the variant shows the errors of another enum alone"),
            Some(Kind::Error(_)) | None => None,
        };
        let alone = cases.tuple.as_deref().filter(|_| variant.fields.len() == 1);
        let names = Names { case: cases.members, alone, message: cases.message };
        let mut fields: Vec<_> =
            variant.fields.iter().map(|field| Field::parse(field, &names, exposed, hides, errors)).collect();
        check::distinct_members(&variant.fields, &fields, errors);
        if let Some(with) = serde_words::with(&variant.attrs) {
            match fields.as_mut_slice() {
                [only] => only.with = only.with.take().or(Some(with)),
                _ => errors.at(&with, "`ApiError` follows serde's `with` on a field, or on a variant of one field"),
            }
        }
        debug_assert!(kind.is_some() || errors.len() > found, "a variant without a kind is a mistake");
        Some(Self { ident: variant.ident.clone(), shape, kind: kind?, fields })
    }
}

impl ErrorSpec {
    fn parse(
        variant: &syn::Variant,
        entries: &Entries,
        cases: &Cases,
        address: Option<&str>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let given = entries.text("code", errors);
        let code_span = given.as_ref().map_or_else(|| variant.ident.span(), LitStr::span);
        let text = given.map_or_else(
            || {
                let name = variant.ident.unraw().to_string();
                cases.codes.map(|case| case.variant(&name)).unwrap_or(name)
            },
            |literal| literal.value(),
        );
        let code = Code::new(&text).map_err(|why| errors.span(code_span, why)).ok();
        let status = entries.status(errors);
        if status.is_none() && entries.span("status").is_none() && !entries.unread {
            let text = format!(
                "`{}` has no status: add `#[api_error(status = 404)]`, or `internal`, or `flatten`",
                variant.ident
            );
            errors.span(variant.ident.span(), text);
        }
        let retry = entries.retry(errors);
        let help = entries.address("help", errors);
        let expose = entries.flag("expose", errors);
        let deprecated =
            entries.flag("deprecated", errors) || variant.attrs.iter().any(|attr| attr.path().is_ident("deprecated"));
        let title = entries.text("title", errors).map(|text| text.value());
        let (code, status) = (code?, status?);
        let exposed = expose || !status.is_fault();
        let docs = if exposed { Docs::parse(&variant.attrs) } else { Docs::default() };
        Some(Self {
            // A hidden error's doc comment may speak of internals, so its title is HTTP's own phrase.
            title: bounded(title.or_else(|| docs.title()).unwrap_or_else(|| status.reason().to_owned())),
            type_uri: help.or_else(|| address.map(|address| format!("{address}{code}"))),
            retry: retry.unwrap_or_else(|| status.default_retry()),
            code,
            code_span,
            status,
            docs,
            exposed,
            deprecated,
            message: cases.message,
        })
    }
}

impl Field {
    /// Reads a field of a variant that is `exposed` or not, or that `hides` its fields for a reason of its own.
    fn parse(field: &syn::Field, names: &Names<'_>, exposed: bool, hides: Option<&str>, errors: &mut Errors) -> Self {
        check::no_cfg("field", &field.attrs, errors);
        let entries = Entries::parse(&field.attrs, Place::Field, errors);
        let skip = entries.flag("skip", errors);
        let retry_after = entries.flag("retry_after", errors);
        let header = entries.header(errors);
        let rename = entries.text("rename", errors);
        let described_as = entries.wire_type("as", errors);
        let source = is_source(field);
        let hidden = source || skip || hides.is_some();
        check::hidden_field(&entries, source, hides, errors);
        let shown = if hidden {
            Shown::Hidden
        } else if retry_after {
            check::retry_after_alone(&entries, errors);
            Shown::RetryAfter
        } else if exposed {
            serde_words::refused(&field.attrs, rename.is_some(), errors);
            Self::member(field, names, rename, header, described_as.is_some(), errors)
        } else {
            check::hidden_by_status(&entries, errors);
            Shown::Hidden
        };
        Self {
            ident: field.ident.clone(),
            ty: field.ty.clone(),
            docs: Docs::parse(&field.attrs),
            shown,
            described_as,
            with: serde_words::with(&field.attrs),
        }
    }

    fn member(
        field: &syn::Field,
        names: &Names<'_>,
        rename: Option<syn::LitStr>,
        header: Option<HeaderName>,
        described: bool,
        errors: &mut Errors,
    ) -> Shown {
        if !described {
            check::describable(&field.ty, errors);
        }
        let (name, span) = match (rename, &field.ident) {
            (Some(literal), _) => (literal.value(), literal.span()),
            (None, Some(ident)) => (names.case.field(&ident.unraw().to_string()), ident.span()),
            (None, None) if names.alone.is_some() => (names.alone.unwrap_or_default().to_owned(), field.ty.span()),
            (None, None) => {
                errors.at(&field.ty, "a tuple's field has no name on the wire: give one with `#[api_error(rename = \"…\")]`, to every lone one with `#[api_error(tuple = \"value\")]` on the enum, or keep it in the function with `#[api_error(skip)]`");
                return Shown::Hidden;
            }
        };
        if let Err(why) = crate::wire::member_name(&name) {
            errors.span(span, why);
        } else if names.message && name == "message" {
            errors.span(span, "`message` holds what went wrong, by `#[api_error(message)]` on the enum: give the field another name with `#[api_error(rename = \"…\")]`");
        }
        Shown::Member { name, header }
    }
}

/// Whether thiserror or snafu takes the field for an error's source or backtrace: those never leave the function.
fn is_source(field: &syn::Field) -> bool {
    let named = field.ident.as_ref().is_some_and(|ident| ident == "source" || ident == "backtrace");
    named || field.attrs.iter().any(is_source_attr)
}

fn is_source_attr(attr: &Attribute) -> bool {
    let path = attr.path();
    if path.is_ident("source") || path.is_ident("from") || path.is_ident("backtrace") {
        return true;
    }
    // snafu's, and derive_more's.
    (path.is_ident("snafu") || path.is_ident("error"))
        && attr.meta.require_list().is_ok_and(|list| {
            let mut words = list.tokens.clone().into_iter();
            words.next().is_some_and(|word| matches!(word.to_string().as_str(), "source" | "backtrace" | "implicit"))
        })
}

/// A title as long as it may be: it is part of every message. A paragraph written on one line is cut on a character
/// boundary.
fn bounded(mut title: String) -> String {
    const MOST: usize = 1024;
    if title.len() > MOST {
        let end = (0..=MOST - '…'.len_utf8()).rev().find(|end| title.is_char_boundary(*end)).unwrap_or_default();
        title.truncate(end);
        title.push('…');
    }
    title
}
