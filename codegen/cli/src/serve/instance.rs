//! One process of the function, with the Runtime API that it talks to.

use super::environment::Environment;
use super::error::ServeError;
use super::output::{self, Output};
use super::process::Process;
use super::runtime::{Invocation, Report, Runtime};
use super::{failure, id, stopped};
use bytes::Bytes;
use std::ffi::OsString;
use std::io;
use std::net::Ipv4Addr;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout, timeout_at};

/// How long a process may take to ask for its first event before that counts against the function's timeout.
const INIT: Duration = Duration::from_secs(10);

/// How long a dead process's connections are waited for; only its own children could hold them open.
const DRAIN: Duration = Duration::from_secs(1);

/// How processes are started.
pub(super) struct Launch {
    program: OsString,
    arguments: Vec<OsString>,
    environment: Environment,
    timeout: Duration,
    output: Output,
}

impl Launch {
    pub(super) fn new(
        command: &[OsString],
        environment: Vec<(String, String)>,
        timeout: Duration,
        output: Output,
    ) -> Result<Self, ServeError> {
        let Some((program, arguments)) = command.split_first() else { return Err(ServeError::NoCommand) };
        Ok(Self {
            program: program.clone(),
            arguments: arguments.to_vec(),
            environment: Environment::new(program, environment),
            timeout,
            output,
        })
    }

    pub(super) fn program(&self) -> String {
        self.program.to_string_lossy().into_owned()
    }
}

/// What came of an event.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) payload: Vec<u8>,
    /// Whether Lambda would flag a function error.
    pub(super) error: bool,
}

/// How handing a process an event ended.
pub(super) enum Outcome {
    /// The process can take another event.
    Answered(Answer, Box<Instance>),
    /// The process is gone.
    Failed(Answer),
    /// The process was gone before it took the event.
    Unused,
    /// The server stops.
    Stopped,
}

/// The Runtime API of a process, which ends with it.
struct Listening(AbortHandle);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub(super) struct Instance {
    process: Process,
    runtime: Arc<Runtime>,
    _listening: Listening,
    invocations: mpsc::Sender<Invocation>,
    reports: mpsc::Receiver<Report>,
    /// It has asked for an event and has not been given one.
    waiting: bool,
    /// It has answered an event.
    used: bool,
}

