//! The environment variables that Lambda gives a function.

use super::id;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::Path;

const MEMORY: &str = "128";

/// What is the same for all processes of a function.
#[derive(Debug)]
pub(super) struct Environment {
    pub(super) function: String,
    pub(super) region: String,
    variables: Vec<(OsString, OsString)>,
}

impl Environment {
    pub(super) fn new(program: &OsStr, more: Vec<(String, String)>) -> Self {
        let program = Path::new(program);
        let function = program.file_stem().map_or("function".into(), OsStr::to_string_lossy).into_owned();
        let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let region = set("AWS_REGION").or_else(|| set("AWS_DEFAULT_REGION")).unwrap_or("us-east-1".to_owned());
        let root = program.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let root = root.canonicalize().unwrap_or(root.to_owned()).into_os_string();
        let log_group = format!("/aws/lambda/{function}");
        let text = |name: &str, value: &str| (OsString::from(name), OsString::from(value));
        let mut variables = vec![
            text("AWS_LAMBDA_FUNCTION_NAME", &function),
            text("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            text("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", MEMORY),
            text("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
            text("AWS_LAMBDA_LOG_GROUP_NAME", &log_group),
            text("AWS_REGION", &region),
            text("AWS_DEFAULT_REGION", &region),
            text("LANG", "en_US.UTF-8"),
            text("TZ", ":UTC"),
            text("_HANDLER", "bootstrap"),
            (OsString::from("LAMBDA_TASK_ROOT"), root.clone()),
            (OsString::from("LAMBDA_RUNTIME_DIR"), root),
        ];
        variables.extend(more.into_iter().map(|(name, value)| (name.into(), value.into())));
        Self { function, region, variables }
    }

    /// The variables of one process, which finds its own Runtime API there.
    pub(super) fn of(&self, runtime_api: &str) -> impl Iterator<Item = (&OsStr, OsString)> {
        let stream = format!("local/[$LATEST]{:016x}{:016x}", id::random(), id::random());
        let own = [("AWS_LAMBDA_RUNTIME_API", runtime_api.to_owned()), ("AWS_LAMBDA_LOG_STREAM_NAME", stream)];
        let own = own.into_iter().map(|(name, value)| (OsStr::new(name), OsString::from(value)));
        self.variables.iter().map(|(name, value)| (name.as_os_str(), value.clone())).chain(own)
    }

    pub(super) fn arn(&self) -> String {
        format!("arn:aws:lambda:{}:000000000000:function:{}", self.region, self.function)
    }
}
