//! Mapping templates in Velocity: of requests, and of error responses.
//!
//! Each is one line, for a line break after a directive would reach the body. Text of the user's is only ever printed,
//! never evaluated again; a status or a header is set once, at the end, from a variable that only a template can fill.

use super::legacy::Entry;
use crate::contract::{ErrorDef, Field, HeaderParameter, Index, Input, Operation, Retry, Shape, Type};
use crate::text::velocity;
use std::fmt::Write;
use throwback_syntax::Reserved;

/// The message, the place of the tag's end, the code, and the problem behind the tag.
const TAKE_APART: &str = "#set($m=$input.path('$.errorMessage'))#set($e=$m.indexOf('] '))#set($c=$m.substring(1,$e))\
    #set($b=$e+2)#set($p=$m.substring($b))";

/// Whether what stands behind the tag was written by the runtime: a hand-written message may hold anything there.
const WELL_FORMED: &str = r#"$p.matches('\{"code":"[\s\S]*\}')"#;

/// A problem whose status is passed on, without its escapes: the status stands behind code and title, and is none that stands
/// deeper. What is escaped has no end that a pattern finds without going deeper with each of it, as Java's do.
const PASSED_ON: &str = r#"\{"code":"[A-Za-z0-9_-]*"(,"title":"[^"]*")?,"status":[45][0-9][0-9][,}][\s\S]*"#;

/// Takes the escapes out of a text. A backslash by its number: not every Velocity reads two in a text alike.
const UNESCAPED: &str = r"replaceAll('\x5C[\s\S]','')";

/// The header of the code, set once and last.
pub(super) const CODE_HEADER: &str = "#set($context.responseOverride.header['x-error-code']=$c)";

/// The template of an error's response, with what it answers to messages of before, unless they are a `timeout`.
pub(super) fn error<'a>(tagged: String, timeout: Option<&str>, legacy: impl Iterator<Item = &'a Entry<'a>>) -> String {
    let mut out = String::new();
    let guard = timeout.map_or_else(String::new, |timeout| format!("(?!{timeout})"));
    for Entry { error, begins, .. } in legacy {
        let start = if out.is_empty() { "#set($m=$input.path('$.errorMessage'))#if" } else { "#elseif" };
        // A quote by its number: not every Velocity knows a doubled one.
        let pattern = format!(r"{guard}{begins}[\s\S]*").replace('\'', r"\x27");
        let _ = write!(out, "{start}($m.matches('{pattern}')){}", before(error));
    }
    if out.is_empty() {
        return tagged;
    }
    format!("{out}#else{}#end{CODE_HEADER}", tagged.strip_suffix(CODE_HEADER).unwrap_or(&tagged))
}

/// The problem that a message of before is, in `$m`: what the function itself would say now, but for its fields.
fn before(error: &ErrorDef) -> String {
    let code = &error.code;
    let (set, title) = velocity::json(&error.title, "k");
    let mut out =
        format!("#set($c='{code}'){set}{{\"code\":\"{code}\",\"title\":\"{title}\",\"status\":{}", error.status.get());
    let text = if error.exposed { escaped("$m") } else { title };
    if error.exposed {
        let _ = write!(out, ",\"detail\":\"{text}\"");
    }
    if error.message {
        let _ = write!(out, ",\"message\":\"{text}\"");
    }
    if let Some(uri) = &error.type_uri {
        let (set, uri) = velocity::json(uri, "u");
        let _ = write!(out, "{set},\"type\":\"{uri}\"");
    }
    out.push_str(",\"instance\":\"$context.requestId\"");
    if error.retry != Retry::of_status(error.status.get()) {
        let _ = write!(out, ",\"retryable\":\"{}\"", error.retry.word());
    }
    out.push('}');
    out
}

/// The template of a response whose every message is tagged with a declared code.
pub(super) fn declared(status: u16, errors: &[&ErrorDef]) -> String {
    let headers = headers(errors, WELL_FORMED);
    format!("{TAKE_APART}#if({WELL_FORMED})$p#else{{\"code\":\"$c\",\"status\":{status}}}#end{headers}{CODE_HEADER}")
}

/// The template of the timeout's response, which declared codes may share.
pub(super) fn timeout(errors: &[&ErrorDef]) -> String {
    let Reserved { code, status, title, .. } = Reserved::TIMEOUT;
    let problem = format!(
        "#set($c='{code}'){{\"code\":\"{code}\",\"title\":\"{title}\",\"status\":{status},\
         \"instance\":\"$context.requestId\"}}"
    );
    if errors.is_empty() {
        return format!("{problem}{CODE_HEADER}");
    }
    let declared = declared(status, errors);
    let declared = declared.strip_suffix(CODE_HEADER).unwrap_or(&declared);
    format!("#set($t=$input.path('$.errorMessage'))#if($t.startsWith('[')){declared}#else{problem}#end{CODE_HEADER}")
}

