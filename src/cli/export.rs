//! `kairograph export`.

use super::terminal::print_bytes;
use super::{ExportArgs, FontsArg, LegendArg, Usage, inputs, remark, viewport};
use crate::event::{DateOutliers, Document, Relations};
use crate::export::{
    About, Figure, FigureFormat, FigureInput, LegendPlace, MOST_PAGES, Rendered, Writing, compose_pages, numbered,
    render_pages, save_all, spare_inputs,
};
use crate::import::{Ledger, load};
use crate::index::{Grouping, Index};
use crate::query::{Mask, Query};
use crate::scene::{Colours, Encodings, Icons, Period, Scene, Sizes, Surroundings, Zero};
use crate::task::Control;
use crate::text::{TextMeter, boxed_words};
use crate::time::{Span, Zone};
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) fn run(args: &ExportArgs) -> anyhow::Result<()> {
    let page_count = args.pages * args.lane_pages;
    anyhow::ensure!(
        page_count <= MOST_PAGES,
        "{page_count} pages are asked for, and a figure has at most {MOST_PAGES}"
    );
    let format = format(args)?;
    spare_what_is_read(&args.output, &args.files, page_count)?;
    let control = args.limits.control();
    let import = load(&inputs(&args.files, &control)?, &args.reading.choices(), &control)?;
    tell_what_is_not_placed(&import.ledger);
    let showing = args.shown.showing();
    let document = &Document { table: Arc::new(import.document.table.shown(&showing)), ..import.document };
    let extent = document.extent().with_context(|| match document.table.rows() {
        0 => format!("there are no records, so there is nothing to draw: {}", document.name),
        _ => format!("no record has a date, so there is nothing to draw: {}", document.name),
    })?;
    let query = Query::parse(&args.search);
    if let Some(problem) = query.problem() {
        anyhow::bail!("the search asks for a time that cannot be read: {problem}");
    }
    let mask = query.mask(&document.table, &control)?;
    let mut look = args.look.look().with_columns(&import.ledger, &document.table).checked(&document.table)?;
    if look.grouping == Grouping::default() {
        look.grouping = Grouping::first_look(&document.table);
    }
    let no_room = |error| anyhow::anyhow!("the figure was not made, for {error}: {}", document.name);
    Index::room_for(&document.table, control.memory()).map_err(no_room)?;
    // Of all events first, so that parts of time are cut as the window cuts them, whatever is searched for.
    let all = Index::new(&document.table, &look.grouping, |_| true);
    let index = if mask.is_all() { all } else { all.keeping(&document.table, |event| mask.keeps(event)) };

    index.room_for_lanes(control.memory()).map_err(no_room)?;

    let unknown = look.lanes.hidden.iter().find(|name| !index.lanes().iter().any(|lane| lane.key() == **name));
    if let Some(name) = unknown {
        let there = index.lanes().iter().take(40).map(|lane| lane.key()).collect::<Vec<_>>().join(", ");
        anyhow::bail!("there is no lane “{name}” to hide; the lanes are: {there}");
    }
    let colours = look.colour_by.as_ref().map(|facet| Colours::new(&document.table, facet));
    let sizes = look.size_by.as_ref().and_then(|facet| Sizes::new(&document.table, facet));
    let icons = look.icons_by.as_ref().and_then(|facet| Icons::new(&document.table, facet));
    if let Some(facet) = look.icons_by.as_ref().filter(|_| icons.is_none()) {
        remark(&format!("No value of “{}” is called what an icon stands for, so points are dots.", facet.title()));
    }
    if let Some(without) = icons.as_ref().and_then(Icons::without) {
        remark(&format!("Values {without}; their points are dots."));
    }
    tell_if_empty(args, &index, &mask);
    let far = if document.table.warp().is_none() { document.table.date_outliers() } else { None };
    tell_gaps(args, document, far.is_some());
    if showing.without_gaps && document.table.warp().gaps_in(extent).next().is_none() {
        remark("No stretch without events is long enough to be left out, so --without-gaps changes nothing.");
    }
    // A few dates far away would press all others into a corner.
    let shown = far.as_ref().map_or(extent, |far| far.rest);
    tell_far(args, far.as_ref());
    let viewport = viewport(shown, args.from.as_ref(), args.to.as_ref(), &document.table)?;
    if !index.is_empty() && index.count_range_of_all(viewport.span()).possible == 0 {
        remark("No event lies between --from and --to, so the figure is empty.");
    }
    let relations = args.relations.then(|| Relations::of(&document.table));
    let (outside, periods): (Vec<Period>, Vec<Period>) =
        look.around.periods.iter().cloned().partition(|period| !touches(period, viewport.span(), document));
    tell_what_changes_nothing(args, format, document, relations.as_ref(), &outside);
    let text = TextMeter::new();
    let input = FigureInput {
        document,
        index: &index,
        mask: &mask,
        lanes: &look.lanes.of(&index),
        encodings: Encodings { colours: colours.as_ref(), sizes: sizes.as_ref(), icons: icons.as_ref() },
        relations: relations.as_ref(),
        around: &Surroundings { periods, ..around(args, &look.around, document) },
        known_until: showing.known_until,
        read_in: args.reading.choices().dates.zone,
        viewport,
        search: &args.search,
        text: &text,
    };
    let figure = figure(args);
    let fits = figure.font_that_fits();
    if let Some(asked) = args.font_size.filter(|asked| fits < *asked) {
        remark(&format!("Labels of {asked} points leave no room on the page; they have {fits:.1}."));
    }
    let pages = compose_pages(&figure, &input);
    tell_fewer_pages(page_count, pages.len());
    tell_what_has_no_room(&pages);
    tell_small_letters(&pages, args.font_size.map(|_| fits));
    tell_letters_without_font(&pages, &text);
    write(args, format, &pages, &text, &control)
}