impl Instance {
    /// Starts a process; `number` tells its output from that of others.
    pub(super) async fn start(launch: &Launch, number: usize) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let secret = id::secret()?;
        let api = format!("http://{}/{secret}", listener.local_addr()?);
        let pipe = || if launch.output == Output::Discard { Stdio::null() } else { Stdio::piped() };
        let mut command = Command::new(&launch.program);
        command.args(&launch.arguments).envs(launch.environment.of(&api));
        let mut process = Process::start(command.stdin(Stdio::null()).stdout(pipe()).stderr(pipe()))?;
        let prefix = format!("{} {number} | ", launch.environment.function);
        let (stdout, stderr) = process.output();
        if let Some(pipe) = stdout {
            tokio::spawn(output::forward(pipe, prefix.clone()));
        }
        if let Some(pipe) = stderr {
            tokio::spawn(output::forward(pipe, prefix));
        }
        let (invocations, waiting) = mpsc::channel(1);
        let (reporting, reports) = mpsc::channel(1);
        let runtime = Runtime::new(secret, waiting, reporting);
        let listening = tokio::spawn(Arc::clone(&runtime).listen(listener));
        let listening = Listening(listening.abort_handle());
        Ok(Self { process, runtime, _listening: listening, invocations, reports, waiting: false, used: false })
    }

    /// Whether the process still runs.
    pub(super) fn alive(&mut self) -> bool {
        self.process.alive()
    }

    /// Hands the process an event and waits for what comes of it.
    pub(super) async fn invoke(
        mut self,
        launch: &Launch,
        request_id: &str,
        event: &Bytes,
        stopping: &mut watch::Receiver<bool>,
    ) -> Outcome {
        let ended = tokio::select! {
            ended = self.work(launch, request_id, event) => ended,
            () = stopped(stopping) => Ended::Stopped,
        };
        if let Ended::Answer(answer) = ended {
            self.waiting = false;
            self.used = true;
            return Outcome::Answered(answer, Box::new(self));
        }
        self.kill().await;
        match ended {
            Ended::Answer(answer) => Outcome::Failed(answer),
            Ended::Failed(payload) => Outcome::Failed(Answer { payload, error: true }),
            Ended::Unused => Outcome::Unused,
            Ended::Stopped => Outcome::Stopped,
        }
    }

    async fn work(&mut self, launch: &Launch, request_id: &str, event: &Bytes) -> Ended {
        if let Some(ended) = self.wait(launch, request_id).await {
            return ended;
        }
        let now = epoch();
        let deadline = Instant::now() + launch.timeout;
        let invocation = Invocation {
            request_id: request_id.to_owned(),
            event: event.clone(),
            deadline: (now + launch.timeout).as_millis(),
            arn: launch.environment.arn(),
            trace_id: format!(
                "Root=1-{:08x}-{:08x}{:016x};Parent={:016x};Sampled=0",
                now.as_secs(),
                id::random() >> 32,
                id::random(),
                id::random()
            ),
        };
        // The process is waiting for it; should it die now, that shows in what follows.
        let _ = self.invocations.send(invocation).await;
        match timeout_at(deadline, self.answer(request_id)).await {
            Ok(ended) => ended,
            Err(_) => Ended::Failed(failure::timed_out(request_id, launch.timeout)),
        }
    }

    /// Waits until the process asks for an event; gives what comes instead.
    async fn wait(&mut self, launch: &Launch, request_id: &str) -> Option<Ended> {
        let deadline = Instant::now() + INIT + launch.timeout;
        while !self.waiting {
            match timeout_at(deadline, self.event()).await {
                Ok(Event::Report(Report::Ready)) => self.waiting = true,
                Ok(Event::Report(Report::InitError(payload))) => return Some(Ended::Failed(payload)),
                Ok(Event::Report(Report::Answer { .. })) => {}
                // One that ends behind an answer has not failed this event; another process gets it.
                Ok(Event::Exit(_)) if self.used => return Some(Ended::Unused),
                Ok(Event::Exit(exit)) => return Some(Ended::Failed(exit.with(request_id))),
                Err(_) => return Some(Ended::Failed(failure::timed_out(request_id, launch.timeout))),
            }
        }
        None
    }

    async fn answer(&mut self, wanted: &str) -> Ended {
        loop {
            match self.event().await {
                Event::Report(Report::Answer { request_id, payload, error }) if request_id == wanted => {
                    return Ended::Answer(Answer { payload, error });
                }
                Event::Report(Report::InitError(payload)) => return Ended::Failed(payload),
                Event::Report(_) => {}
                Event::Exit(exit) => return Ended::Failed(exit.with(wanted)),
            }
        }
    }

    /// What happens next. What a process said before it died comes before its death.
    async fn event(&mut self) -> Event {
        let status = tokio::select! {
            biased;
            Some(report) = self.reports.recv() => return Event::Report(report),
            status = self.process.wait() => status,
        };
        // Its last words may still be on their way through the socket.
        let _ = timeout(DRAIN, self.runtime.drained()).await;
        match self.reports.try_recv() {
            Ok(report) => Event::Report(report),
            Err(_) => Event::Exit(Exit(status)),
        }
    }

    /// Ends the process and waits until it is gone.
    pub(super) async fn kill(self) {
        self.process.kill().await;
    }
}

enum Event {
    Report(Report),
    Exit(Exit),
}

enum Ended {
    Answer(Answer),
    /// The payload that Lambda answers with.
    Failed(Vec<u8>),
    /// The process was gone before it took the event.
    Unused,
    Stopped,
}

struct Exit(io::Result<std::process::ExitStatus>);

impl Exit {
    fn with(self, request_id: &str) -> Vec<u8> {
        // A status that cannot be read is no reason to give.
        failure::exited(request_id, self.0.unwrap_or_default())
    }
}

/// The time since 1970.
pub(super) fn epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
