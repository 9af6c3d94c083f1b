//! The command line: what to open, export or inspect.
//!
//! It parses, calls the library and prints; the only module that prints. Exit codes: 0 done, 1 failed, 2 usage.

mod date;
mod events;
mod export;
mod inspect;
mod limits;
mod look;
mod reading;
mod terminal;

pub use look::Look;
pub use terminal::{print, remark, shown};

use limits::LimitArgs;
use look::LookArgs;
use reading::{OrderArg, ReadingArgs, ShownArgs};
use terminal::print_bytes;

use crate::event::Showing;
use crate::export::{Figure, FigureFormat, MOST_PAGES, PAGE_SIZES, PRINTED, PageSize};
use crate::import::{Choices, Format, Input};
use crate::layout::Viewport;
use crate::scene::{Palette, ThemeName};
use crate::task::{Control, Limits};
use crate::time::{self, Edtf};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::borrow::Cow;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Open a file of dated events and see it on a timeline.
///
/// Dates keep the precision their source gave: "May 2022" is drawn as some time in May, never as 1 May. Columns
/// are recognised by name and content.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_help = format!("Reads {}.\n\n{EXAMPLES}", Format::names()))]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    open: Open,
}

const EXAMPLES: &str = "Examples:
  kairograph                                   open the bundled sample
  kairograph drills.csv summits.json           open two files in one timeline
  kairograph export drills.csv -o drills.pdf   draw a figure without a display
  kairograph inspect drills.csv                see what was made of every column and record
  kairograph events drills.csv                 get its events as JSON lines";

/// What to open in the window.
#[derive(Args, Clone, Debug, Default)]
pub struct Open {
    /// Files to open together; none opens the bundled sample, - reads standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How to draw the window; the default is what works best on this system
    #[arg(long, value_enum)]
    pub renderer: Option<Renderer>,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    shown: ShownArgs,
    #[command(flatten)]
    look: LookArgs,
    #[command(flatten)]
    limits: LimitArgs,
}

/// A way to draw the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Renderer {
    /// OpenGL.
    Glow,
    /// Vulkan, Metal, Direct3D or OpenGL.
    Wgpu,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Draw a figure into a file, with no display
    Export(Box<ExportArgs>),
    /// Tell what was made of every column and record of a file
    Inspect(InspectArgs),
    /// Write the events of files for other programs, as JSON lines or CSV
    Events(Box<events::EventsArgs>),
    /// Tell what would be made of a text as a date
    Date(DateArgs),
    /// Measure what opening, drawing and searching a file cost
    #[command(hide = true)]
    Bench(BenchArgs),
}

#[derive(Args, Debug)]
#[command(after_help = DATE_EXAMPLES)]
struct DateArgs {
    /// Texts to read as dates; - reads one a line from standard input
    #[arg(value_name = "TEXT", required = true)]
    texts: Vec<String>,
    /// Admit EDTF (ISO 8601-2, levels 0 to 2) and nothing else
    #[arg(long)]
    edtf: bool,
    /// Order of numeric dates such as 5/6/2022; without it both readings are kept
    #[arg(long, value_enum, value_name = "ORDER")]
    order: Option<OrderArg>,
    /// Zone of times that have no offset: an IANA name, UTC or system
    #[arg(long, value_name = "ZONE", value_parser = reading::zone)]
    zone: Option<time::Zone>,
    /// Calendar of texts that name none: persian, hijri, hebrew, buddhist, roc, julian, french-republican, …
    #[arg(long, value_name = "CALENDAR", value_parser = reading::calendar)]
    calendar: Option<time::Calendar>,
    /// Print one JSON object a text, on a line of its own
    #[arg(long)]
    json: bool,
}

const DATE_EXAMPLES: &str = "Examples:
  kairograph date \"late May 2022\" \"30 August to 5 September 2022\"
  kairograph date 5/6/2022 --order dmy
  cut -f3 drills.tsv | kairograph date --json -

A text that is no date is answered with the reason. The exit code is 0 where at least one text is a date, else 1.";

