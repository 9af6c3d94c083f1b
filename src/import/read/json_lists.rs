//! Where a JSON document keeps its events: in a list, in several lists of one shape under keys, or under keys themselves.

use super::json::Fields;
use crate::import::recognise::says_when;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

/// Under these names an object keeps its list of events; the first one found wins.
const LISTS: [&str; 8] = ["events", "items", "records", "data", "rows", "results", "entries", "timeline"];

/// An object, with the key under which it or its list stands, where there are several.
type Keyed<'t> = (Option<String>, &'t RawValue);

/// The objects of a document that are records, in the order of its text.
pub(super) enum Records<'t> {
    Found {
        /// The objects.
        records: Vec<Keyed<'t>>,
        /// What else there is, to be told.
        beside: Vec<String>,
    },
    None,
    /// There is a list deeper than is looked.
    TooDeep,
}

/// A list of objects, or objects under keys of their own, and the keys that lead there.
struct RecordList<'t> {
    path: Vec<String>,
    elements: Vec<Keyed<'t>>,
    length: usize,
}

/// Looks for the records of a document, in so many objects inside each other.
pub(super) fn find(text: &str, depth: usize) -> Result<Records<'_>, serde_json::Error> {
    if text.trim_start().starts_with('[') {
        let elements: Vec<&RawValue> = serde_json::from_str(text)?;
        let records = elements.into_iter().map(|own| (None, own)).collect();
        return Ok(Records::Found { records, beside: Vec::new() });
    }
    let mut looked = ListSearch::default();
    looked.look(text, depth, &mut Vec::new())?;
    let ListSearch { lists, others, too_deep } = looked;
    let Some(main) = (0..lists.len()).min_by_key(|at| rank(&lists[*at])) else {
        return Ok(if too_deep { Records::TooDeep } else { Records::None });
    };
    let taken = alike(&lists, main);
    let is_taken: HashSet<usize> = taken.iter().copied().collect();
    let tops: HashSet<&str> = taken.iter().filter_map(|at| lists[*at].path.first()).map(String::as_str).collect();
    let told = |list: &RecordList| format!("“{}” ({})", list.path.join("."), objects(list.elements.len()));
    let left = lists.iter().enumerate().filter(|(at, list)| !is_taken.contains(at) && !list.elements.is_empty());
    let mut beside: Vec<String> = left.map(|(_, list)| told(list)).collect();
    beside.extend(others.iter().filter(|name| !tops.contains(name.as_str())).map(|name| format!("“{name}”")));
    let shared = common(&lists, &taken);
    let records = taken.iter().flat_map(|at| {
        let list = &lists[*at];
        let path = (taken.len() > 1).then(|| list.path[shared..].join(" / "));
        list.elements.iter().map(move |(key, own)| {
            let key = match (&path, key) {
                (Some(path), Some(key)) => Some(format!("{path} / {key}")),
                (path, key) => path.clone().or_else(|| key.clone()),
            };
            (key, *own)
        })
    });
    Ok(Records::Found { records: records.collect(), beside })
}

fn objects(count: usize) -> String {
    if count == 1 { "1 object".to_owned() } else { format!("{} objects", crate::text::grouped(count)) }
}

/// The better a list is the document's list of events, the lower: one with elements, one that is named so, one whose fields
/// say when, one nearer the top, the longest.
fn rank(list: &RecordList) -> (bool, bool, bool, usize, usize, std::cmp::Reverse<usize>) {
    let place = |key: &String| LISTS.iter().position(|own| own == key);
    let own_name = list.path.last().and_then(place);
    let named = list.path.iter().any(|key| place(key).is_some());
    let dated = shape(&list.elements).iter().any(|name| says_when(name));
    (
        list.elements.is_empty(),
        !named,
        !dated,
        list.path.len(),
        own_name.unwrap_or(LISTS.len()),
        std::cmp::Reverse(list.length),
    )
}

