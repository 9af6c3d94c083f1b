//! The memory budget: how much the process may have, and how much it has.
//!
//! What grows bit by bit is measured while it grows, for [`super::Control`] asks here as often as it asks whether to go
//! on. What is taken at once, such as a size that a file claims, is asked for beforehand by [`Memory::room_for`], because
//! a program that the system refuses memory ends on the spot.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};
use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

/// How long a measurement counts.
const FRESH: Duration = Duration::from_millis(4);

/// Work needs more memory than it may have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}; --memory sets how much", words(*needed, *limit, *asked))]
pub struct NoRoom {
    /// Bytes that the process would have.
    pub needed: u64,
    /// Bytes that it may have.
    pub limit: u64,
    /// Whether somebody set the limit, rather than the free memory.
    pub asked: bool,
}

fn words(needed: u64, limit: u64, asked: bool) -> String {
    let half = if asked { "" } else { ", half of what was free" };
    let limit_words = size(limit);
    // What grows bit by bit is stopped just beyond the limit, wherever it would have ended.
    if needed <= limit.saturating_add(limit / 4) {
        return format!("it needs more than {limit_words} of memory, which is all that may be taken{half}");
    }
    format!("it needs about {} of memory, and {limit_words} may be taken{half}", size(needed))
}

/// A memory budget, shared by all that works under one [`super::Control`].
#[derive(Debug)]
pub struct Memory {
    asked: Option<u64>,
    /// Known once it was needed, since the system takes a moment to tell what is free.
    limit: OnceLock<u64>,
    begun: Instant,
    /// When the process was last measured, in nanoseconds since `begun`.
    measured: AtomicU64,
    used: AtomicU64,
    /// Whether it was found too small once: then all that works under it stops.
    exceeded: AtomicBool,
}

impl Memory {
    /// A budget of so many bytes, or of half of what is free when it is first asked for.
    #[must_use]
    pub fn new(asked: Option<u64>) -> Self {
        Self {
            asked,
            limit: OnceLock::new(),
            begun: Instant::now(),
            measured: AtomicU64::new(0),
            used: AtomicU64::new(0),
            exceeded: AtomicBool::new(false),
        }
    }

    /// Bytes that the process may have in all.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.asked.unwrap_or_else(|| *self.limit.get_or_init(|| used().saturating_add(free() / 2)))
    }

    /// Bytes that may still be taken.
    #[must_use]
    pub fn room(&self) -> u64 {
        self.limit().saturating_sub(used())
    }

    /// Asks for so many bytes more.
    ///
    /// # Errors
    /// [`NoRoom`] where the budget does not hold them.
    pub fn room_for(&self, bytes: u64) -> Result<(), NoRoom> {
        let (used, reserved) = taken();
        self.within_address_space(reserved.saturating_add(bytes))?;
        self.holds(used.saturating_add(bytes))
    }

    /// Address space runs out before memory does where it is bounded, for allocators reserve more than they use.
    fn within_address_space(&self, reserved: u64) -> Result<(), NoRoom> {
        let most = address_space();
        if most < u64::MAX && reserved > most - most / 6 { Err(self.no_room(self.limit())) } else { Ok(()) }
    }

    /// Asks whether the process has outgrown the budget. Costs little: the system is asked once in some milliseconds.
    ///
    /// # Errors
    /// [`NoRoom`] where it has.
    pub fn check(&self) -> Result<(), NoRoom> {
        let now = u64::try_from(self.begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let before = self.measured.load(Ordering::Relaxed);
        let is_due = now.saturating_sub(before) >= FRESH.as_nanos() as u64;
        // One thread measures for all.
        if is_due && self.measured.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            let (used, reserved) = taken();
            self.used.store(used, Ordering::Relaxed);
            if self.within_address_space(reserved).is_err() {
                self.exceeded.store(true, Ordering::Relaxed);
            }
        }
        let used = self.used.load(Ordering::Relaxed);
        if self.exceeded.load(Ordering::Relaxed) || (used > 0 && self.holds(used).is_err()) {
            self.exceeded.store(true, Ordering::Relaxed);
            return Err(self.no_room(used.max(self.limit())));
        }
        Ok(())
    }

    fn holds(&self, needed: u64) -> Result<(), NoRoom> {
        if needed > self.limit() { Err(self.no_room(needed)) } else { Ok(()) }
    }

    fn no_room(&self, needed: u64) -> NoRoom {
        NoRoom { needed, limit: self.limit(), asked: self.asked.is_some() }
    }
}

