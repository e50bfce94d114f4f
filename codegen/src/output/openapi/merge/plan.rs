//! The plan: what a base lacks of what belongs to errors, and what of its own contradicts that.

use super::base::Base;
use super::conflict;
use super::data::{Data, Members, SCHEMAS};
use super::join::{Joined, join};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Cx;
use crate::proof::{Meeting, meeting};
use std::collections::BTreeSet;

pub(super) const INTEGRATION: &str = "x-amazon-apigateway-integration";
const GATEWAY_RESPONSES: &str = "x-amazon-apigateway-gateway-responses";

/// What is added to a base, as the members that it has more.
pub(super) struct Plan<'a> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) base: &'a Base,
    /// Whether it is in API Gateway's form.
    pub(super) is_gateway: bool,
    pub(super) patch: Data,
    pub(super) errors: Diagnostics,
    pub(super) notes: Vec<String>,
}

impl<'a> Plan<'a> {
    /// Compares a base with the document that is ours alone.
    pub(super) fn new(cx: &'a Cx<'a>, base: &'a Base, ours: &'a Data, is_gateway: bool) -> Self {
        let patch = Data::Map(Members::new());
        let mut plan = Self { cx, base, is_gateway, patch, errors: Diagnostics::default(), notes: Vec::new() };
        let joined = join(cx, base, ours, &mut plan.errors);
        let mut named = BTreeSet::new();
        for operation in &joined {
            plan.responses(operation, &mut named);
            if is_gateway {
                plan.integration(operation);
            }
            plan.route(operation);
        }
        plan.schemas(ours, named);
        if is_gateway {
            for (kind, ours) in ours.at(&[GATEWAY_RESPONSES]).into_iter().flat_map(Data::members) {
                let what = format!("the gateway response `{kind}`");
                for diagnostic in plan.strictly(&[GATEWAY_RESPONSES, kind], ours, &what) {
                    plan.errors.push(diagnostic);
                }
            }
        }
        plan
    }

    /// The source of an operation's errors, added to a mistake.
    pub(super) fn source(&self, operation: &Joined<'_>, diagnostic: Diagnostic) -> Diagnostic {
        let set = operation.method.operation.and_then(|operation| operation.set.as_deref());
        match set {
            Some(set) => self.cx.declared.of_enum(set, diagnostic, "the errors"),
            None => self.cx.declared.of_function(&operation.method.name, diagnostic, "the operation"),
        }
    }

    fn responses(&mut self, operation: &Joined<'_>, named: &mut BTreeSet<String>) {
        let success = operation.method.operation.map(|operation| operation.status.get().to_string());
        for (status, ours) in operation.ours.at(&["responses"]).into_iter().flat_map(Data::members) {
            if success.as_ref() == Some(status) {
                continue;
            }
            ours.references(&mut |name| named.extend([name.to_owned()]));
            let at = operation.at(&["responses", status]);
            match operation.theirs.at(&["responses", status]) {
                None => self.patch.put(&at, ours.clone()),
                Some(theirs) => self.response(operation, status, ours, theirs),
            }
        }
    }

    /// A response that both have: texts for people are theirs, what is missing is added, and all else has to be equal.
    fn response(&mut self, operation: &Joined<'_>, status: &str, ours: &Data, theirs: &Data) {
        let reference = theirs.at(&["$ref"]).and_then(Data::text);
        let resolved = reference.map_or(Some(theirs), |reference| self.resolved(reference));
        let at = operation.at(&["responses", status]);
        let what = format!("the response `{status}` of {}", operation.shown());
        let Some(theirs) = resolved else {
            let text = format!("{what} stands elsewhere, and so can't be compared with ours");
            return self.refuse(operation, self.base.mistake(text, &at));
        };
        let mut missing = Members::new();
        match conflict::response(ours, theirs, self.is_gateway) {
            Ok(more) if more.is_empty() => return,
            Ok(more) if reference.is_none() => missing = more,
            Ok(more) => {
                let names: Vec<_> = more.keys().map(|name| format!("`{name}`")).collect();
                let text = format!("{what} is one that others name as well, and lacks {} of ours", names.join(" and "));
                self.refuse(operation, self.base.mistake(text, &at));
            }
            Err(why) => {
                let path = operation.at(&["responses", status, why.member]);
                self.refuse(operation, self.base.mistake(format!("{what} {}", why.text), &path));
            }
        }
        for (name, value) in missing {
            self.patch.put(&operation.at(&["responses", status, &name]), value);
        }
    }

    fn refuse(&mut self, operation: &Joined<'_>, diagnostic: Diagnostic) {
        let help = "the function answers with a problem: remove it here, and ours takes its place, or write the same";
        let diagnostic = self.source(operation, diagnostic.help(help));
        self.errors.push(diagnostic);
    }

