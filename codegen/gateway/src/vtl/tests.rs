//! Templates against what Velocity 1.7 printed for them, and against hostile input.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::super::json::Json;
use super::{Fault, Overrides, Rendered, Scope, Template};
use indexmap::IndexMap;

const BODY: &str = r#"{"errorMessage":"[A] {\"a\":1}","n":5,"f":1.5,"e":[],"l":[{"foo":"b/ar"},2],"m":{"foo":"bar","n":null},"z":null,"b":true,"s":"it's \"q\" /\né"}"#;

fn render_body(template: &str, body: &str) -> Result<Rendered, Fault> {
    let path = IndexMap::from([("id".to_owned(), "a b".to_owned())]);
    let none = IndexMap::new();
    let scope = Scope {
        body,
        parameters: [("path", &path), ("querystring", &none), ("header", &none)],
        context: &Json::read(r#"{"requestId":"rid"}"#).unwrap(),
        stage_variables: &none,
        overrides: &Overrides::default(),
    };
    Template::parse(template).map_err(|error| Fault(error.to_string()))?.render(&scope)
}

fn render(template: &str) -> Result<Rendered, Fault> {
    render_body(template, BODY)
}

/// Recorded from Velocity 1.7 with json-path 2.0.0 and commons-lang 2.6, with a handler that answers invalid references
/// with an empty string; null is an exception.
const RECORDED: &str = include_str!("velocity.json");

#[test]
fn templates_print_what_velocity_prints() {
    let Json::List(cases) = Json::read(RECORDED).unwrap() else { panic!() };
    let mut wrong = Vec::new();
    for case in &cases {
        let Json::List(case) = case else { panic!() };
        let template = case[0].as_str().unwrap();
        let found = render(template);
        let same = match (&case[1], &found) {
            (Json::Text(text), Ok(found)) => *text == found.text,
            (Json::Null, Err(_)) => true,
            _ => false,
        };
        if !same {
            wrong.push(format!(
                "{template:?}\n  velocity {:?}\n  ours     {:?}",
                case[1],
                found.map(|found| found.text)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn absent_values_follow_what_is_recorded_of_api_gateway() {
    let found = render(
        "$nope|#if($nope == $null)T#end#if($input.path('$.z') == '')T#end|$input.json('$.nope')|$input.json('$.z')",
    )
    .unwrap();
    assert_eq!(found.text, "|TT|\"\"|null");
    assert!(found.warnings.is_empty(), "{:?}", found.warnings);
    let found = render("#if($nope)T#{else}F#end").unwrap();
    assert_eq!(found.text, "F");
    assert!(found.warnings[0].contains("`$nope` is absent"), "{:?}", found.warnings);
    // With nothing behind it, what is absent stays absent.
    assert_eq!(render("#set($x = $a + $b)#if($x)T#{else}F#end#set($x = 'a' + $b)#if($x)T#end").unwrap().text, "FT");
    assert_eq!(render_body("$input.body|$input.json('$')|$input.path('$')", "").unwrap().text, "{}|{}|{}");
}

#[test]
fn bytes_are_counted_and_no_more() {
    for single in ["$s.getBytes().get(0)", "$s.getBytes()[0]", "#foreach($b in $s.getBytes())$b#end"] {
        let error = render(&format!("#set($s = 'a'){single}")).unwrap_err();
        assert_eq!(error.0, "a single one of a text's bytes is not evaluated here");
    }
}

#[test]
fn an_override_can_be_set_once() {
    let found =
        render("#set($context.responseOverride.header['x-e'] = 'a')#set($context.responseOverride.status = 404)")
            .unwrap();
    assert_eq!(found.overrides.status, Some(Json::Int(404)));
    assert_eq!(found.overrides.headers["x-e"], Json::Text("a".to_owned()));
    for twice in [
        "#set($context.responseOverride.status = 404)#set($context.responseOverride.status = 404)",
        "#set($context.responseOverride.header.a = 'a')$context.responseOverride.header.put('a', 'b')",
    ] {
        assert!(render(twice).unwrap_err().0.contains("twice"));
    }
}

#[test]
fn user_data_is_never_evaluated() {
    let body = r#"{"m":"$x #set($x = 1) ## #end $input.body \\$x #stop"}"#;
    let found = render_body("$input.path('$.m')", body).unwrap();
    assert_eq!(found.text, "$x #set($x = 1) ## #end $input.body \\$x #stop");
    let found = render_body("#set($y = \"a $input.path('$.m')\")$y", body).unwrap();
    assert_eq!(found.text, "a $x #set($x = 1) ## #end $input.body \\$x #stop");
}

#[test]
fn what_is_wrong_has_a_place() {
    let error = Template::parse("a\n #if(true)\n b").unwrap_err();
    assert_eq!((error.line, error.column), (3, 3), "{error}");
    let error = Template::parse("#set($x = $y.substring($i + 1))").unwrap_err();
    assert!(error.to_string().starts_with("line 1, column 27: expected `,` or `)` behind the argument"), "{error}");
}

#[test]
fn hostile_templates_end() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + "1" + &close.repeat(100_000);
    let loops = "#foreach($i in [1..1000])".repeat(5) + "$i" + &"#end".repeat(5);
    for template in [
        format!("#set($x = {})", deep("(", ")")),
        format!("#set($x = {})", deep("[", "]")),
        format!("#set($x = {}1)", "!".repeat(100_000)),
        format!("$x.f({})", deep("$x.f(", ")")),
        deep("$x[", "]"),
        "#if(true)".repeat(100_000),
        "#set($x = \"".repeat(100_000),
        loops,
        "#set($x = [1])#foreach($i in [1..1000])#foreach($j in [1..1000])#set($x = [$x])#end#end$x".to_owned(),
        "#set($l = [])#set($x = $l.add([$l]))$l".to_owned(),
        "#set($m = {})#set($m.m = [$m])$m".to_owned(),
        "#macro(m)#m()#end#m()".to_owned(),
        "#macro(m $a)#m($a)#m($a)#end#m('x')".to_owned(),
        "#macro(m $a)$a#m([$a, $a])#end#m('x')".to_owned(),
        "#set($t = '#evaluate($t)')#evaluate($t)".to_owned(),
        format!("#set($t = '{}')#foreach($i in [1..1000])#foreach($j in [1..1000])#evaluate($t)#end#end", "#if(true)".repeat(30) + &"#end".repeat(30)),
        format!("#define($d){}#end#foreach($i in [1..1000])#foreach($j in [1..1000])$d#end#end", "x".repeat(1000)),
        "#set($d = {})#set($x = $input.path('$').put('self', $input.path('$')))$input.json('$..a')".to_owned(),
        format!("$input.path('$.l[?({})]')", "@.a == 1 && ".repeat(2000)),
        "#set($a = [1])#set($b = [1])#foreach($i in [1..200])#set($a = [$a, $a])#set($b = [$b, $b])#end#if($a == $b)T#end".to_owned(),
        "#set($n = 10)#foreach($i in [1..1000])#set($n = $n * $n)#end$n".to_owned(),
        "#set($s = 'x')#foreach($i in [1..1000])#set($s = $s.repeat(1000))#end".to_owned(),
        "#set($l = ['x'])#foreach($i in [1..1000])#set($y = $l.addAll($l))#end$l".to_owned(),
        format!("#set($x = {})", "[$x.f(".repeat(100_000)),
        format!("#set($x = [{}1..2])", "$x.f([".repeat(38)),
        "#set($s = 'xxxxxxxx')#foreach($i in [1..1000])#set($s = \"$s$s\")#end".to_owned(),
        "#set($l = [1])#foreach($i in [1..1000])#set($l = [$l, $l])#end$l".to_owned(),
        "#set($x = [1..99999999999])".to_owned(),
        "#set($s = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')$s.matches('(a|a|aa)+(?!b)$')$s.matches('(a*)*\\1b')"
            .to_owned(),
        "#set($s = '')#foreach($i in [1..1000])#set($s = $s + 'aaaaaaaaaaaaaaaaaaaaaaaaaa')#end$s.replaceAll('', $s)"
            .to_owned(),
    ] {
        assert!(render(&template).is_err(), "{}", &template[..template.len().min(80)]);
    }
    let long = "#set($x = 1".to_owned() + &" + 1".repeat(50_000) + ")$x";
    assert_eq!(render(&long).unwrap().text, "50001");
    for slow in [
        "\\".repeat(300_000),
        "#set($x = '".to_owned() + &"\\".repeat(300_000),
        "$$".repeat(150_000) + "x",
        format!("$input.path('${}')", "..*".repeat(200)),
    ] {
        let _ = render(&slow);
    }
    assert_eq!(render("#set($l = [])#set($x = $l.add($l))$l").unwrap().text, "[(this Collection)]");
    assert_eq!(render("#set($m = {})#set($m.m = $m)$m").unwrap().text, "{m=(this Map)}");
    let body = "[".repeat(100_000);
    assert!(render_body("$input.json('$')", &body).is_err());
    for junk in
        ["$input.path('$[')", "$x['", "${", "#{", "#set", "$!{a.b(", "\"", "#set($x=\"\\u00zz\")$x", "\u{0}$\u{0}"]
    {
        let _ = render(junk);
    }
}

#[test]
fn every_prefix_of_a_template_is_read_without_a_panic() {
    for case in RECORDED.lines() {
        let chars: Vec<char> = case.chars().collect();
        for end in 0..chars.len() {
            let _ = render(&chars[..end].iter().collect::<String>());
        }
    }
}

/// What two templates of one exchange print, the second after what the first has overridden.
fn exchange(request: &str, response: &str) -> (String, Overrides) {
    let none = IndexMap::new();
    let context = Json::read(r#"{"requestId":"rid"}"#).unwrap();
    let mut overrides = Overrides::default();
    let mut text = String::new();
    for template in [request, response] {
        let scope = Scope {
            body: "",
            parameters: [("path", &none), ("querystring", &none), ("header", &none)],
            context: &context,
            stage_variables: &none,
            overrides: &overrides,
        };
        let rendered = Template::parse(template).unwrap().render(&scope).unwrap();
        (text, overrides) = (rendered.text, rendered.overrides);
    }
    (text, overrides)
}

#[test]
fn what_the_request_overrides_the_response_sees() {
    let (text, overrides) = exchange(
        "#set($context.responseOverride.status = 444)#set($context.responseOverride.header.foo = 'bar')\
         #set($context.responseOverride.own = ['a', {'b': 1}])#set($name = 'q')\
         #set($context.requestOverride.querystring[$name] = 'x')$context.requestOverride.querystring.put('p', 'y')\
         #set($context['requestOverride'].path['n'] = '{\"m\":5}')",
        "$context.responseOverride.status|$context.responseOverride.header.foo|$context.responseOverride.own|\
         $context.responseOverride.own[1].b|$context.requestOverride.querystring|\
         $util.parseJson($context.requestOverride.path.n).m",
    );
    assert_eq!(text, "444|bar|[a, {b=1}]|1|{q=x, p=y}|5");
    assert_eq!(overrides.status, Some(Json::Int(444)));
    assert_eq!(overrides.headers["foo"], Json::Text("bar".to_owned()));
}

#[test]
fn what_is_not_evaluated_is_refused_when_a_template_is_parsed() {
    for (template, why) in [
        (
            "a $s.codePoints()",
            "line 1, column 6: `codePoints` is a method of Java's strings that is not evaluated here",
        ),
        ("$x.hashCode()", "`hashCode` is a method of Java's objects"),
        ("$x.class", "`.class` is Java's class of a value"),
        ("$input.path('$.a[')", "line 1, column 1: JSONPath `$.a[` is refused by API Gateway's json-path"),
    ] {
        let error = Template::parse(template).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    assert_eq!(render("#define($d)$input.path('$.n')#end$d").unwrap().text, "5");
    let found = render("#evaluate('$input.path(''$.n'')')").unwrap();
    assert_eq!(found.text, "5");
    assert!(found.warnings[0].contains("`#evaluate`"), "{:?}", found.warnings);
}
