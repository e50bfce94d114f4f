//! The function's processes: one for each event in flight, reused, up to a number.

use super::error::ServeError;
use super::failure;
use super::instance::{Answer, Instance, Launch, Outcome};
use super::stopped;
use bytes::Bytes;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{Mutex, Semaphore, watch};
use tokio::task::JoinSet;

pub(super) struct Pool {
    launch: Launch,
    /// One permit for each process that may be at work.
    permits: Semaphore,
    idle: Mutex<Vec<Instance>>,
    started: AtomicUsize,
    stopping: watch::Receiver<bool>,
    /// The events in flight, which go on when their client has gone.
    flights: Mutex<JoinSet<()>>,
}

impl Pool {
    pub(super) fn new(launch: Launch, instances: usize, stopping: watch::Receiver<bool>) -> Self {
        Self {
            launch,
            permits: Semaphore::new(instances.clamp(1, Semaphore::MAX_PERMITS)),
            idle: Mutex::new(Vec::new()),
            started: AtomicUsize::new(0),
            stopping,
            flights: Mutex::new(JoinSet::new()),
        }
    }

    /// Starts the first process, so that one that cannot be started shows at once.
    pub(super) async fn warm_up(&self) -> Result<(), ServeError> {
        let instance =
            self.start().await.map_err(|source| ServeError::Function { program: self.launch.program(), source })?;
        self.idle.lock().await.push(instance);
        Ok(())
    }

    async fn start(&self) -> std::io::Result<Instance> {
        let number = self.started.fetch_add(1, Ordering::Relaxed) + 1;
        Instance::start(&self.launch, number).await
    }

    /// Runs an event; nothing if the server stops first. The event goes on if the caller does not wait for it.
    pub(super) async fn invoke(self: &Arc<Self>, request_id: String, event: Bytes) -> Option<Answer> {
        let (done, answer) = tokio::sync::oneshot::channel();
        let pool = Arc::clone(self);
        let mut flights = self.flights.lock().await;
        while flights.try_join_next().is_some() {}
        flights.spawn(async move {
            if let Some(answer) = pool.run(&request_id, &event).await {
                // A caller that has gone does not want the answer.
                let _ = done.send(answer);
            }
        });
        drop(flights);
        answer.await.ok()
    }

    async fn run(&self, request_id: &str, event: &Bytes) -> Option<Answer> {
        let mut stopping = self.stopping.clone();
        let _permit = tokio::select! {
            permit = self.permits.acquire() => permit.ok()?,
            () = stopped(&mut stopping) => return None,
        };
        loop {
            let instance = match self.reuse().await {
                Some(instance) => instance,
                None => match self.start().await {
                    Ok(instance) => instance,
                    Err(error) => {
                        let payload = failure::not_started(request_id, &self.launch.program(), &error);
                        return Some(Answer { payload, error: true });
                    }
                },
            };
            match instance.invoke(&self.launch, request_id, event, &mut stopping).await {
                Outcome::Answered(answer, instance) => {
                    self.idle.lock().await.push(*instance);
                    return Some(answer);
                }
                Outcome::Failed(answer) => return Some(answer),
                Outcome::Unused => {}
                Outcome::Stopped => return None,
            }
        }
    }

    async fn reuse(&self) -> Option<Instance> {
        let mut idle = self.idle.lock().await;
        loop {
            let mut instance = idle.pop()?;
            if instance.alive() {
                return Some(instance);
            }
        }
    }

    /// Ends all processes, once the server has been told to stop.
    pub(super) async fn close(&self) {
        let mut flights = self.flights.lock().await;
        while flights.join_next().await.is_some() {}
        let idle = std::mem::take(&mut *self.idle.lock().await);
        for instance in idle {
            instance.kill().await;
        }
    }
}
