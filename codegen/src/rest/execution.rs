//! An execution of a state machine that a method starts and waits for: `StartSyncExecution` answers 200 whether the
//! execution succeeded or not, so that one template tells them apart.

use super::mapping::{cors_headers, exposed_headers};
use super::{Body, Response, template};
use crate::contract::{Contract, Type};
use throwback_syntax::Reserved;

/// What a method has to have beside its address and its role.
#[derive(Debug)]
pub(crate) struct Execution {
    /// The request's template, keyed `application/json`.
    pub(crate) request: String,
    /// The only response.
    pub(crate) response: Response<'static>,
}

/// The machine by a stage variable, and the body as its input.
const REQUEST: &str = "{\"stateMachineArn\":\"$stageVariables.stateMachine\",\"input\":\"";

/// Of an execution that failed with a function's payload for its cause: the payload's message, in `$m`. A cause that is cut has
/// no end, and what is no JSON would fail the whole answer.
const MESSAGE: &str = "#if($t=='FAILED')#set($a=$input.path('$.cause'))#set($a=\"$!a\")\
    #if($a.matches('\\s*\\{[\\s\\S]*\"errorMessage\"[\\s\\S]*\\}\\s*'))\
    #set($w=$util.parseJson($a))#set($g=$w.get('errorMessage'))#set($m=\"$!g\")#end#end";

/// Makes it, for executions that fail with any error of the API.
pub(crate) fn execution(contract: &Contract, cors: Option<&str>) -> Execution {
    let errors: Vec<_> = contract.errors.iter().collect();
    let (internal, timeout) = (Reserved::INTERNAL, Reserved::TIMEOUT);
    let problem = |Reserved { code, title, status, .. }, more| {
        format!(
            "#set($c='{code}')#set($n={status}){{\"code\":\"{code}\",\"title\":\"{title}\",\"status\":{status},\
             \"instance\":\"$context.requestId\"{more}}}"
        )
    };
    let template = format!(
        "#set($s=$input.path('$.status'))#set($t=\"$!s\")#set($n=0)#set($m='')\
         #if($t=='SUCCEEDED')$input.path('$.output')#else{MESSAGE}{passed_on}{headers}\
         #if($n>0)$p#elseif($t=='TIMED_OUT'){timeout}#else{internal}#end\
         #set($context.responseOverride.status=$n)\
         #set($context.responseOverride.header['Content-Type']='application/problem+json'){code}#end",
        passed_on = template::passed_on(),
        headers = template::headers(&errors, "$n>0"),
        timeout = problem(timeout, ""),
        internal = problem(internal, ",\"retryable\":\"idempotent\""),
        code = template::CODE_HEADER,
    );
    let headers = exposed_headers(&errors);
    Execution {
        request: format!("{REQUEST}{}\"}}", template::escaped("$input.body")),
        response: Response {
            status: 200,
            pattern: None,
            template: Some(template),
            constants: cors_headers(cors, &headers),
            dynamic: headers,
            body: Body::Output(&Type::Any),
        },
    }
}