/// The lists that are read with the main one: those of its shape at its depth, if that is what most there are, and its own
/// name does not say that it is the list.
fn alike(lists: &[RecordList], main: usize) -> Vec<usize> {
    let own = &lists[main];
    let last = |list: &RecordList| list.path.last().filter(|key| LISTS.contains(&key.as_str())).cloned();
    // Where a name says that this is the list, only others of that name are more of it.
    let named = last(own);
    let at_depth: Vec<usize> = (0..lists.len())
        .filter(|at| lists[*at].path.len() == own.path.len() && !lists[*at].elements.is_empty())
        .filter(|at| named.is_none() || last(&lists[*at]) == named)
        .collect();
    let shape = shape(&own.elements);
    let alike: Vec<usize> =
        at_depth.iter().copied().filter(|at| similar(&shape, &self::shape(&lists[*at].elements)) >= 0.6).collect();
    if alike.len() > 1 && alike.len() * 10 >= at_depth.len() * 6 { alike } else { vec![main] }
}

/// How many keys at the beginning all of these paths share.
fn common(lists: &[RecordList], taken: &[usize]) -> usize {
    let first = &lists[taken[0]].path;
    let shared = |path: &[String]| path.iter().zip(first).take_while(|(a, b)| a == b).count();
    taken.iter().map(|at| shared(&lists[*at].path)).min().unwrap_or(0).min(first.len().saturating_sub(1))
}

/// The names of fields in the first objects of a list.
fn shape(elements: &[Keyed<'_>]) -> BTreeSet<String> {
    let fields = elements.iter().take(5).filter_map(|(_, own)| serde_json::from_str::<Fields>(own.get()).ok());
    fields.flat_map(|fields| fields.0.into_iter().map(|(name, _)| name.into_owned())).collect()
}

/// How many names two shapes share, of all that either has.
fn similar(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let all = a.union(b).count();
    if all == 0 { 0.0 } else { a.intersection(b).count() as f64 / all as f64 }
}

/// What is found on the way through a document.
#[derive(Default)]
struct ListSearch<'t> {
    lists: Vec<RecordList<'t>>,
    /// Other objects and lists at the top.
    others: Vec<String>,
    /// Whether something lies deeper than is looked.
    too_deep: bool,
}

impl<'t> ListSearch<'t> {
    /// Finds the lists of objects, and objects of one shape under keys of their own, whose insides are not looked at.
    fn look(&mut self, text: &'t str, depth: usize, path: &mut Vec<String>) -> Result<(), serde_json::Error> {
        if depth == 0 {
            self.too_deep = true;
            return Ok(());
        }
        let Fields(fields) = serde_json::from_str(text)?;
        if let Some(elements) = keyed(&fields) {
            self.lists.push(RecordList { path: path.clone(), elements, length: text.len() });
            return Ok(());
        }
        for (name, value) in fields {
            let own = value.get();
            let inside = own.strip_prefix('[').map(str::trim_start);
            let is_other = own.len() > 2 && (own.starts_with('{') || inside.is_some());
            path.push(name.into_owned());
            // Of objects, or empty: a list of names is no list of events.
            if inside.is_some_and(|inside| inside.starts_with(['{', ']'])) {
                let elements: Vec<&RawValue> = serde_json::from_str(own)?;
                let elements = elements.into_iter().map(|own| (None, own)).collect();
                self.lists.push(RecordList { path: path.clone(), elements, length: own.len() });
            } else {
                self.others.extend(path.first().filter(|_| is_other && path.len() == 1).cloned());
                if own.starts_with('{') {
                    self.look(own, depth - 1, path)?;
                }
            }
            path.pop();
        }
        Ok(())
    }
}

/// The objects of one shape that say when, each under a key of its own, if that is what nearly all fields are:
/// `{"a": {"date": …}, "b": {"date": …}}`.
fn keyed<'t>(fields: &[(Cow<'t, str>, &'t RawValue)]) -> Option<Vec<Keyed<'t>>> {
    let inner: Vec<Keyed<'t>> = fields
        .iter()
        .filter(|(_, value)| value.get().starts_with('{'))
        .map(|(key, value)| (Some(key.to_string()), *value))
        .collect();
    if inner.len() < 2 || inner.len() * 10 < fields.len() * 8 {
        return None;
    }
    let own = shape(&inner[..1]);
    let says_when = own.iter().any(|name| says_when(name));
    // The first ones tell what the others are.
    let looked = &inner[..inner.len().min(50)];
    let alike = looked.iter().filter(|own_one| similar(&own, &shape(std::slice::from_ref(own_one))) >= 0.5).count();
    (own.len() > 1 && says_when && alike * 10 >= looked.len() * 8).then_some(inner)
}
