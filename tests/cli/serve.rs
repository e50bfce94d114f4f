//! `throwback serve`: what it misses, and how it ends.

use super::*;

/// The function is a shell that starts a process of its own; whatever ends the server leaves neither behind.
#[cfg(unix)]
#[test]
fn serve_ends_on_signals_with_all_that_it_has_started() {
    let package = Package::new();
    package.run(&["generate", "--openapi", "generated/openapi.json"]);
    let ended = |process: &str| {
        let found = Command::new("ps").args(["-o", "stat=", "-p", process]).output().unwrap();
        matches!(found.stdout.trim_ascii().first(), None | Some(b'Z'))
    };
    for signal in ["TERM", "HUP", "INT"] {
        let shell = "sleep 600 & echo processes $$ $! >&2; wait";
        let arguments = ["serve", "--port", "0", "--openapi", "generated/openapi.json", "sh", "-c", shell];
        let mut serving = program()
            .args(arguments)
            .current_dir(package.0.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(serving.stderr.take().unwrap()).lines().map(Result::unwrap);
        let (mut listens, mut processes) = (false, Vec::new());
        for line in lines {
            listens |= line.contains("http://127.0.0.1:");
            if let Some((_, found)) = line.split_once("processes ") {
                processes = found.split(' ').map(ToOwned::to_owned).collect();
            }
            if listens && !processes.is_empty() {
                break;
            }
        }
        assert_eq!(processes.len(), 2);
        assert!(!processes.iter().any(|process| ended(process)));
        Command::new("kill").args([&format!("-{signal}"), &serving.id().to_string()]).status().unwrap();
        assert_eq!(serving.wait().unwrap().code(), Some(0), "{signal}");
        for process in &processes {
            for _ in 0..100 {
                if !ended(process) {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
            }
            assert!(ended(process), "{process} of {processes:?} still runs after {signal}");
        }
    }
}

#[test]
fn serve_says_what_it_misses() {
    let package = Package::new();
    has(&package.refused(&["serve", "target/nothing"]), "generated/openapi.json");
    package.run(&["generate"]);
    has(&package.refused(&["serve", "--port", "0", "target/nothing"]), "target/nothing");
    has(&package.refused(&["serve", "--timeout", "0", "x"]), "Lambda allows up to 900 seconds");
    has(&package.refused(&["serve", "--env", "X", "x"]), "write `--env NAME=VALUE`");
    assert_eq!(package.run(&["serve"]).status, 2);
    assert_eq!(package.run(&["serve", "--mock", "target/nothing"]).status, 2);
    has(&package.refused(&["serve", "--mock", "--openapi", "generated/openapi.json"]), "leave one of them out");
    has(&package.refused(&["serve", "--mock", "--front", "http-api"]), "fronts `rest` and `rest-proxy`");
}

/// Nothing was generated before, and nothing is built.
#[test]
fn a_mock_answers_without_a_function() {
    let package = Package::new();
    let mut serving = program()
        .args(["serve", "--mock", "--port", "0"])
        .current_dir(package.0.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(serving.stderr.take().unwrap()).lines().map(Result::unwrap);
    let address = lines.find_map(|line| Some(line.split_once("http://")?.1.split(' ').next()?.to_owned())).unwrap();
    let asked = |target: &str, header: &str| {
        let mut stream = std::net::TcpStream::connect(&address).unwrap();
        write!(stream, "GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{header}\r\n").unwrap();
        std::io::read_to_string(&mut stream).unwrap()
    };
    has(&asked("/teas/1", ""), "HTTP/1.1 200");
    for answer in [asked("/teas/1", "X-Mock-Error: TeaNotFound\r\n"), asked("/teas/1?mock_error=TeaNotFound", "")] {
        has(&answer, "HTTP/1.1 404");
        has(&answer, "x-error-code: TeaNotFound");
        has(&answer, "\"tea_id\":");
    }
    has(&asked("/teas/1?mock_error=Nothing", ""), "InvalidPayload, TeaNotFound");
    serving.kill().unwrap();
    serving.wait().unwrap();
}

/// What a function logs of its errors under a runtime that would make an alarm of each.
#[cfg(unix)]
#[test]
fn an_expected_error_rings_no_alarm() {
    for (format, expected, fault) in [("", " INFO ", "ERROR "), ("JSON", "\"level\":\"INFO\"", "\"level\":\"ERROR\"")] {
        let openapi = concat!(env!("OUT_DIR"), "/failing.openapi.json");
        let mut serving = program()
            .args(["serve", "--port", "0", "--env", &format!("AWS_LAMBDA_LOG_FORMAT={format}"), "--openapi", openapi])
            .arg(env!("CARGO_BIN_EXE_failing"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(serving.stderr.take().unwrap()).lines().map(Result::unwrap);
        let address = lines.find_map(|line| Some(line.split_once("http://")?.1.split(' ').next()?.to_owned())).unwrap();
        for way in ["no-words", "secret"] {
            let mut stream = std::net::TcpStream::connect(&address).unwrap();
            write!(stream, "GET /failing/{way} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
            std::io::copy(&mut stream, &mut std::io::sink()).unwrap();
        }
        Command::new("kill").arg(serving.id().to_string()).status().unwrap();
        let lines: Vec<_> = lines.collect();
        assert!(lines.iter().any(|line| line.contains(expected) && line.contains("NoWords")), "{lines:#?}");
        let faults: Vec<_> = lines.iter().filter(|line| line.contains(fault)).collect();
        assert!(
            matches!(&*faults, [one] if one.contains("InternalError") && one.contains("key under the mat")),
            "{lines:#?}"
        );
        assert!(!lines.iter().any(|line| line.contains("threw")), "{lines:#?}");
        serving.wait().unwrap();
    }
}