/// The template of the catch-all. A well-formed problem with a code that this mapping does not know was thrown by a
/// newer function and passes under its own status, 400 to 599; of anything else nothing is shown.
pub(super) fn catch_all(errors: &[&ErrorDef]) -> String {
    let Reserved { code, status, title, .. } = Reserved::INTERNAL;
    format!(
        "#set($m=$input.path('$.errorMessage'))#set($c='{code}')#set($n=0){passed_on}\
         #if($n>0)$p#else{{\"code\":\"{code}\",\"title\":\"{title}\",\"status\":{status},\
         \"instance\":\"$context.requestId\",\"retryable\":\"idempotent\"}}#end{headers}\
         #if($n>0)#set($context.responseOverride.status=$n)#end{CODE_HEADER}",
        passed_on = passed_on(),
        headers = headers(errors, "$n>0"),
    )
}

/// Takes the problem out of the message in `$m`, if it is tagged with one that is well-formed: its text into `$p`, its status
/// into `$n`, which is 0 else, and its code into `$c`.
pub(super) fn passed_on() -> String {
    // The status is read digit by digit: Velocity has no other way from text to number, and an override that is no
    // number is ignored.
    format!(
        "#if($m.matches('\\[[A-Za-z][A-Za-z0-9_-]{{0,63}}\\] \\{{\"code\":\"[\\s\\S]*\\}}'))\
         #set($e=$m.indexOf('] '))#set($b=$e+2)#set($p=$m.substring($b))#set($f=$p.{UNESCAPED})\
         #if($f.matches('{PASSED_ON}'))\
         #set($k=$p.indexOf('\"status\":')+9)#set($q=$p.substring($k))\
         #set($d='0123456789')#set($x=$q.substring(0,1))#set($y=$q.substring(1,2))#set($z=$q.substring(2,3))\
         #set($n=$d.indexOf($x)*100+$d.indexOf($y)*10+$d.indexOf($z))#set($c=$m.substring(1,$e))#end#end"
    )
}

/// Headers that fields fill: the delay, and those that an author names. A value that is not visible ASCII stays out:
/// nobody can put a line break into a header.
pub(super) fn headers(errors: &[&ErrorDef], guard: &str) -> String {
    let mut set = String::new();
    if errors.iter().any(|error| error.retry_after) {
        set.push_str("#set($r=$o.get('retryAfter'))#set($s=\"$!r\")#if($s.matches('[0-9]{1,18}'))#set($context.responseOverride.header['retry-after']=$s)#end");
    }
    let mut count = 0;
    for error in errors {
        for field in &error.fields {
            let Some(header) = &field.header else { continue };
            // Under its own code only: another error may have a list of that name, and printing one can throw. In a
            // variable of its own: Velocity keeps the old value where the new one is null.
            let _ = write!(
                set,
                "#if($c=={code})#set($h{count}=$o.get({name}))#set($v{count}=\"$!h{count}\")#if($v{count}.matches('[!-~]([ -~]{{0,510}}[!-~])?'))#set($context.responseOverride.header[{header}]=$v{count})#end#end",
                name = velocity::literal(&field.name),
                code = velocity::literal(&error.code),
                header = velocity::literal(header.as_str()),
            );
            count += 1;
        }
    }
    if set.is_empty() { set } else { format!("#if({guard})#set($o=$util.parseJson($p)){set}#end") }
}

/// The template of a request: the operation's name, the parameters by their types, the body as text, and for an operation
/// that asks what came beside.
pub(super) fn request(index: &Index<'_>, operation: &Operation) -> String {
    let input = &operation.input;
    let (set, name) = velocity::json(&operation.name, "o");
    let mut out = format!("{set}{{\"operation\":\"{name}\"");
    let is_input = input.parameters().next().is_some();
    let asks = is_input || operation.request;
    let maps = [
        ("path", "path", asks && !input.path.is_empty()),
        ("query", "querystring", asks && !input.query.is_empty()),
        ("header", "header", asks && (!input.headers.is_empty() || operation.request)),
    ];
    let head = maps.iter().filter(|(.., is_asked)| *is_asked);
    let head: String = head.map(|(name, of, _)| format!("#set(${name}=$input.params().{of})")).collect();
    out.insert_str(0, &head);
    if is_input {
        out.push_str(",\"input\":{#set($s='')");
        for field in &input.path {
            let _ = write!(
                out,
                "#set($v=$path.get({name})){}",
                member(index, field),
                name = velocity::literal(&field.name)
            );
        }
        for field in &input.query {
            let name = velocity::literal(&field.name);
            // An absent parameter stays absent, so that serde's defaults and `Option` hold.
            let member = member(index, field);
            let _ =
                write!(out, "#foreach($n in $query.keySet())#if($n=={name})#set($v=$query.get($n)){member}#end#end");
        }
        // A header's name has no case, and the map keeps the one that was sent.
        for HeaderParameter { header, field } in &input.headers {
            let name = regardless_of_case(header);
            let member = member(index, field);
            let _ = write!(
                out,
                "#set($f=false)#foreach($n in $header.keySet())#if(!$f && $n.matches('{name}'))\
                 #set($f=true)#set($v=$header.get($n)){member}#end#end"
            );
        }
        out.push('}');
    }
    if input.body {
        list(&mut out, input);
        // As text, so that no number loses a digit on the way and a body that is no JSON gets a typed answer.
        let _ = write!(out, ",\"body\":\"{}\"", escaped("$input.body"));
    }
    if operation.request {
        let _ = write!(
            out,
            ",\"request\":{{\"id\":\"$context.requestId\",\"stage\":\"{stage}\",\"headers\":{{{headers}}},\
             \"caller\":{{\"identity\":{{{identity}}},\"claims\":{{{claims}}},\"authorizer\":{{{authorizer}}}}}}}",
            stage = escaped("$context.stage"),
            headers = texts("$header", ""),
            identity = texts("$context.identity", " && $n!='apiKey'"),
            claims = texts("$context.authorizer.claims", ""),
            authorizer = texts("$context.authorizer", " && $n!='claims'"),
        );
    }
    out.push('}');
    out
}

