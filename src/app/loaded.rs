//! What is open, made ready to be shown, and what is seen of it under a search.

use super::look::Ask;
use crate::event::{DateOutliers, Document, EventTable, Facet, Relations};
use crate::import::{Import, Input, Ledger, sample};
use crate::index::{CountRange, Grouping, Index};
use crate::layout::Viewport;
use crate::query::{Mask, Query};
use crate::scene::{Colours, Encodings, Icons, Sizes};
use crate::task::{Control, Stopped};
use crate::time::{self, Span, TimePoint};
use std::sync::Arc;

/// What is open.
pub struct Loaded {
    /// The events as they were read.
    pub read: Arc<EventTable>,
    /// The events as they are shown: in a clock, as known on a day.
    pub document: Document,
    /// How they are shown, dealt out to lanes and coloured.
    pub ask: Ask,
    /// The fields that lanes and colours can be made by.
    pub facets: Vec<Facet>,
    /// Fields that were asked for and that it does not have.
    pub lacking: Vec<String>,

    /// The colours of events by a field; without, each has its lane's.
    pub colours: Option<Arc<Colours>>,
    /// The sizes of marks by a column of numbers; without, all have one.
    pub sizes: Option<Arc<Sizes>>,
    /// The icons of point events by a field; without, they are dots.
    pub icons: Option<Arc<Icons>>,
    /// The fields that icons can be made by.
    pub icon_fields: Vec<Facet>,
    /// How the file's columns join events.
    pub relations: Arc<Relations>,
    /// What the search says of each event.
    pub mask: Arc<Mask>,
    /// The account of every record.
    pub ledger: Ledger,
    /// The events that are shown, by lane, without any search.
    pub base: Arc<Index>,
    /// The events that pass the search, by lane.
    pub index: Arc<Index>,
    /// How many events that pass it touch each part of the whole extent, surely and at most.
    pub overview: Arc<Vec<CountRange>>,
    /// How many events have a date, without any search.
    pub placed: usize,
    /// From the first to the last publication of a source, for the slider "as known on".
    pub publications: Option<Span>,
    /// Accounts whose source has no date of publication.
    pub undated_sources: usize,
    /// From the earliest to the latest date.
    pub extent: Option<Span>,
    /// Where it came from, for "recent".
    pub inputs: Vec<Input>,
}

impl Loaded {
    /// An import made ready to be shown.
    #[must_use]
    pub fn new(import: Import, ask: &Ask) -> Self {
        let inputs = import.inputs;
        let read = import.document.table;
        let ask = ask.clone().with_columns(&import.ledger, &read);
        let lacking = ask.lacking(&read);
        let mut ask = ask.fitting(&read);
        if ask.grouping == Grouping::default() {
            ask.grouping = Grouping::first_look(&read);
        }
        let document = Document { name: import.document.name, table: Arc::new(read.shown(&ask.showing)) };
        let base = Arc::new(Index::new(&document.table, &ask.grouping, |_| true));
        let extent = document.extent();
        Self {
            extent,
            overview: Arc::new(overview(&base, extent, &document.table)),
            placed: base.all(),
            publications: read.publications(),
            undated_sources: read.unpublished(None),
            colours: colours(&document.table, &ask),
            sizes: sizes(&document.table, &ask),
            icons: icons(&document.table, &ask),
            icon_fields: Icons::fields(&read),
            facets: Facet::all(&read),
            relations: Arc::new(Relations::of(&read)),
            lacking,
            ask,
            index: base.clone(),
            base,
            mask: Arc::new(Mask::ALL),
            document,
            read,
            ledger: import.ledger,
            inputs,
        }
    }

    /// What marks tell beside their time.
    #[must_use]
    pub fn encodings(&self) -> Encodings<'_> {
        Encodings { colours: self.colours.as_deref(), sizes: self.sizes.as_deref(), icons: self.icons.as_deref() }
    }

    /// What is shown, of which [`seen`] takes what stays as it is.
    pub(super) fn shown(&self) -> Shown {
        Shown {
            ask: self.ask.clone(),
            table: self.document.table.clone(),
            base: self.base.clone(),
            extent: self.extent,
            colours: self.colours.clone(),
            sizes: self.sizes.clone(),
            icons: self.icons.clone(),
        }
    }

    /// Takes what [`seen`] has made.
    pub(super) fn take(&mut self, seen: Seen) {
        self.document.table = seen.shown.table;
        self.base = seen.shown.base;
        self.extent = seen.shown.extent;
        self.colours = seen.shown.colours;
        self.sizes = seen.shown.sizes;
        self.icons = seen.shown.icons;
        self.ask = seen.shown.ask;
        self.index = seen.index;
        self.mask = Arc::new(seen.mask);
        self.overview = Arc::new(seen.overview);
    }

    /// The window that shows all of it.
    #[must_use]
    pub fn whole(&self) -> Viewport {
        whole(self.extent, &self.document.table)
    }

    /// The window at first: all of a file; of the sample, the months of the article that it was made for.
    #[must_use]
    pub fn first_view(&self) -> Viewport {
        let month = |text| time::read(text).ok().map(|reading| reading.edtf.when().extent());
        match (self.inputs.as_slice() == [sample()], month("2022-05"), month("2022-09")) {
            (true, Some(from), Some(to)) => {
                Viewport::around(self.document.table.warp().span_shown(from.union(to)), Viewport::AIR)
            }
            _ => match self.far() {
                // A few dates far away would press all others into a corner; they wait beyond the edge.
                Some(far) => Viewport::around(far.rest, Viewport::AIR),
                None => self.whole(),
            },
        }
    }

    /// The field that makes the lanes, where the events have it.
    #[must_use]
    pub fn lanes_by(&self) -> Option<&Facet> {
        self.ask.grouping.by.first().filter(|facet| facet.in_table(&self.document.table).is_some())
    }

    /// What the file calls a field: its column's name, where there is one file; else the field's own name.
    #[must_use]
    pub fn called<'a>(&'a self, facet: &'a Facet) -> &'a str {
        let column = match (self.ledger.files.as_slice(), facet.field()) {
            ([file], Some(field)) => file.mapping.columns.iter().find(|column| column.field == field),
            _ => None,
        };
        let column = column.map(|column| column.name.trim());
        column.filter(|name| !name.eq_ignore_ascii_case(facet.title())).unwrap_or(facet.title())
    }

    /// Dates far away from all others, where time is drawn as it passes.
    #[must_use]
    pub fn far(&self) -> Option<DateOutliers> {
        let table = &self.document.table;
        if table.warp().is_none() { table.date_outliers() } else { None }
    }

    /// How many events pass the search.
    #[must_use]
    pub fn events_found(&self) -> usize {
        self.index.len()
    }

    /// From the earliest to the latest date of the events that pass the search, ends without date left out.
    #[must_use]
    pub fn found_extent(&self) -> Option<Span> {
        let inside = self.extent?;
        let held = |point: TimePoint| point.clamp(inside.start(), inside.end());
        self.index.extent().map(|extent| Span::new(held(extent.start()), held(extent.end())))
    }
}

