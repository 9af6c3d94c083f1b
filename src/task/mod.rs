//! Work beside the window: named threads, progress, cancellation.
//!
//! A worker is handed a [`Control`], reports to it and asks it whether to go on; the other side polls the
//! [`Task`]. Nothing here knows what the work is. It stands beside `time` at the start of the chain.
//!
//! A control also carries the [`Limits`] of the work and its [`Memory`] budget, since whoever works in steps asks it after
//! each of them: work that outgrows the budget stops as work that is cancelled does.

mod limits;
pub mod memory;
mod shelter;

pub use limits::Limits;
pub use memory::{Memory, NoRoom};
pub use shelter::sheltered;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, OnceLock};

/// Why work stopped before its end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// It was asked to.
    #[error("cancelled")]
    Cancelled,
    /// It needs more memory than it may have.
    #[error(transparent)]
    Memory(NoRoom),
}

/// What a worker and its watcher share.
#[derive(Clone, Debug, Default)]
pub struct Control {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    limits: Limits,
    memory: Memory,
    cancelled: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
    records: AtomicU64,
    phase: Mutex<String>,
}

/// How far a task is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// What it is doing, in words for the user.
    pub phase: String,
    /// The share done of this phase, 0–1; `None` when its size is not known.
    pub share: Option<f32>,
    /// How many records are done; 0 where none are counted.
    pub records: u64,
}

impl Default for Shared {
    fn default() -> Self {
        Self::within(Limits::default())
    }
}

impl Shared {
    fn within(limits: Limits) -> Self {
        Self {
            memory: Memory::new(limits.memory),
            limits,
            cancelled: AtomicBool::default(),
            done: AtomicU64::default(),
            total: AtomicU64::default(),
            records: AtomicU64::default(),
            phase: Mutex::default(),
        }
    }
}

impl Control {
    /// A control that nobody has cancelled, under the usual limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same under these limits.
    #[must_use]
    pub fn within(limits: Limits) -> Self {
        Self { shared: Arc::new(Shared::within(limits)) }
    }

    /// What the work may take at most.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// The memory budget of the work.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.shared.memory
    }

    /// Begins a phase of `total` steps (0 when not known).
    pub fn phase(&self, name: impl Into<String>, total: u64) {
        if let Ok(mut phase) = self.shared.phase.lock() {
            *phase = name.into();
        }
        self.shared.done.store(0, Ordering::Relaxed);
        self.shared.total.store(total, Ordering::Relaxed);
    }

    /// Notes that `done` steps of the phase are behind, and asks whether to go on.
    ///
    /// # Errors
    /// [`Stopped`] when the work should stop; hand it up with `?`.
    pub fn advance(&self, done: u64) -> Result<(), Stopped> {
        self.shared.done.store(done, Ordering::Relaxed);
        self.check()
    }

    /// Notes that so many more records are done.
    pub fn count(&self, records: u64) {
        self.shared.records.fetch_add(records, Ordering::Relaxed);
    }

    /// Begins to count records anew.
    pub fn restart_count(&self) {
        self.shared.records.store(0, Ordering::Relaxed);
    }

    /// Asks whether to go on: whether nobody has cancelled the work, and whether it stays within its memory budget.
    ///
    /// # Errors
    /// [`Stopped`] when the work should stop.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.shared.cancelled.load(Ordering::Relaxed) {
            return Err(Stopped::Cancelled);
        }
        self.shared.memory.check().map_err(Stopped::Memory)
    }

    /// Asks the worker to stop at its next look.
    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
    }

    /// How far the work is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let total = self.shared.total.load(Ordering::Relaxed);
        let done = self.shared.done.load(Ordering::Relaxed);
        Progress {
            phase: self.shared.phase.lock().map(|phase| phase.clone()).unwrap_or_default(),
            share: (total > 0).then(|| (done as f32 / total as f32).clamp(0.0, 1.0)),
            records: self.shared.records.load(Ordering::Relaxed),
        }
    }
}

/// Address space, in bytes, in which one thread works alone.
const LITTLE_ADDRESS_SPACE: u64 = 2 << 30;

/// How many threads can work at once on this machine; at least one, and no more than are of use here.
#[must_use]
pub fn cores() -> usize {
    // Asking takes the system a fraction of a millisecond.
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| {
        // An allocator reserves some 100 MB of address space for each thread; one that finds none takes a page for each
        // text, and soon ends the program.
        if memory::address_space() < LITTLE_ADDRESS_SPACE {
            return 1;
        }
        std::thread::available_parallelism().map_or(1, usize::from).min(16)
    })
}