/// A pattern for the name of a header.
fn regardless_of_case(header: &str) -> String {
    let mut out = String::from("(?i)");
    for c in header.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            out.push(c);
        } else {
            let _ = write!(out, "\\x{:02X}", u32::from(c));
        }
    }
    out
}

/// Every member of a map whose values are texts, but for those that a condition leaves out. Nothing of a map that is none.
fn texts(map: &str, but: &str) -> String {
    // A value in a variable of its own, in quotes: `escapeJavaScript` takes texts, and Velocity keeps the old value where the
    // new one is null.
    format!(
        "#set($s='')#foreach($n in {map}.keySet())#if($n{but})#set($x={map}.get($n))#set($v=\"$!x\")$s\"{name}\":\"{value}\"#set($s=',')#end#end",
        name = escaped("$n"),
        value = escaped("$v"),
    )
}

/// A member of the input, whose text is in `$v`.
fn member(index: &Index<'_>, field: &Field) -> String {
    let (set, key) = velocity::json(&field.name, "k");
    format!("{set}$s\"{key}\":{}#set($s=',')", value(index, &field.ty))
}

/// The names of all parameters, so that the function lets the body set none of them.
fn list(out: &mut String, input: &Input) {
    let mut start = ",\"parameters\":[";
    for field in input.parameters() {
        let (set, name) = velocity::json(&field.name, "k");
        let _ = write!(out, "{set}{start}\"{name}\"");
        start = ",";
    }
    if start == "," {
        out.push(']');
    }
}

/// The parameter's value in JSON, whose text is in `$v`; a list is each of the texts between its commas.
fn value(index: &Index<'_>, ty: &Type) -> String {
    let Some(element) = ty.element() else { return one(index, ty, "$v") };
    // Java's `split` leaves out empty texts at the end: something stands behind them.
    format!(
        "[#if($v!='')#set($a=\"$v,.\")#foreach($x in $a.split(','))#if($foreach.hasNext)#if($foreach.index>0),#end{}#end#end#end]",
        one(index, element, "$x")
    )
}

/// A text in JSON: a number or a truth value where the type asks for one and the text is one, else a text, which the
/// function then refuses with the place and the reason.
fn one(index: &Index<'_>, ty: &Type, text: &str) -> String {
    let pattern = match scalar(index, ty) {
        Type::Bool => "true|false",
        Type::Int { .. } => "-?(0|[1-9][0-9]{0,38})",
        Type::Float { .. } => "-?(0|[1-9][0-9]{0,308})([.][0-9]{1,400})?([eE][+-]?[0-9]{1,3})?",
        _ => return format!("\"{}\"", escaped(text)),
    };
    format!("#if({text}.matches('{pattern}')){text}#else\"{}\"#end", escaped(text))
}

/// The type behind options and names.
fn scalar<'a>(index: &Index<'a>, ty: &'a Type) -> &'a Type {
    match ty {
        Type::Option(inner) => scalar(index, inner),
        Type::Named(name) => match index.type_def(name).map(|def| &def.shape) {
            Some(Shape::Newtype(inner)) => scalar(index, inner),
            _ => ty,
        },
        other => other,
    }
}

/// A reference inside a JSON string. `escapeJavaScript` writes `\'`, which JSON does not know; the pattern takes two
/// backslashes, for it is a regular expression.
pub(super) fn escaped(reference: &str) -> String {
    format!("$util.escapeJavaScript({reference}).replaceAll(\"\\\\'\",\"'\")")
}
