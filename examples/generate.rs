//! Writes synthetic events as CSV: `cargo run --release --example generate -- 1000000 > events.csv`.
//!
//! After the number of rows may stand how they are spread: `usual`, `kinds:4000`, `second` or `minutes`.

#[path = "../benches/events/mod.rs"]
mod events;

use events::Shape;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let rows = arguments.next().and_then(|text| text.parse().ok());
    let shape = match arguments.next().as_deref() {
        None | Some("usual") => Some(Shape::Usual),
        Some("second") => Some(Shape::OneSecond),
        Some("minutes") => Some(Shape::Minutes),
        Some(other) => other.strip_prefix("kinds:").and_then(|count| count.parse().ok()).map(Shape::Kinds),
    };
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    let (Some(rows), Some(shape)) = (rows, shape) else {
        let _ = writeln!(std::io::stderr(), "usage: generate ROWS [usual|kinds:N|second|minutes]");
        return ExitCode::from(2);
    };
    let written = events::write(&mut out, rows, shape).and_then(|()| out.flush());
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "the events could not be written ({error})");
            ExitCode::FAILURE
        }
    }
}