/// What `work` makes of each item, in the order of the items, on as many threads as the machine has cores. Items are
/// taken one at a time, so that no more are under way than there are threads.
///
/// # Panics
/// When `work` or `items` does, on this thread.
pub fn in_parallel<T: Send, R: Send>(items: impl Iterator<Item = T> + Send, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let mut items = items.enumerate().peekable();
    let first = items.next();
    if cores() == 1 || items.peek().is_none() {
        return first.into_iter().chain(items).map(|(_, item)| work(item)).collect();
    }
    let source = Mutex::new(first.into_iter().chain(items));
    // A poisoned lock means that another thread is about to hand its panic up.
    let next = || source.lock().ok().and_then(|mut items| items.next());
    let run = || -> Vec<(usize, R)> { std::iter::from_fn(|| next().map(|(at, item)| (at, work(item)))).collect() };
    let mut done = std::thread::scope(|scope| {
        // A thread that cannot start leaves its share to the others.
        let start = |_| std::thread::Builder::new().name("share".to_owned()).spawn_scoped(scope, run).ok();
        let helpers: Vec<_> = (1..cores()).filter_map(start).collect();
        let mut done = run();
        for helper in helpers {
            done.extend(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Does `work` on each item as [`in_parallel`] does, and hands the results to `take` in the order of the items as soon as
/// they are there, one at a time, so that they need not be held.
///
/// # Panics
/// When `work`, `take` or `items` does, on this thread.
pub fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    take: impl FnMut(R) + Send,
) {
    struct Waiting<R, F> {
        next: usize,
        done: BTreeMap<usize, R>,
        take: F,
    }
    let waiting = Mutex::new(Waiting { next: 0, done: BTreeMap::new(), take });
    in_parallel(items.enumerate(), |(at, item)| {
        let result = work(item);
        // A poisoned lock means that another thread is about to hand its panic up.
        let Ok(mut waiting) = waiting.lock() else { return };
        waiting.done.insert(at, result);
        let waiting = &mut *waiting;
        while let Some(result) = waiting.done.remove(&waiting.next) {
            waiting.next += 1;
            (waiting.take)(result);
        }
    });
}

/// Work under way on its own thread. Dropping it cancels the work.
#[derive(Debug)]
pub struct Task<T> {
    control: Control,
    result: Receiver<Result<T, Failed>>,
}

/// The work ended without a result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// It panicked; the message is for a bug report.
    #[error("the work stopped unexpectedly: {message}")]
    Panicked {
        /// The panic's message.
        message: String,
    },
    /// Its thread could not be started or went away.
    #[error("the work could not be started")]
    NoThread,
}

impl<T: Send + 'static> Task<T> {
    /// Starts `work` on a thread called `name`. `wake` is called once its result is there, so that a sleeping
    /// window looks.
    pub fn start(
        name: &str,
        work: impl FnOnce(&Control) -> T + Send + 'static,
        wake: impl FnOnce() + Send + 'static,
    ) -> Self {
        Self::start_under(Control::new(), name, work, wake)
    }

    /// The same under a control of its own, for work with limits.
    pub fn start_under(
        control: Control,
        name: &str,
        work: impl FnOnce(&Control) -> T + Send + 'static,
        wake: impl FnOnce() + Send + 'static,
    ) -> Self {
        let (send, result) = sync_channel(1);
        let at_work = control.clone();
        let body = move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&at_work))).map_err(|payload| {
                let text = payload.downcast_ref::<&str>().map(ToString::to_string);
                let message = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
                Failed::Panicked { message }
            });
            // Nobody may be waiting any more; then the result is simply dropped.
            let _ = send.send(outcome);
            wake();
        };
        #[expect(clippy::disallowed_methods, reason = "the one place that starts threads")]
        // A thread that cannot start drops `send`, which `poll` reports.
        let _ = std::thread::Builder::new().name(name.to_owned()).spawn(body);
        Self { control, result }
    }

    /// The result, once; `None` while the work goes on.
    #[must_use]
    pub fn poll(&self) -> Option<Result<T, Failed>> {
        match self.result.try_recv() {
            Ok(outcome) => Some(outcome),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(Failed::NoThread)),
        }
    }
}

impl<T> Task<T> {
    /// The control shared with the worker.
    #[must_use]
    pub fn control(&self) -> &Control {
        &self.control
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.control.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn wait<T: Send + 'static>(task: &Task<T>) -> Result<T, Failed> {
        for _ in 0..500 {
            if let Some(outcome) = task.poll() {
                return outcome;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Err(Failed::NoThread)
    }

    #[test]
    fn a_task_hands_over_its_result() {
        assert_eq!(wait(&Task::start("add", |_| 2 + 2, || ())), Ok(4));
    }

    #[test]
    fn a_cancelled_task_stops_and_says_so() {
        let endless = |control: &Control| {
            for step in 0.. {
                control.advance(step)?;
                std::thread::sleep(Duration::from_millis(1));
            }
            Ok::<(), Stopped>(())
        };
        let task = Task::start("endless", endless, || ());
        task.control().cancel();
        assert_eq!(wait(&task), Ok(Err(Stopped::Cancelled)));
    }

    #[test]
    fn a_panic_on_a_worker_comes_back_as_an_error() {
        let task = Task::start("fails", |_| assert_eq!(1 + 1, 3, "arithmetic"), || ());
        assert!(matches!(wait(&task), Err(Failed::Panicked { message }) if message.contains("arithmetic")));
    }

    #[test]
    fn shared_out_work_comes_back_in_order() {
        let squares = in_parallel(0..1_000_u64, |n| n * n);
        assert_eq!(squares, (0..1_000).map(|n| n * n).collect::<Vec<_>>());
        assert_eq!(in_parallel(std::iter::empty::<u8>(), |n| n), [0_u8; 0]);
    }

    #[test]
    fn results_are_taken_in_order_although_work_is_not_done_in_order() {
        let mut taken = Vec::new();
        let slow_first = |n: u64| {
            std::thread::sleep(Duration::from_millis(if n == 0 { 20 } else { 0 }));
            n
        };
        in_order(0..200, slow_first, |n| taken.push(n));
        assert_eq!(taken, (0..200).collect::<Vec<_>>());
    }

    #[test]
    fn progress_is_a_share_of_the_phase() {
        let control = Control::new();
        control.phase("reading", 200);
        control.advance(50).unwrap();
        assert_eq!(control.progress(), Progress { phase: "reading".into(), share: Some(0.25), records: 0 });
        control.phase("counting", 0);
        assert_eq!(control.progress().share, None);
    }
}
