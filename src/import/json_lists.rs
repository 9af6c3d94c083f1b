//! Where a JSON document keeps its events: in a list, in several lists of one shape under keys, or under keys themselves.

use super::json::Fields;
use super::recognise::says_when;
use serde_json::value::RawValue;
use std::collections::BTreeSet;

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

/// A list of objects, and the keys that lead to it.
struct Found<'t> {
    path: Vec<String>,
    elements: Vec<&'t RawValue>,
    length: usize,
}

/// Looks for the records of a document, in so many objects inside each other.
pub(super) fn find(text: &str, depth: usize) -> Result<Records<'_>, serde_json::Error> {
    if text.trim_start().starts_with('[') {
        let elements: Vec<&RawValue> = serde_json::from_str(text)?;
        return Ok(Records::Found {
            records: elements.into_iter().map(|own| (None, own)).collect(),
            beside: Vec::new(),
        });
    }
    let (mut lists, mut others, mut too_deep) = (Vec::new(), Vec::new(), false);
    look(text, depth, &mut Vec::new(), &mut lists, &mut others, &mut too_deep)?;
    let Some(main) = (0..lists.len()).min_by_key(|at| rank(&lists[*at])) else {
        return Ok(match keyed(text, depth)? {
            Some(records) => Records::Found { records, beside: Vec::new() },
            None if too_deep => Records::TooDeep,
            None => Records::None,
        });
    };
    let taken = alike(&lists, main);
    let several = taken.len() > 1;
    let own_path = |path: &[String]| taken.iter().any(|at| lists[*at].path.starts_with(path));
    let told = |list: &Found| format!("“{}” ({})", list.path.join("."), objects(list.elements.len()));
    let left = lists.iter().enumerate().filter(|(at, list)| !taken.contains(at) && !list.elements.is_empty());
    let mut beside: Vec<String> = left.map(|(_, list)| told(list)).collect();
    let rest = others.into_iter().filter(|path: &Vec<String>| path.len() == 1 && !own_path(path));
    beside.extend(rest.map(|path| format!("“{}”", path.join("."))));
    let key = |list: &Found| several.then(|| list.path[common(&lists, &taken)..].join(" / "));
    let records = taken.iter().flat_map(|at| {
        let key = key(&lists[*at]);
        lists[*at].elements.iter().map(move |own| (key.clone(), *own))
    });
    Ok(Records::Found { records: records.collect(), beside })
}

fn objects(count: usize) -> String {
    if count == 1 { "1 object".to_owned() } else { format!("{} objects", crate::text::grouped(count)) }
}

/// The better a list is the document's list of events, the lower: one with elements, one that is named so, one whose fields
/// say when, one nearer the top, the longest.
fn rank(list: &Found) -> (bool, bool, bool, usize, usize, std::cmp::Reverse<usize>) {
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
fn alike(lists: &[Found], main: usize) -> Vec<usize> {
    let own = &lists[main];
    if own.path.last().is_some_and(|key| LISTS.contains(&key.as_str())) {
        return vec![main];
    }
    let at_depth: Vec<usize> = (0..lists.len())
        .filter(|at| lists[*at].path.len() == own.path.len() && !lists[*at].elements.is_empty())
        .collect();
    let shape = shape(&own.elements);
    let alike: Vec<usize> =
        at_depth.iter().copied().filter(|at| similar(&shape, &self::shape(&lists[*at].elements)) >= 0.6).collect();
    if alike.len() > 1 && alike.len() * 10 >= at_depth.len() * 6 { alike } else { vec![main] }
}

/// How many keys at the beginning all of these paths share.
fn common(lists: &[Found], taken: &[usize]) -> usize {
    let first = &lists[taken[0]].path;
    let shared = |path: &[String]| path.iter().zip(first).take_while(|(a, b)| a == b).count();
    taken.iter().map(|at| shared(&lists[*at].path)).min().unwrap_or(0).min(first.len().saturating_sub(1))
}

/// The names of fields in the first objects of a list.
fn shape(elements: &[&RawValue]) -> BTreeSet<String> {
    let fields = elements.iter().take(5).filter_map(|own| serde_json::from_str::<Fields>(own.get()).ok());
    fields.flat_map(|fields| fields.0.into_iter().map(|(name, _)| name.into_owned())).collect()
}

/// How many names two shapes share, of all that either has.
fn similar(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let all = a.union(b).count();
    if all == 0 { 0.0 } else { a.intersection(b).count() as f64 / all as f64 }
}

/// Finds the lists of objects, and the paths of other objects and lists.
fn look<'t>(
    text: &'t str,
    depth: usize,
    path: &mut Vec<String>,
    lists: &mut Vec<Found<'t>>,
    others: &mut Vec<Vec<String>>,
    too_deep: &mut bool,
) -> Result<(), serde_json::Error> {
    if depth == 0 {
        *too_deep = true;
        return Ok(());
    }
    let Fields(fields) = serde_json::from_str(text)?;
    for (name, value) in fields {
        let own = value.get();
        let inside = own.strip_prefix('[').map(str::trim_start);
        path.push(name.into_owned());
        // Of objects, or empty: a list of names is no list of events.
        if inside.is_some_and(|inside| inside.starts_with(['{', ']'])) {
            lists.push(Found { path: path.clone(), elements: serde_json::from_str(own)?, length: own.len() });
        } else if own.starts_with('{') {
            if own.len() > 2 {
                others.push(path.clone());
            }
            look(own, depth - 1, path, lists, others, too_deep)?;
        } else if inside.is_some() && own.len() > 2 {
            others.push(path.clone());
        }
        path.pop();
    }
    Ok(())
}

/// Objects of one shape, each under a key of its own: `{"a": {…}, "b": {…}}`, at the top or deeper.
fn keyed(text: &str, depth: usize) -> Result<Option<Vec<Keyed<'_>>>, serde_json::Error> {
    if depth == 0 {
        return Ok(None);
    }
    let Fields(fields) = serde_json::from_str(text)?;
    let inner: Vec<&(_, &RawValue)> = fields.iter().filter(|(_, value)| value.get().starts_with('{')).collect();
    if let Some((_, first)) = inner.first()
        && inner.len() > 1
        && inner.len() * 10 >= fields.len() * 8
    {
        let shape = |value: &RawValue| shape(&[value]);
        let own = shape(first);
        let alike = inner.iter().filter(|(_, value)| similar(&own, &shape(value)) >= 0.5).count();
        if own.len() > 1 && alike * 10 >= inner.len() * 8 {
            return Ok(Some(inner.into_iter().map(|(key, value)| (Some(key.to_string()), *value)).collect()));
        }
    }
    for (_, value) in inner {
        if let Some(found) = keyed(value.get(), depth - 1)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