/// Refuses to write over what is read, also where it is standard input, and where standard output is a file.
pub(super) fn spare_what_is_read(output: &Path, files: &[PathBuf], page_count: usize) -> anyhow::Result<()> {
    let behind =
        |path: &Path, stands_for: &str| PathBuf::from(if path == "-" { Path::new(stands_for) } else { path });
    let written = behind(output, "/dev/stdout");
    let paths: Vec<PathBuf> = std::iter::once(written).chain(numbered(output, page_count)).collect();
    let inputs: Vec<PathBuf> = files.iter().map(|file| behind(file, "/dev/stdin")).collect();
    Ok(spare_inputs(&paths, inputs.iter().map(PathBuf::as_path))?)
}

/// Says where much of the axis is empty.
fn tell_gaps(args: &ExportArgs, document: &Document, has_far: bool) {
    let gaps = if has_far { None } else { document.table.mostly_gaps() };
    if let Some(share) = gaps.filter(|_| args.from.is_none() && args.to.is_none()) {
        remark(&format!(
            "{:.0} % of the axis is time without events; --without-gaps leaves it out, at a break that says so.",
            share * 100.0
        ));
    }
}

/// Says how many dates are beyond the figure because they lie far away from all others.
fn tell_far(args: &ExportArgs, far: Option<&DateOutliers>) {
    if let Some(far) = far.filter(|_| args.from.is_none() || args.to.is_none()) {
        let count = far.rows.len();
        remark(&format!(
            "Dates far away from all others, and beyond the figure: {count}. --from and --to take them in; `kairograph inspect` \
             says where they are."
        ));
    }
}

/// Says how many records are on no timeline.
fn tell_what_is_not_placed(ledger: &Ledger) {
    let (undated, rejected) = (ledger.total(|file| file.undated), ledger.total(|file| file.rejected));
    if undated + rejected > 0 {
        remark(&format!(
            "Records without a date: {undated}; not usable: {rejected}. `kairograph inspect` tells why."
        ));
    }
}

/// What is written: as the option says, else as the file's ending does. What has no name is an SVG.
fn format(args: &ExportArgs) -> anyhow::Result<FigureFormat> {
    if let Some(format) = args.format {
        return Ok(format.into());
    }
    let is_stream = is_standard_output(&args.output)
        || std::fs::metadata(&args.output).is_ok_and(|there| !there.is_file() && !there.is_dir());
    match FigureFormat::of_path(&args.output) {
        Err(_) if is_stream => Ok(FigureFormat::Svg),
        other => other.map_err(|error| Usage(error.to_string().into()).into()),
    }
}

/// Whether a path means standard output, which may be a file that somebody else has opened.
pub(super) fn is_standard_output(path: &Path) -> bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|own| path == Path::new(own))
}

/// Writes the files, and says what they lack.
fn write(
    args: &ExportArgs,
    format: FigureFormat,
    pages: &[(Scene, About)],
    text: &TextMeter,
    control: &Control,
) -> anyhow::Result<()> {
    let scale = args.scale.unwrap_or(args.size.scale);
    let how = Writing { format, scale, embed_fonts: args.fonts == FontsArg::Embedded, text, control };
    let Rendered { files, remarks } = render_pages(pages, &how)?;
    for told in remarks {
        remark(&told);
    }
    if is_standard_output(&args.output) {
        let [bytes] = files.as_slice() else {
            anyhow::bail!(
                "{} files cannot be told apart on standard output; --format pdf holds all pages",
                files.len()
            )
        };
        return print_bytes(bytes).map(drop);
    }
    let paths = numbered(&args.output, files.len());
    Ok(save_all(&paths.into_iter().zip(files).collect::<Vec<_>>())?)
}

/// What stands around the lanes, as far as the clock of the axis lets it.
fn around(args: &ExportArgs, asked: &Surroundings, document: &Document) -> Surroundings {
    Surroundings { second: second_zone(args, document), zero: zero(asked, document), ..asked.clone() }
}

/// The moment from which days are counted, if there is one clock by which events are as far apart as they stand.
fn zero(around: &Surroundings, document: &Document) -> Option<Zero> {
    let zero = around.zero.clone().filter(|_| document.table.display().zone().is_some());
    if zero != around.zero {
        remark(
            "Events that each have their own clock are not as far apart as they stand, so --relative-to changes nothing.",
        );
    }
    zero
}

