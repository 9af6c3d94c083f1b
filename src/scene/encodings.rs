//! What marks tell beside their time.

use super::{Colours, Icons, Sizes};

/// By what marks are coloured, sized and given icons; nothing of it by default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Encodings<'a> {
    /// The colours of events by a field; without, each has its lane's.
    pub colours: Option<&'a Colours>,
    /// The sizes of marks by a column of numbers; without, all have the usual one.
    pub sizes: Option<&'a Sizes>,
    /// The icons of point events by a field; without, they are dots.
    pub icons: Option<&'a Icons>,
}