    /// What a reference within the document names.
    fn resolved(&self, reference: &str) -> Option<&'a Data> {
        let path: Vec<_> =
            reference.strip_prefix("#/")?.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
        let path: Vec<_> = path.iter().map(String::as_str).collect();
        self.base.data.at(&path)
    }

    fn schemas(&mut self, ours: &Data, mut open: BTreeSet<String>) {
        let mut seen = BTreeSet::new();
        while let Some(name) = open.pop_first() {
            let Some(schema) = ours.at(&["components", "schemas", &name]) else { continue };
            if seen.insert(name.clone()) {
                schema.references(&mut |name| open.extend([name.to_owned()]));
            }
        }
        // In our order.
        let all = ours.at(&["components", "schemas"]).into_iter().flat_map(Data::members);
        for (name, schema) in all.filter(|(name, _)| seen.contains(*name)) {
            let at = ["components", "schemas", name];
            match self.base.data.at(&at) {
                None => self.patch.put(&at, schema.clone()),
                Some(theirs) if theirs.is_schema_like(schema) => {}
                Some(_) => {
                    let text = format!("the schema `{name}` is another than the one of ours that errors name");
                    let help = format!(
                        "ours is {}; rename this one and what names `{SCHEMAS}{name}`, or make it equal",
                        schema.shown()
                    );
                    let mut diagnostic = self.base.mistake(text, &at).help(help);
                    let sets = self.cx.contract.sets.iter();
                    if let Some(set) = sets.into_iter().find(|set| set.errors.iter().any(|code| **code == **name)) {
                        diagnostic = self.cx.declared.of_enum(&set.name, diagnostic, "the errors");
                    }
                    self.errors.push(diagnostic);
                }
            }
        }
    }

    fn route(&mut self, operation: &Joined<'_>) {
        if !operation.is_named_alike {
            let path = operation.method.operation.map_or("", |operation| &operation.path);
            self.notes.push(format!(
                "`{}` of `{}` is `{path}` in the contract: one route, whose parameters have other names",
                operation.path,
                self.base.file.path.display()
            ));
        }
    }

    /// Adds what of ours is missing at a place; what is there has to be equal.
    fn strictly(&mut self, at: &[&str], ours: &Data, what: &str) -> Vec<Diagnostic> {
        match (self.base.data.at(at), ours) {
            (None | Some(Data::Null), _) => self.patch.put(at, ours.clone()),
            (Some(Data::Map(_)), Data::Map(map)) => {
                let below = |name| at.iter().copied().chain([name]).collect::<Vec<_>>();
                return map.iter().flat_map(|(name, value)| self.strictly(&below(name), value, what)).collect();
            }
            (Some(theirs), ours) if theirs.is_word_like(ours) => {}
            (Some(_), ours) => {
                let name = at.last().copied().unwrap_or_default();
                let text = format!("`{name}` of {what} is another than ours");
                let help = format!("ours is {}; remove it here, or write the same", ours.shown());
                return vec![self.base.mistake(text, at).help(help)];
            }
        }
        Vec::new()
    }

    fn integration(&mut self, operation: &Joined<'_>) {
        let Some(ours) = operation.ours.at(&[INTEGRATION]) else { return };
        let whole = operation.at(&[INTEGRATION]);
        let refuse = |plan: &mut Self, text: String, rest: &[&str], help: &str| {
            let path: Vec<_> = whole.iter().chain(rest).copied().collect();
            let diagnostic = plan.source(operation, plan.base.mistake(text, &path).help(help));
            plan.errors.push(diagnostic);
        };
        let Some(theirs) = operation.theirs.at(&[INTEGRATION]) else {
            if self.cx.options.function.is_none() {
                let text =
                    format!("{} has no `{INTEGRATION}`, and which function it calls is not known", operation.shown());
                return refuse(
                    self,
                    text,
                    &[],
                    "write one with `type`, `uri` and `httpMethod`, or `function` in throwback.toml",
                );
            }
            let mut added = ours.clone();
            if let Some(Data::Map(responses)) = added.at(&["responses"]).cloned()
                && let Data::Map(map) = &mut added
            {
                map.insert("responses".to_owned(), Data::Map(responses.into_iter().map(bare_default).collect()));
            }
            self.patch.put(&whole, added);
            self.success(operation);
            return;
        };
        let kind = |data: &Data| data.at(&["type"]).and_then(Data::text).map(str::to_lowercase);
        let (own, found) = (kind(ours).unwrap_or_default(), kind(theirs).unwrap_or_default());
        if own != found {
            let front = match &*found {
                "aws" => "`front = \"rest\"` in throwback.toml is for those of type `aws`",
                "aws_proxy" => {
                    "`front = \"rest-proxy\"` in throwback.toml is for those of type `aws_proxy`, and `http-api` for HTTP APIs"
                }
                _ => "the function stands behind those of type `aws` and `aws_proxy`",
            };
            let text = format!(
                "the integration of {} is of type `{found}`, and of type `{own}` behind the front `{}`",
                operation.shown(),
                self.cx.contract.front.word()
            );
            return refuse(self, text, &["type"], front);
        }
        if let (Some(template), None) = (ours.at(&["requestTemplates"]), theirs.at(&["requestTemplates"])) {
            if !operation.is_named_alike {
                let text = format!(
                    "{} calls the parameters of its path otherwise than the contract, and our request template would not find them",
                    operation.shown()
                );
                refuse(self, text, &[], "give them the same names, or write a request template here");
            }
            self.patch.put(&operation.at(&[INTEGRATION, "requestTemplates"]), template.clone());
            if let (Some(ours), None) = (ours.at(&["passthroughBehavior"]), theirs.at(&["passthroughBehavior"])) {
                self.patch.put(&operation.at(&[INTEGRATION, "passthroughBehavior"]), ours.clone());
            }
        }
        if let Some(responses) = ours.at(&["responses"]) {
            self.selected(operation, responses, theirs);
        }
    }

    /// The integration responses: ours take every message together, so that no other pattern may take one.
    fn selected(&mut self, operation: &Joined<'_>, ours: &Data, theirs: &Data) {
        for (pattern, response) in ours.members().filter(|(pattern, _)| *pattern != DEFAULT) {
            let at = operation.at(&[INTEGRATION, "responses", pattern]);
            let what = format!("this integration response of {}", operation.shown());
            for diagnostic in self.strictly(&at, response, &what) {
                self.errors.push(self.source(operation, diagnostic));
            }
        }
        let own = operation.method.responses.iter();
        let own: Vec<_> = own.filter_map(|response| Some((response.status, response.pattern.as_deref()?))).collect();
        let found = theirs.at(&["responses"]).into_iter().flat_map(Data::members);
        for (pattern, _) in found.filter(|(pattern, _)| *pattern != DEFAULT && ours.at(&[pattern]).is_none()) {
            let why = match meeting(pattern, &own) {
                Meeting::Never => continue,
                Meeting::Message(message, status) => format!("the message {message:?} selects it and our `{status}`"),
                Meeting::Unknown => "ours take every message together".to_owned(),
            };
            let text = format!("this pattern of {} takes what ours take: {why}", operation.shown());
            let at = operation.at(&[INTEGRATION, "responses", pattern]);
            let help =
                "remove it: a message that the function throws without a tag is one for `legacy` in throwback.toml";
            let diagnostic = self.source(operation, self.base.mistake(text, &at).help(help));
            self.errors.push(diagnostic);
        }
        match theirs.at(&["responses", DEFAULT]) {
            None => {
                if let Some(status) = ours.at(&[DEFAULT, "statusCode"]) {
                    self.patch.put(&operation.at(&[INTEGRATION, "responses", DEFAULT, "statusCode"]), status.clone());
                }
                self.success(operation);
            }
            Some(default) => {
                let status = default.at(&["statusCode"]);
                let is_error =
                    |text: String| text.starts_with(['4', '5']) || text.starts_with("\"4") || text.starts_with("\"5");
                if status.is_some_and(|status| is_error(status.shown())) {
                    let text = format!(
                        "the `default` of {} is an error, and a success selects it: no pattern takes one",
                        operation.shown()
                    );
                    let at = operation.at(&[INTEGRATION, "responses", DEFAULT, "statusCode"]);
                    let help = "write the status of the success; what no other pattern takes is our `500`";
                    let diagnostic = self.source(operation, self.base.mistake(text, &at).help(help));
                    self.errors.push(diagnostic);
                }
            }
        }
    }

    /// What our `default` names has to be there.
    fn success(&mut self, operation: &Joined<'_>) {
        let Some(status) = operation.method.operation.map(|operation| operation.status.get().to_string()) else {
            return;
        };
        if operation.theirs.at(&["responses", &status]).is_none() {
            let text =
                format!("{} has no response `{status}`, which its success is by the contract", operation.shown());
            let help = "describe it here, or write a `default` among the integration's responses";
            let diagnostic = self.source(operation, self.base.mistake(text, &operation.at(&["responses"])).help(help));
            self.errors.push(diagnostic);
        }
    }
}

/// The name of the response that no pattern selects.
const DEFAULT: &str = "default";

/// The headers of a success are those of the base.
fn bare_default((pattern, response): (String, Data)) -> (String, Data) {
    if pattern != DEFAULT {
        return (pattern, response);
    }
    let status = response.at(&["statusCode"]).cloned().unwrap_or(Data::Null);
    (pattern, Data::Map(Members::from([("statusCode".to_owned(), status)])))
}
