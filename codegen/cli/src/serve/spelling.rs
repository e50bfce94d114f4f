//! How a caller wrote the names of headers: API Gateway shows them to templates and functions as they came, and HTTP libraries
//! know them in small letters alone.

use hyper::Request;
use hyper::header::HeaderMap;
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// As many headers a request may have, as hyper has it.
const HEADERS: usize = 100;

/// As much is kept of what a connection has read last: more than the longest head that hyper takes.
const KEPT: usize = 512 * 1024;

/// What a connection has read and nobody has asked for yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Spelling(Arc<Mutex<Vec<u8>>>);

/// A connection, with a copy of what is read from it.
#[derive(Debug)]
pub(super) struct Overheard<S> {
    stream: S,
    spelling: Spelling,
}

impl<S> Overheard<S> {
    pub(super) fn new(stream: S) -> (Self, Spelling) {
        let spelling = Spelling::default();
        (Self { stream, spelling: spelling.clone() }, spelling)
    }
}

impl Spelling {
    fn add(&self, bytes: &[u8]) {
        let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        read.extend_from_slice(bytes);
        if read.len() > 2 * KEPT {
            let old = read.len() - KEPT;
            read.drain(..old);
        }
    }

    /// The names of a request's headers as they were written, by those in small letters. What has been read before it is
    /// forgotten.
    pub(super) fn of<B>(&self, request: &Request<B>) -> HashMap<String, String> {
        let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let line = format!("{} {} HTTP/1.", request.method(), request.uri());
        let mut from = 0;
        // A body that was read before may hold what looks like this head, but for its letters.
        while let Some(at) = find(&read, line.as_bytes(), from) {
            if let Some((names, length)) = names(&read[at..], request.headers()) {
                read.drain(..at + length);
                return names;
            }
            from = at + 1;
        }
        read.clear();
        HashMap::new()
    }
}

fn find(bytes: &[u8], part: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(part.len()).position(|window| window == part).map(|at| from + at)
}

/// The names in a head, if it is the one of these headers, and how long it is.
fn names(bytes: &[u8], headers: &HeaderMap) -> Option<(HashMap<String, String>, usize)> {
    let mut found = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut found);
    let Ok(httparse::Status::Complete(length)) = request.parse(bytes) else { return None };
    let same = |header: &httparse::Header<'_>| {
        headers.get_all(header.name).iter().any(|value| value.as_bytes() == header.value.trim_ascii())
    };
    if request.headers.len() != headers.len() || !request.headers.iter().all(same) {
        return None;
    }
    let names = request.headers.iter().map(|header| (header.name.to_ascii_lowercase(), header.name.to_owned()));
    Some((names.collect(), length))
}

impl<S: AsyncRead + Unpin> AsyncRead for Overheard<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buf);
        if let Some(read) = buf.filled().get(before..) {
            self.spelling.add(read);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Overheard<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn request(target: &str, headers: &[(&str, &str)]) -> Request<()> {
        let builder = Request::builder().uri(target);
        headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value)).body(()).unwrap()
    }

    #[test]
    fn names_are_as_they_were_written() {
        let spelling = Spelling::default();
        // The body of the one before it forges the head of the other, with another value.
        spelling.add(b"POST /a HTTP/1.1\r\nHOST: h\r\nX-Custom:  v \r\n\r\nGET /b HTTP/1.1\r\nHosT: g\r\n\r\n");
        let first = Request::post("/a").header("host", "h").header("x-custom", "v").body(()).unwrap();
        let names = spelling.of(&first);
        assert_eq!((&*names["host"], &*names["x-custom"]), ("HOST", "X-Custom"));
        spelling.add(b"GET /b HTTP/1.1\r\nHost: h\r\nx-A: 1\r\nX-a: 2\r\n\r\n");
        let names = spelling.of(&request("/b", &[("host", "h"), ("x-a", "1"), ("x-a", "2")]));
        assert_eq!(names["host"], "Host");
        assert!(spelling.of(&request("/c", &[])).is_empty());
    }

    #[test]
    fn no_more_is_kept_than_a_head_can_be() {
        let spelling = Spelling::default();
        for _ in 0..100 {
            spelling.add(&b"x".repeat(100_000));
        }
        spelling.add(b"GET / HTTP/1.1\r\nHOST: h\r\n\r\n");
        assert_eq!(spelling.of(&request("/", &[("host", "h")]))["host"], "HOST");
        assert!(spelling.0.lock().unwrap().len() <= 2 * KEPT);
    }
}
