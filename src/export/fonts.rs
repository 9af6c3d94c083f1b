//! The fonts that an SVG brings along: of each that draws its words, the letters that are used, with what shapes them.

use crate::scene::{Node, Primitive, Scene};
use crate::task;
use crate::text::{self, Drawing, NotEmbedded, Weight};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE_64;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What a style sheet says of the fonts of a scene.
pub(super) struct Fonts {
    /// Rules that bring the fonts along.
    pub rules: String,
    /// Families beside the bundled one, as a list of CSS that begins with its comma; empty where there are none.
    pub families: String,
}

impl Fonts {
    /// Those that draw a scene's words. What may not be brought along is named, for readers who have it.
    pub(super) fn of(scene: &Scene) -> Self {
        let drawings = drawings(&[scene]);
        let mut families = BTreeSet::new();
        let mut out = Self { rules: String::new(), families: String::new() };
        for (drawing, file) in drawings.iter().zip(files(&drawings)) {
            let family = quoted(&drawing.family);
            if drawing.family != text::FAMILY && families.insert(&drawing.family) {
                let _ = write!(out.families, ", {family}");
            }
            let Ok(file) = file else { continue };
            // A font that stands for all weights is not to be thickened by a renderer: it is not on the screen.
            let weight = drawing.weight.map_or_else(|| "1 1000".to_owned(), |weight| weight.css().to_string());
            let _ = writeln!(
                out.rules,
                "@font-face{{font-family:{family};font-weight:{weight};src:url(data:font/woff2;base64,{}) format('woff2')}}",
                BASE_64.encode(file)
            );
        }
        out
    }
}

/// Which fonts of the system pages cannot bring along as SVG, and why, each in a sentence.
#[must_use]
pub fn not_embedded<'s>(pages: impl IntoIterator<Item = &'s Scene>) -> Vec<String> {
    let pages: Vec<&Scene> = pages.into_iter().collect();
    let mut drawings = drawings(&pages);
    drawings.retain(|drawing| drawing.weight.is_none());
    let told = |(drawing, file): (&Drawing, Result<Vec<u8>, NotEmbedded>)| {
        let why = match file.err()? {
            NotEmbedded::Forbidden => "its maker does not allow it to be embedded",
            NotEmbedded::WithoutOutlines => "it has no outlines that could be embedded",
        };
        Some(format!("Some letters are drawn by the font {} where a reader has it: {why}.", drawing.family))
    };
    drawings.iter().zip(files(&drawings)).filter_map(told).collect()
}

fn files(drawings: &[Drawing]) -> Vec<Result<Vec<u8>, NotEmbedded>> {
    task::in_parallel(drawings.iter(), Drawing::file)
}

fn drawings(scenes: &[&Scene]) -> Vec<Drawing> {
    let mut texts = BTreeSet::new();
    for scene in scenes {
        gather(&scene.nodes, &mut texts);
    }
    text::drawings(&texts)
}

fn gather(nodes: &[Node], out: &mut BTreeSet<(Weight, String)>) {
    for node in nodes {
        match &node.primitive {
            Primitive::Text { text, weight, .. } => {
                out.insert((*weight, text.clone()));
            }
            Primitive::Clip { nodes, .. } => gather(nodes, out),
            _ => {}
        }
    }
}

/// A family's name as CSS within XML.
fn quoted(family: &str) -> String {
    let plain = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '+');
    if family == text::FAMILY {
        family.to_owned()
    } else {
        format!("'{}'", family.chars().filter(plain).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_font_breaks_out_of_no_rule() {
        assert_eq!(quoted("Inter"), "Inter");
        assert_eq!(quoted("IPA Pゴシック"), "'IPA Pゴシック'");
        assert_eq!(quoted("x';}</style><script>\\"), "'xstylescript'");
    }
}