#[derive(Args, Debug)]
#[command(after_help = EXPORT_EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
struct ExportArgs {
    /// Files to draw together; - reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The file to write; its ending says what: .svg, .png or .pdf; - writes to standard output
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// What to write, where the file's ending does not say it [default: svg]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<FormatArg>,
    /// The page: screen, slide, a4, a4-portrait, a3, a3-portrait, letter, letter-portrait, column (85 mm), columns
    /// (174 mm), square, or its size as 1400x900 in points (1/72 inch in a PDF, pixels at scale 1 in a PNG) or 85x60mm
    #[arg(long, value_name = "PAGE", default_value = "screen", value_parser = page)]
    size: Page,
    /// Size of labels on the finished page in points; all else keeps its proportion
    #[arg(long, value_name = "PT", value_parser = font_size)]
    font_size: Option<f32>,
    /// Deal the time out over so many pages: one PDF, or numbered files
    #[arg(long, value_name = "N", default_value = "1", value_parser = pages)]
    pages: usize,
    /// Deal the lanes out over so many pages, for each part of the time
    #[arg(long, value_name = "N", default_value = "1", value_parser = pages)]
    lane_pages: usize,
    /// Pixels per point of a PNG; without it 1, and 300 to the inch (4.17) on paper sizes and those in mm
    #[arg(long, value_name = "N", value_parser = scale)]
    scale: Option<f32>,
    /// The fonts of an SVG: their letters in the file, or by name alone, for those who have them (a smaller file)
    #[arg(long, value_enum, default_value = "embedded", value_name = "HOW")]
    fonts: FontsArg,
    /// Make the figure only as high as its lanes need, at most as high as its page
    #[arg(long)]
    fit: bool,
    /// Colours
    #[arg(long, value_enum, default_value = "light")]
    theme: ThemeArg,
    /// Whose hues lanes and values have; both are made for all kinds of colour vision
    #[arg(long, value_enum, default_value = "okabe-ito", value_name = "HUES")]
    palette: PaletteArg,
    /// Where the figure begins: a date such as 2022-05, or "24 May 2022"; all of it is seen
    #[arg(long, value_name = "D", value_parser = date, allow_hyphen_values = true)]
    from: Option<Edtf>,
    /// Where the figure ends; all of that date is seen
    #[arg(long, value_name = "D", value_parser = date, allow_hyphen_values = true)]
    to: Option<Edtf>,
    /// Show only events in which all these words occur
    #[arg(long, value_name = "TEXT", default_value = "")]
    search: String,
    /// Draw arrows between events that columns of ids join, such as `relates_to`, `responds_to` or `part_of`
    #[arg(long)]
    relations: bool,
    /// The figure's title
    #[arg(long, value_name = "T", default_value = "")]
    title: String,
    /// The line under the title; without, what is shown
    #[arg(long, value_name = "T", default_value = "")]
    subtitle: String,
    /// A caption under the picture
    #[arg(long, value_name = "T", default_value = "")]
    caption: String,
    /// Where the legend stands
    #[arg(long, value_enum, default_value = "below", value_name = "PLACE")]
    legend: LegendArg,
    /// Leave out the legend
    #[arg(long, conflicts_with = "legend")]
    no_legend: bool,
    /// Leave out the numbered list of sources
    #[arg(long)]
    no_sources: bool,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    shown: ShownArgs,
    #[command(flatten)]
    look: LookArgs,
    #[command(flatten)]
    limits: LimitArgs,
}

const EXPORT_EXAMPLES: &str = "Examples:
  kairograph export drills.csv -o drills.svg
  kairograph export drills.csv -o who.svg --lanes who --colour kind --lane-order name
  kairograph export drills.csv -o drills.png --size 1600x900 --scale 2 --theme dark
  kairograph export drills.csv -o spring.pdf --from 2022-04 --to 2022-06 --search china --title \"Spring 2022\"";

#[derive(Args, Debug)]
struct InspectArgs {
    /// Files to look at, one report each; - reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Print one JSON object a file, on a line of its own
    #[arg(long)]
    json: bool,
    /// Print which column feeds which field, as JSON that --map reads
    #[arg(long, conflicts_with = "json")]
    mapping: bool,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Args, Debug)]
