//! The process in which the real parts run, and the frames that go there and back.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// A running evaluator. Its answers come in the order of the questions.
pub(super) struct Jvm {
    child: Child,
    questions: Option<Sender<Vec<u8>>>,
    answers: Receiver<io::Result<Vec<u8>>>,
    /// What it is made of, each with its version.
    pub(super) versions: Vec<String>,
}

impl Jvm {
    /// Starts the evaluator that Maven built into a folder.
    pub(super) fn start(built: &Path) -> io::Result<Self> {
        let path = std::env::join_paths([built.join("classes"), built.join("lib/*")]).map_err(io::Error::other)?;
        let mut child = Command::new("java")
            .args(["-Xmx2g", "-XX:+UseSerialGC", "-cp"])
            .arg(path)
            .arg("throwback.conformance.Main")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| io::Error::new(error.kind(), format!("can't start java: {error}")))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("java has no pipes"));
        };
        let (questions, outgoing) = channel();
        thread::spawn(move || send_all(input, &outgoing));
        let (incoming, answers) = channel();
        thread::spawn(move || receive_all(output, &incoming));
        let mut jvm = Self { child, questions: Some(questions), answers, versions: Vec::new() };
        let frame = jvm.receive()?;
        let mut fields = Fields(&frame);
        jvm.versions = fields.texts()?;
        Ok(jvm)
    }

    /// Sends a question without waiting for anything.
    pub(super) fn send(&self, frame: Frame) -> io::Result<()> {
        let gone = || io::Error::other("the evaluator is gone");
        self.questions.as_ref().ok_or_else(gone)?.send(frame.0).map_err(|_| gone())
    }

    /// Waits for the next answer.
    pub(super) fn receive(&mut self) -> io::Result<Vec<u8>> {
        self.answers.recv().map_err(io::Error::other)?
    }
}

impl Drop for Jvm {
    fn drop(&mut self) {
        // The end of its input is the end of it.
        self.questions = None;
        let _ = self.child.wait();
    }
}

fn send_all(input: impl Write, frames: &Receiver<Vec<u8>>) {
    let mut input = BufWriter::with_capacity(1 << 16, input);
    while let Ok(frame) = frames.recv() {
        let mut next = Some(frame);
        while let Some(frame) = next {
            let Ok(length) = u32::try_from(frame.len()) else { return };
            // Where the other side is gone, the receiver says so.
            if input.write_all(&length.to_be_bytes()).and_then(|()| input.write_all(&frame)).is_err() {
                return;
            }
            next = frames.try_recv().ok();
        }
        if input.flush().is_err() {
            return;
        }
    }
}

fn receive_all(output: impl Read, frames: &Sender<io::Result<Vec<u8>>>) {
    let mut output = BufReader::with_capacity(1 << 16, output);
    loop {
        let frame = receive(&mut output);
        let failed = frame.is_err();
        if frames.send(frame).is_err() || failed {
            return;
        }
    }
}

fn receive(output: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    output.read_exact(&mut length)?;
    let mut frame = vec![0; u32::from_be_bytes(length) as usize];
    output.read_exact(&mut frame)?;
    Ok(frame)
}

/// A question while it is written: each text and list behind its length.
pub(super) struct Frame(Vec<u8>);

impl Frame {
    /// A question of a kind about a document.
    pub(super) fn new(kind: u8, document: u32) -> Self {
        Self([&[kind], &document.to_be_bytes()[..]].concat())
    }

    pub(super) fn bytes(mut self, bytes: &[u8]) -> Self {
        self = self.count(bytes.len());
        self.0.extend_from_slice(bytes);
        self
    }

    pub(super) fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    pub(super) fn flag(mut self, flag: bool) -> Self {
        self.0.push(flag.into());
        self
    }

    pub(super) fn pairs(self, pairs: &[(String, String)]) -> Self {
        pairs.iter().fold(self.count(pairs.len()), |frame, (name, value)| frame.text(name).text(value))
    }

    fn count(mut self, count: usize) -> Self {
        // Nothing here comes near 4 GiB.
        self.0.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes());
        self
    }
}

/// What is left of an answer.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl Fields<'_> {
    pub(super) fn flag(&mut self) -> io::Result<bool> {
        let mut flag = [0];
        self.0.read_exact(&mut flag)?;
        Ok(flag != [0])
    }

    pub(super) fn number(&mut self) -> io::Result<u32> {
        let mut number = [0; 4];
        self.0.read_exact(&mut number)?;
        Ok(u32::from_be_bytes(number))
    }

    pub(super) fn bytes(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; self.number()? as usize];
        self.0.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn text(&mut self) -> io::Result<String> {
        String::from_utf8(self.bytes()?).map_err(io::Error::other)
    }

    pub(super) fn texts(&mut self) -> io::Result<Vec<String>> {
        (0..self.number()?).map(|_| self.text()).collect()
    }
}
