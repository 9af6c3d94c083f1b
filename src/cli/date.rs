//! `kairograph date`: what would be made of a text.

use super::DateArgs;
use super::terminal::{in_line, json_shown, print_bytes};
use crate::time::{Edtf, Reader, Reading, word_edtf};
use serde::Serialize;
use std::ffi::OsString;
use std::fmt::Write;
use std::io::BufRead;
use std::process::ExitCode;

#[derive(Serialize)]
struct Answer<'a> {
    text: &'a str,
    /// The expression, where EDTF has it; not all that a text can say is in EDTF.
    edtf: Option<String>,
    /// The expression as it is kept.
    kept: String,
    earliest: String,
    latest: String,
    precision: Option<&'static str>,
    sureness: &'static str,
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<String>,
    words: String,
}

#[derive(Serialize)]
struct Refusal<'a> {
    text: &'a str,
    error: String,
}

/// Puts the texts of `date` behind a `--`, so that `-0043` is no option and options may stand after texts.
pub(super) fn texts_last(arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_none_or(|command| command != "date") {
        return arguments;
    }
    let mut arguments = arguments.into_iter();
    let mut options: Vec<OsString> = arguments.by_ref().take(2).collect();
    let mut texts = Vec::new();
    while let Some(argument) = arguments.next() {
        let word = argument.to_string_lossy();
        if word == "--" {
            texts.extend(arguments.by_ref());
        } else if word.len() > 2 && word.starts_with("--") || matches!(word.as_ref(), "-h" | "-V") {
            let takes_value = matches!(word.as_ref(), "--order" | "--zone" | "--calendar");
            options.push(argument);
            options.extend(arguments.by_ref().take(usize::from(takes_value)));
        } else {
            texts.push(argument);
        }
    }
    if !texts.is_empty() {
        options.push("--".into());
        options.extend(texts);
    }
    options
}

/// Answers all texts. It fails, as a search without a hit does, where none of them is a date.
pub(super) fn run(args: &DateArgs) -> anyhow::Result<ExitCode> {
    let mut read = false;
    let mut tell = |text: &str| -> anyhow::Result<bool> {
        let (words, is_date) = answer(args, text)?;
        read |= is_date;
        print_bytes(words.as_bytes())
    };
    for text in &args.texts {
        if text != "-" {
            tell(text)?;
            continue;
        }
        let mut input = std::io::stdin().lock();
        let mut line = Vec::new();
        loop {
            line.clear();
            let got = input.read_until(b'\n', &mut line);
            if got.map_err(|error| anyhow::anyhow!("standard input could not be read ({error})"))? == 0 {
                break;
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.strip_suffix('\n').unwrap_or(&text);
            // Whoever read the answers may have gone.
            if !tell(text.strip_suffix('\r').unwrap_or(text))? {
                break;
            }
        }
    }
    Ok(if read { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The answer, and whether the text is a date.
fn answer(args: &DateArgs, text: &str) -> anyhow::Result<(String, bool)> {
    let reader =
        Reader { order: args.order.map(Into::into), zone: args.zone, calendar: args.calendar, ..Reader::default() };
    let reading = if args.edtf {
        let read = |edtf| Reading::of_edtf(edtf, "EDTF");
        Edtf::parse_standard(text).map(read).map_err(|error| error.to_string())
    } else {
        reader.read(text).map_err(|error| error.to_string())
    };
    let words = match (&reading, args.json) {
        (Ok(reading), true) => json_shown(&serde_json::to_string(&told(text, reading))?).into_owned() + "\n",
        (Err(error), true) => {
            json_shown(&serde_json::to_string(&Refusal { text, error: error.clone() })?).into_owned() + "\n"
        }
        (Ok(reading), false) => words(&told(text, reading)),
        (Err(error), false) => format!("{}\n  no date: {}\n", in_line(text), in_line(error)),
    };
    Ok((words, reading.is_ok()))
}

fn told<'a>(text: &'a str, reading: &Reading) -> Answer<'a> {
    let (earliest, latest) = reading.edtf.days();
    let kept = reading.edtf.to_string();
    Answer {
        text,
        edtf: Some(kept.clone()).filter(|kept| Edtf::parse_standard(kept).is_ok_and(|own| own == reading.edtf)),
        kept,
        earliest: earliest.to_string(),
        latest: latest.to_string(),
        precision: reading.precision.map(crate::time::Precision::word),
        sureness: reading.sureness.word(),
        rule: reading.rule,
        duration: reading.duration.map(|duration| duration.to_string()),
        words: word_edtf(&reading.edtf, reading.duration),
    }
}

// Writing to a `String` cannot fail.
fn words(answer: &Answer<'_>) -> String {
    let mut out = format!("{}\n", in_line(answer.text));
    let edtf = answer.edtf.clone().unwrap_or_else(|| format!("none; kept as {}", answer.kept));
    for (name, value) in [
        ("EDTF", edtf.as_str()),
        ("earliest", &answer.earliest),
        ("latest", &answer.latest),
        ("precision", answer.precision.unwrap_or("none")),
        ("sureness", answer.sureness),
        ("rule", answer.rule),
        ("in words", &answer.words),
    ] {
        let _ = writeln!(out, "  {name:<9}  {value}");
    }
    out
}