struct BenchArgs {
    /// Files to open together
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Size of the window in points
    #[arg(long, value_name = "WxH", default_value = "1360x860", value_parser = size)]
    size: (f32, f32),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ThemeArg {
    Light,
    Dark,
    /// Black, white and greys
    Grey,
}

impl From<ThemeArg> for ThemeName {
    fn from(theme: ThemeArg) -> Self {
        match theme {
            ThemeArg::Light => Self::Light,
            ThemeArg::Dark => Self::Dark,
            ThemeArg::Grey => Self::Grey,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PaletteArg {
    /// Few hues, far apart
    OkabeIto,
    /// Hues after the taste of readers
    Petroff,
}

impl From<PaletteArg> for Palette {
    fn from(palette: PaletteArg) -> Self {
        match palette {
            PaletteArg::OkabeIto => Self::OkabeIto,
            PaletteArg::Petroff => Self::Petroff,
        }
    }
}

/// The command line asks for something that cannot be.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(Cow<'static, str>);

/// What is left to do after the command line has had its turn.
#[derive(Debug)]
pub enum Next {
    /// Nothing: end with this code.
    Exit(ExitCode),
    /// Open a window.
    Window(Box<Start>),
    /// Measure these files in a window of this size, in points, and print what comes of it.
    Bench(Vec<Input>, (f32, f32)),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LegendArg {
    /// Under the lanes
    Below,
    /// Over the axis
    Above,
    /// Nowhere
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatArg {
    Svg,
    Png,
    Pdf,
}

impl From<FormatArg> for FigureFormat {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Svg => Self::Svg,
            FormatArg::Png => Self::Png,
            FormatArg::Pdf => Self::Pdf,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FontsArg {
    /// Put the letters that are used into the file
    Embedded,
    /// Only name the fonts
    Named,
}

/// What a window starts with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// What to open.
    pub inputs: Vec<Input>,
    /// How dates are read.
    pub choices: Choices,
    /// How events are shown.
    pub showing: Showing,
    /// Whether the command line names the clock; if not, the one used last is.
    pub display_given: bool,
    /// The zone of a second axis, where the command line names one.
    pub second_zone: Option<time::Zone>,
    /// Lanes and colours.
    pub look: Look,
    /// How the window is drawn.
    pub renderer: Option<Renderer>,
    /// What files may take at most.
    pub limits: Limits,
}

impl Cli {
    /// Parses the program's arguments; ends the program where they are wrong or ask for help.
    #[must_use]
    pub fn from_arguments() -> Self {
        Self::of_arguments(std::env::args_os()).unwrap_or_else(|error| {
            // It tells what was typed, which may be what a terminal obeys.
            let words = error.render().to_string();
            if !error.use_stderr() || matches!(shown(&words), Cow::Borrowed(_)) {
                error.exit();
            }
            terminal::remark_lines(words.trim_end());
            std::process::exit(error.exit_code());
        })
    }

    /// Parses arguments, of which the first is the program's name.
    ///
    /// # Errors
    /// When they are wrong, or ask for help.
    pub fn of_arguments(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        Self::try_parse_from(date::texts_last(arguments.into_iter().collect()))
    }

    /// Does what the command line asks for, up to opening a window.
    ///
    /// # Errors
    /// When a command fails; the error is for the user to read.
    pub fn run(self) -> anyhow::Result<Next> {
        match self.command {
            Some(Command::Export(args)) => export::run(&args)?,
            Some(Command::Inspect(args)) => inspect::run(&args)?,
            Some(Command::Events(args)) => events::run(&args)?,
            Some(Command::Date(args)) => return Ok(Next::Exit(date::run(&args)?)),
            Some(Command::Bench(args)) => return Ok(Next::Bench(inputs(&args.files, &Control::new())?, args.size)),
            None => {
                let inputs = if self.open.files.is_empty() {
                    vec![crate::import::sample()]
                } else {
                    inputs(&self.open.files, &self.open.limits.control())?
                };
                let Open { reading, shown, look, renderer, limits, .. } = self.open;
                return Ok(Next::Window(Box::new(Start {
                    inputs,
                    choices: reading.choices(),
                    showing: shown.showing(),
                    display_given: shown.display().is_some(),
                    second_zone: shown.second_zone,
                    look: look.look(),
                    renderer,
                    limits: limits.limits(),
                })));
            }
        }
        Ok(Next::Exit(ExitCode::SUCCESS))
    }
}

/// The inputs that paths name; `-` is standard input, read here.
fn inputs(paths: &[PathBuf], control: &Control) -> anyhow::Result<Vec<Input>> {
    let input = |path: &PathBuf| {
        if path.as_os_str() != "-" {
            return Ok(Input::Path(path.clone()));
        }
        Ok(Input::of_stream("standard input", std::io::stdin().lock(), control)?)
    };
    paths.iter().map(input).collect()
}

/// The most memory that the process had so far, in MiB, as Linux tells it; 0 elsewhere.
#[must_use]
pub fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok());
    (kib.unwrap_or(0.0) / 102.4).round() / 10.0
}

fn size(text: &str) -> Result<(f32, f32), String> {
    let sides =
        text.split_once(['x', 'X', '×']).and_then(|(w, h)| Some((w.trim().parse().ok()?, h.trim().parse().ok()?)));
    match sides {
        Some((w, h)) if (200.0..=20_000.0).contains(&w) && (150.0..=20_000.0).contains(&h) => Ok((w, h)),
        Some(_) => Err("a page is from 200x150 to 20000x20000 points".to_owned()),
        None => {
            let names = PAGE_SIZES.map(|page| page.name).join(", ");
            Err(format!("write the size as WIDTHxHEIGHT, such as 1400x900 or 85x60mm, or name one: {names}"))
        }
    }
}

/// A page's size in points, and the size of labels that suits it.
#[derive(Clone, Copy, Debug)]
struct Page {
    size: (f32, f32),
    font: f32,
    /// Pixels per point that suit it.
    scale: f32,
}

fn page(text: &str) -> Result<Page, String> {
    if let Some(PageSize { size, font, scale, .. }) = PageSize::named(text) {
        return Ok(Page { size, font, scale });
    }
    let font = Figure::default().font;
    match text.trim().strip_suffix("mm") {
        Some(length) => {
            let point = 72.0 / 25.4;
            let sides = length.split_once(['x', 'X', '×']);
            let sides = sides.and_then(|(w, h)| Some((w.trim().parse::<f32>().ok()?, h.trim().parse::<f32>().ok()?)));
            let Some((w, h)) = sides else {
                return Err("write the size as WIDTHxHEIGHTmm, such as 85x60mm".to_owned());
            };
            size(&format!("{}x{}", w * point, h * point)).map(|size| Page {
                size,
                font: font.min(size.0 / 60.0).max(5.0),
                scale: PRINTED,
            })
        }
        None => size(text).map(|size| Page { size, font, scale: 1.0 }),
    }
}

fn font_size(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(size) if (3.0..=60.0).contains(&size) => Ok(size),
        _ => Err("the size of labels is from 3 to 60 points".to_owned()),
    }
}

fn pages(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(pages) if (1..=MOST_PAGES).contains(&pages) => Ok(pages),
        _ => Err(format!("a figure has from 1 to {MOST_PAGES} pages")),
    }
}

fn scale(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(scale) if (0.1..=20.0).contains(&scale) => Ok(scale),
        _ => Err("the scale is a number from 0.1 to 20".to_owned()),
    }
}

fn date(text: &str) -> Result<Edtf, String> {
    match time::read(text) {
        Ok(reading) if matches!(&reading.edtf, Edtf::OneOf(parts) if parts.len() > 1) => {
            Err("this may be several dates; write it as 2022-05-24".to_owned())
        }
        Ok(reading) => Ok(reading.edtf),
        Err(error) => Err(error.to_string()),
    }
}

/// The window that `--from` and `--to` ask for, the rest from the whole extent.
fn viewport(
    extent: time::Span,
    from: Option<&Edtf>,
    to: Option<&Edtf>,
    table: &crate::event::EventTable,
) -> anyhow::Result<Viewport> {
    // A time with an offset stands by the same clock as the events.
    let shown = |edtf: &Edtf| table.warp().span_shown(table.display().when(&edtf.when(), edtf).extent());
    // To a day is to its end, but to a time of day is to that time.
    let is_time = |edtf: &Edtf| edtf.precision().is_some_and(|precision| precision >= time::Precision::Hour);
    let last = |edtf: &Edtf| if is_time(edtf) { shown(edtf).start() } else { shown(edtf).end() };
    let (from, to) = (from.map(shown), to.map(last));
    let start = from.map_or(extent.start(), time::Span::start);
    let end = to.unwrap_or(extent.end());
    if start >= end {
        let words = match (from, to) {
            (None, _) => {
                "--to lies before the first event, so the figure would hold nothing; --from may begin it earlier"
            }
            (_, None) => "--from lies after the last event, so the figure would hold nothing; --to may end it later",
            _ => "the figure would end before it starts; check --from and --to",
        };
        return Err(Usage(words.into()).into());
    }
    let window = time::Span::new(start, end);
    // A side that was asked for is where it was asked for; the other gets a little air.
    let whole = Viewport::whole(window, || table.tells_hours());
    let wider = whole.width_nanos() > Viewport::around(window, Viewport::AIR).width_nanos();
    // All of a document of a few days has days around it.
    let airy = if wider && from.is_none() && to.is_none() { whole } else { Viewport::around(window, 0.015) }.span();
    let (start, end) = (from.map_or(airy.start(), |_| start), to.map_or(airy.end(), |_| end));
    Ok(Viewport::over(time::Span::new(start, end)))
}