/// Bytes of memory that the process has.
#[must_use]
pub fn used() -> u64 {
    taken().0
}

/// Bytes of memory and of address space that the process has; none where the system does not tell.
fn taken() -> (u64, u64) {
    let both = |own: &sysinfo::Process| (own.memory(), own.virtual_memory());
    measured(|system, own| system.process(own).map(both)).flatten().unwrap_or_default()
}

/// Bytes that the process could still get: of the machine, of the container it runs in, and of the address space that it
/// is allowed.
fn free() -> u64 {
    let told = measured(|system, own| {
        system.refresh_memory();
        // What a container keeps of files it gives back when it must.
        let container =
            system.cgroup_limits().map_or(u64::MAX, |limits| limits.total_memory.saturating_sub(limits.rss));
        (system.available_memory().min(container), system.process(own).map_or(0, sysinfo::Process::virtual_memory))
    });
    // Where nothing can be measured, nothing is refused.
    let Some((free, reserved)) = told.filter(|(free, _)| *free > 0) else { return u64::MAX / 2 };
    free.min(address_space().saturating_sub(reserved))
}

fn measured<T>(read: impl FnOnce(&mut System, Pid) -> T) -> Option<T> {
    static SYSTEM: OnceLock<Mutex<Option<System>>> = OnceLock::new();
    let system = SYSTEM.get_or_init(|| Mutex::new(System::new().ok()));
    let (mut system, own) = (system.lock().ok()?, sysinfo::get_current_pid().ok()?);
    let system = system.as_mut()?;
    let memory = ProcessRefreshKind::nothing().with_memory().without_tasks();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[own]), false, memory);
    Some(read(system, own))
}

/// Bytes of address space that the process is allowed (`ulimit -v`).
#[cfg(unix)]
pub(super) fn address_space() -> u64 {
    rustix::process::getrlimit(rustix::process::Resource::As).current.unwrap_or(u64::MAX)
}

#[cfg(not(unix))]
pub(super) fn address_space() -> u64 {
    u64::MAX
}

/// A number of bytes in words: "2.5 GB". Units are powers of 1,000.
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if bytes < 1_000 {
        return format!("{bytes} bytes");
    }
    let mut value = bytes as f64 / 1_000.0;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1_000.0;
        unit += 1;
    }
    let places = usize::from(value < 9.95);
    format!("{value:.places$} {}", UNITS[unit])
}

/// The number of bytes that words say: "500 MB", "2GiB", "1.5 g", "4096".
///
/// # Errors
/// What to write instead, where they say none.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let power = |base: f64, unit: &str| {
        let at = ["", "k", "m", "g", "t"].iter().position(|own| *own == unit)?;
        Some((0..at).fold(1.0, |all, _| all * base))
    };
    let unit = unit.trim();
    let factor = match unit.strip_suffix("ib") {
        Some(unit) => power(1_024.0, unit),
        None => power(1_000.0, unit.strip_suffix('b').unwrap_or(unit)),
    };
    match (number.parse::<f64>(), factor) {
        (Ok(number), Some(factor)) if (1.0..1e18).contains(&(number * factor)) => Ok((number * factor) as u64),
        _ => Err("write a size such as 500MB or 2GB".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_refuses_what_is_larger_than_itself() {
        let memory = Memory::new(Some(used() + (1 << 30)));
        assert!(memory.room_for(1 << 20).is_ok());
        let refused = memory.room_for(1 << 40).unwrap_err();
        assert!(refused.asked && refused.needed > 1 << 40, "{refused}");
        assert!(Memory::new(None).room_for(u64::MAX / 4).is_err());
    }

    #[test]
    fn a_process_that_has_outgrown_its_budget_is_told_so() {
        let small = Memory::new(Some(1));
        std::thread::sleep(FRESH * 2);
        assert!(small.check().unwrap_err().to_string().contains("--memory"));
    }

    #[test]
    fn sizes_are_read_as_people_write_them_and_told_in_few_digits() {
        for (text, bytes) in [("500MB", 500_000_000), ("2 GiB", 2 << 30), ("1.5g", 1_500_000_000), ("4096", 4_096)] {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
        }
        for text in ["", "MB", "-1", "0", "12 parsecs", "1e3"] {
            assert!(parse_size(text).is_err(), "{text}");
        }
        let told = [999, 1_000, 1_550_000, 2_500_000_000, 999_900_000].map(size);
        assert_eq!(told, ["999 bytes", "1.0 kB", "1.6 MB", "2.5 GB", "1.0 GB"]);
    }
}
