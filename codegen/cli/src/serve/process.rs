//! A process of the function, and all that it starts in its turn.

use std::io;
use std::process::ExitStatus;
use tokio::process::{Child, ChildStderr, ChildStdout, Command};

/// A process that ends with everything it has started: on Unix its process group is killed once it is gone, and when this
/// is dropped. A process of its own that leaves the group is its own business.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    /// The group that it leads, until that was killed.
    #[cfg(unix)]
    group: Option<rustix::process::Pid>,
}

impl Process {
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        command.process_group(0);
        let child = command.kill_on_drop(true).spawn()?;
        #[cfg(unix)]
        let group = child.id().and_then(|id| rustix::process::Pid::from_raw(i32::try_from(id).ok()?));
        Ok(Self {
            child,
            #[cfg(unix)]
            group,
        })
    }

    /// Its standard output and error, once, if they are piped.
    pub(super) fn output(&mut self) -> (Option<ChildStdout>, Option<ChildStderr>) {
        (self.child.stdout.take(), self.child.stderr.take())
    }

    /// Whether it still runs.
    pub(super) fn alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until it has ended.
    pub(super) async fn wait(&mut self) -> io::Result<ExitStatus> {
        let status = self.child.wait().await;
        self.end_group();
        status
    }

    /// Ends it and waits until it is gone.
    pub(super) async fn kill(mut self) {
        self.end_group();
        // It may have ended by itself.
        let _ = self.child.kill().await;
    }

    fn end_group(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.group.take() {
            // Nobody left in it is as well.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end_group();
    }
}