/// The window that shows all of an extent.
fn whole(extent: Option<Span>, table: &EventTable) -> Viewport {
    Viewport::whole(extent.unwrap_or_else(|| Span::new(TimePoint::EPOCH, TimePoint::EPOCH)), || table.tells_hours())
}

/// Parts of the overview.
pub(super) const OVERVIEW_PARTS: usize = 180;

/// How many events touch each part of the whole extent, surely and at most.
fn overview(index: &Index, extent: Option<Span>, table: &EventTable) -> Vec<CountRange> {
    let window = whole(extent, table).span();
    index.counts_of_all(window, OVERVIEW_PARTS)
}

/// What is seen of the events that were read.
pub(super) struct Seen {
    shown: Shown,
    index: Arc<Index>,
    mask: Mask,
    overview: Vec<CountRange>,
}

impl Seen {
    /// How many events pass the search.
    pub(super) fn count(&self) -> usize {
        self.index.len()
    }
}

/// What is shown without any search.
pub(super) struct Shown {
    pub(super) ask: Ask,
    pub(super) table: Arc<EventTable>,
    pub(super) base: Arc<Index>,
    pub(super) extent: Option<Span>,
    pub(super) colours: Option<Arc<Colours>>,
    pub(super) sizes: Option<Arc<Sizes>>,
    pub(super) icons: Option<Arc<Icons>>,
}

impl Shown {
    /// The same for what is asked now; only what that changes is made anew.
    fn asked(self, read: &EventTable, ask: &Ask) -> Self {
        let again = ask.showing != self.ask.showing;
        let (table, extent) = if again {
            let table = Arc::new(read.shown(&ask.showing));
            let extent = Document { name: String::new(), table: table.clone() }.extent();
            (table, extent)
        } else {
            (self.table, self.extent)
        };
        let base = if again || ask.grouping != self.ask.grouping {
            Arc::new(Index::new(&table, &ask.grouping, |_| true))
        } else {
            self.base
        };
        let as_known = ask.showing.known_until == self.ask.showing.known_until;
        let colours =
            if as_known && ask.colour_by == self.ask.colour_by { self.colours } else { colours(&table, ask) };
        let sizes = if !again && ask.size_by == self.ask.size_by { self.sizes } else { sizes(&table, ask) };
        let icons = if ask.icons_by == self.ask.icons_by { self.icons } else { icons(&table, ask) };
        Self { ask: ask.clone(), table, base, extent, colours, sizes, icons }
    }
}

fn sizes(table: &EventTable, ask: &Ask) -> Option<Arc<Sizes>> {
    ask.size_by.as_ref().and_then(|facet| Sizes::new(table, facet)).map(Arc::new)
}

fn icons(table: &EventTable, ask: &Ask) -> Option<Arc<Icons>> {
    ask.icons_by.as_ref().and_then(|facet| Icons::new(table, facet)).map(Arc::new)
}

fn colours(table: &EventTable, ask: &Ask) -> Option<Arc<Colours>> {
    ask.colour_by.as_ref().map(|facet| Arc::new(Colours::new(table, facet)))
}

/// What is seen under a search when events are shown as `ask` says. What is shown so already is taken as it is.
///
/// # Errors
/// [`Stopped`] when `control` says so.
pub(super) fn seen(
    read: &EventTable,
    ask: &Ask,
    shown: Shown,
    search: &str,
    control: &Control,
) -> Result<Seen, Stopped> {
    let shown = shown.asked(read, ask);
    control.check()?;
    let (table, base) = (&shown.table, &shown.base);
    let mask = Query::parse(search).mask(table, control)?;
    let index = if mask.is_all() { base.clone() } else { Arc::new(base.keeping(table, |event| mask.keeps(event))) };
    control.check()?;
    let overview = overview(&index, shown.extent, &shown.table);
    Ok(Seen { shown, index, mask, overview })
}
