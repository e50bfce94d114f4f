//! What the package gives its callers, by the module that declares it.

use super::names::sort_names;
use super::package::Names;
use super::{errors, models};
use crate::client::Client as Model;

type Sets<'a> = (&'a [errors::SetNames], &'a errors::SetNames, &'a str);

/// The names that each module gives, sorted as isort does.
pub(super) fn exports(
    model: &Model<'_>,
    names: &Names,
    models: &models::Models,
    (sets, whole, other): Sets<'_>,
    (has_client, has_function): (bool, bool),
) -> Vec<(&'static str, Vec<String>)> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut all = vec![
        ("._runtime.answer", owned(&["RawResponse", "is_success"])),
        ("._runtime.codecs", owned(&["JSON"])),
        ("._runtime.failure", owned(&["About"])),
        ("._runtime.results", owned(&["Err", "Ok"])),
        ("._runtime.words", owned(&["GatewayKind", "PlatformKind", "Retry", "TransportKind", "Trust", "Who"])),
    ];
    let mut client = Vec::new();
    if has_client {
        client.extend([&names.client, &names.asynchronous, &names.safe, &names.async_safe].map(Clone::clone));
        all.push(("._runtime.calls", owned(&["CallOptions"])));
        all.push(("._runtime.request", owned(&["Request"])));
        all.push(("._runtime.sending", owned(&["AsyncHttpClient", "HttpClient", "HttpResponse"])));
    }
    if has_function {
        let of = [&names.function, &names.async_function, &names.safe_function, &names.async_safe_function];
        client.extend(of.map(Clone::clone));
        all.push(("._runtime.invoke", owned(&["AsyncInvoke", "Invoke", "Invoked", "boto3_invoke"])));
    }
    if has_client || has_function {
        all.push(("._runtime.retries", owned(&["ONCE", "Retries"])));
    }
    let mut errors = owned(&[
        "DeclaredError",
        "GatewayError",
        "PlatformError",
        "TransportError",
        "UndeclaredError",
        "UnmodelledError",
        "decode",
        "decode_cause",
        "decode_invocation",
    ]);
    errors.extend([model.whole.name.clone(), other.to_owned()]);
    errors.extend(model.errors.iter().map(|error| error.name.clone()));
    for set in sets.iter().chain([whole]) {
        errors.extend([set.alias.clone(), set.failure.clone(), set.constant.clone()]);
    }
    all.extend([(".client", client), (".errors", errors), (".models", models.names.clone())]);
    all.sort_by_key(|(module, _)| *module);
    all.retain(|(_, names)| !names.is_empty());
    for (_, names) in &mut all {
        sort_names(names);
    }
    all
}
