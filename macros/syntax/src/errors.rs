//! The collector: mistakes gather inside a phase and stop the run at its end.

use proc_macro2::Span;
use quote::ToTokens;
use std::fmt::Display;

/// One mistake: what is wrong and how to mend it, on the smallest wrong token, with the other places it concerns.
#[derive(Debug, Clone)]
pub struct Mistake {
    /// The sentence: lower case, names in backticks, no full stop.
    pub message: String,
    /// The first token that is wrong.
    pub start: Span,
    /// The last token that is wrong.
    pub end: Span,
    /// Further places that the mistake concerns, each with its own words.
    pub notes: Vec<(Span, String)>,
}

/// Every mistake found so far.
#[derive(Debug, Default)]
pub struct Errors {
    mistakes: Vec<Mistake>,
}

impl Errors {
    /// Starts with no mistake.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a mistake on `tokens`.
    pub fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        let tokens = tokens.into_token_stream();
        let mut spans = tokens.into_iter().map(|token| token.span());
        let start = spans.next().unwrap_or_else(Span::call_site);
        let end = spans.last().unwrap_or(start);
        self.push(Mistake { message: message.to_string(), start, end, notes: Vec::new() });
    }

    /// Adds a mistake on one span.
    pub fn span(&mut self, span: Span, message: impl Display) {
        self.push(Mistake { message: message.to_string(), start: span, end: span, notes: Vec::new() });
    }

    /// Adds a mistake with a second place.
    pub fn span_and(&mut self, span: Span, message: impl Display, other: Span, note: impl Display) {
        let notes = vec![(other, note.to_string())];
        self.push(Mistake { message: message.to_string(), start: span, end: span, notes });
    }

    /// Adds a mistake that is already worded.
    pub fn push(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }

    /// Adds what syn says of tokens that it could not parse.
    pub fn syn(&mut self, error: &syn::Error) {
        for error in error.clone() {
            self.span(error.span(), error);
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.mistakes.is_empty()
    }

    /// How many there are; what a caller compares to see whether a step added some.
    pub fn len(&self) -> usize {
        self.mistakes.len()
    }

    /// Ends a phase: nothing if all went well, else every mistake as one compile error each. A compile error shows one
    /// place, and a note without its place says nothing, so the notes stay behind.
    pub fn into_syn(self) -> Option<syn::Error> {
        let mut all: Option<syn::Error> = None;
        for mistake in self.mistakes {
            // `new_spanned` underlines from the first token to the last.
            let (start, end) = (Marker(mistake.start), Marker(mistake.end));
            let error = syn::Error::new_spanned(quote::quote!(#start #end), mistake.message);
            match &mut all {
                Some(all) => all.combine(error),
                None => all = Some(error),
            }
        }
        all
    }

    /// Gives the mistakes away, in the order in which they were found.
    pub fn into_vec(self) -> Vec<Mistake> {
        self.mistakes
    }
}

/// A token that carries nothing but its span.
struct Marker(Span);

impl ToTokens for Marker {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        tokens.extend(std::iter::once(proc_macro2::TokenTree::Ident(proc_macro2::Ident::new("_marker", self.0))));
    }
}
