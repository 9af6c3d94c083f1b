//! Arguments → window or command → exit code.

use kairograph::cli::{Cli, Next, Usage};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            // Messages name their causes themselves.
            kairograph::cli::remark(&format!("kairograph: {error}"));
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    match Cli::from_arguments().run()? {
        Next::Exit(code) => Ok(code),
        Next::Bench(inputs, size) => {
            let report = kairograph::app::bench::run(&inputs, size, kairograph::cli::peak_memory)?;
            kairograph::cli::print(&(serde_json::to_string_pretty(&report)? + "\n"))?;
            Ok(ExitCode::SUCCESS)
        }
        Next::Window(start) => {
            kairograph::app::run(&start)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