/// The zone of a second axis, if there is one clock beside which it could stand.
fn second_zone(args: &ExportArgs, document: &Document) -> Option<Zone> {
    let second = args.shown.second_zone.filter(|_| document.table.display().zone().is_some());
    if second != args.shown.second_zone {
        remark(
            "Events that each have their own clock have no second one in common, so --second-zone changes nothing.",
        );
    }
    second
}

/// Says why no event is left to draw.
fn tell_if_empty(args: &ExportArgs, index: &Index, mask: &Mask) {
    if index.is_empty() && args.search.trim().is_empty() {
        remark("Nothing was published of these events by that day, so the figure is empty.");
    } else if index.is_empty() {
        remark(&format!("{}, so the figure is empty.", mask.nothing_dated(&args.search)));
    }
}

/// Says which options change nothing in this figure.
fn tell_what_changes_nothing(
    args: &ExportArgs,
    format: FigureFormat,
    document: &Document,
    relations: Option<&Relations>,
    periods: &[Period],
) {
    if let Some(told) = relations.and_then(|relations| relations.remark(&document.table)) {
        remark(&told);
    }
    if relations.is_some_and(Relations::is_empty) {
        remark("No column names other events by their ids, so --relations draws no arrows.");
    }
    if args.scale.is_some() && format != FigureFormat::Png {
        remark("--scale counts the pixels of a PNG, and changes nothing here.");
    }
    if args.fonts == FontsArg::Named && format != FigureFormat::Svg {
        remark("--fonts is for an SVG, and changes nothing here.");
    }
    for period in periods {
        remark(&format!("The period “{}” lies outside the time of the figure.", period.name));
    }
}

/// Says where there are fewer pages than were asked for.
fn tell_fewer_pages(asked: usize, there_are: usize) {
    if there_are < asked {
        remark(&format!("{there_are} pages instead of {asked}: what would hold no lane or no event is left out."));
    }
}

/// Whether a period has a part in a time on the axis.
fn touches(period: &Period, time: Span, document: &Document) -> bool {
    let shown = document.table.warp().span_shown(period.extent());
    shown.start() < time.end() && shown.end() > time.start()
}

/// The figure that is asked for.
fn figure(args: &ExportArgs) -> Figure {
    Figure {
        title: args.title.clone(),
        subtitle: args.subtitle.clone(),
        caption: args.caption.clone(),
        size: args.size.size,
        fitted: args.fit,
        theme: args.theme.into(),
        palette: args.palette.into(),
        font: args.font_size.unwrap_or(args.size.font),
        legend: match args.legend {
            _ if args.no_legend => LegendPlace::Nowhere,
            LegendArg::Below => LegendPlace::Below,
            LegendArg::Above => LegendPlace::Above,
            LegendArg::None => LegendPlace::Nowhere,
        },
        sources: !args.no_sources,
        pages: args.pages,
        lane_pages: args.lane_pages,
    }
}

/// Says which letters are drawn as boxes.
fn tell_letters_without_font(pages: &[(Scene, About)], text: &TextMeter) {
    let missing = text.without_font(&pages.iter().map(|(scene, _)| scene.words()).collect::<String>());
    if !missing.is_empty() {
        remark(&format!("{}.", boxed_words(&missing)));
    }
}

/// Letters below this many points are hardly read on paper.
const READABLE: f32 = 5.0;

/// Says where labels had to be clearly smaller than was `asked`, or too small to be read.
fn tell_small_letters(pages: &[(Scene, About)], asked: Option<f32>) {
    let labelled = pages.iter().map(|(_, about)| about).filter(|about| about.labelled > 0);
    let least = labelled.map(|about| about.letters).fold(f32::INFINITY, f32::min);
    let smallest = pages.iter().map(|(_, about)| about.smallest).fold(f32::INFINITY, f32::min);
    if smallest < READABLE && smallest < least * 0.98 {
        remark(&format!(
            "The smallest letters, such as those of names of lanes, are {smallest:.1} points high; a larger --size or \
             --font-size, fewer lanes or --lane-pages help."
        ));
    }
    if least < asked.map_or(READABLE, |asked| asked * 0.85) {
        let instead = asked.map_or_else(String::new, |asked| format!(" instead of {asked:.1}"));
        remark(&format!(
            "For all rows to have room, labels are {least:.1} points high{instead}; a larger --size, fewer lanes, fewer \
             years, --pages or --lane-pages help."
        ));
    }
}

/// Says on standard error what the pages could not hold, and what would help.
fn tell_what_has_no_room(pages: &[(Scene, About)]) {
    let mut told = false;
    for (_, about) in pages {
        let page = if pages.len() > 1 { format!("Page {}: ", about.page) } else { String::new() };
        for words in about.left_out() {
            remark(&format!("{page}{words}."));
            told = true;
        }
    }
    if told {
        remark(
            "A larger --size, a smaller --font-size, fewer lanes (--most-lanes), fewer years (--from, --to), more --pages \
             or --lane-pages help.",
        );
    }
}
