//! Requests that are for somebody else, broken, late, or too many.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_another_host_is_refused() {
    let document = Document::new(DOCUMENT);
    let serving = start(options(&document)).await.unwrap();
    for (hosts, status) in [
        ("host: evil.example", 403),
        ("host: localhost.evil.example", 403),
        ("host: 127.0.0.1.evil.example:80", 403),
        ("host: 192.168.0.1", 403),
        ("host: ", 403),
        ("host: localhost\r\nhost: localhost", 400),
        ("x: y", 400),
        ("host: LOCALHOST:8080", 200),
        ("host: 127.0.0.1", 200),
        ("host: [::1]:9000", 200),
    ] {
        let request = format!("POST /f HTTP/1.1\r\n{hosts}\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{{}}");
        assert_eq!(sent(&serving, &request).await, status, "{hosts}");
    }
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_broken_is_no_failure_of_ours() {
    let document = Document::new(DOCUMENT);
    let serving = start(options(&document)).await.unwrap();
    for chunks in ["zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}XX"] {
        let head = "POST /f HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n";
        assert_eq!(sent(&serving, &format!("{head}{chunks}")).await, 400, "{chunks:?}");
    }
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_does_not_come_is_not_waited_for() {
    let document = Document::new(DOCUMENT);
    let limits = Limits { head: Duration::from_millis(200), body: Duration::from_millis(200), ..Limits::default() };
    let serving = start_within(limits, options(&document)).await.unwrap();
    let head = "POST /f HTTP/1.1\r\nhost: localhost\r\n";
    for (bytes, answer) in [
        ("", ""),
        ("POST /f HT", ""),
        (head, ""),
        (&format!("{head}content-length: 9\r\n\r\n{{"), "HTTP/1.1 408"),
        (&format!("{head}transfer-encoding: chunked\r\n\r\n9\r\n{{"), "HTTP/1.1 408"),
    ] {
        let address = serving.url();
        let bytes = bytes.to_owned();
        let read = tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(place(&address).0).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            stream.write_all(bytes.as_bytes()).unwrap();
            let mut read = Vec::new();
            stream.read_to_end(&mut read).unwrap();
            String::from_utf8_lossy(&read).into_owned()
        });
        let read = read.await.unwrap();
        assert!(read.starts_with(answer), "{read}");
    }
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_and_connections_wait_for_their_turn() {
    let document = Document::new(DOCUMENT);
    let limits = Limits { bodies: 100, connections: 3, ..Limits::default() };
    let serving = Arc::new(start_within(limits, options(&document)).await.unwrap());
    let begun = |length: usize| {
        let mut stream = TcpStream::connect(place(&serving.url()).0).unwrap();
        write!(stream, "POST /f HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n{{").unwrap();
        stream
    };
    let asked = || {
        let serving = Arc::clone(&serving);
        tokio::spawn(async move { ask(&serving, "/f", "{}").await })
    };
    let mut large = begun(99);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let waiting = asked();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!waiting.is_finished());
    // What is larger than all the room there is takes all of it, and no more.
    large.write_all(&[b' '; 97]).unwrap();
    large.write_all(b"}").unwrap();
    assert_eq!(waiting.await.unwrap().0, 200);
    assert_eq!(ask(&serving, "/f", " ".repeat(200) + "{}").await.0, 200);

    let (_small, _smaller) = (begun(3), begun(3));
    let waiting = asked();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!waiting.is_finished());
    drop(large);
    assert_eq!(waiting.await.unwrap().0, 200);
    Arc::into_inner(serving).unwrap().stop().await;
}
