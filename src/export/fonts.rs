//! The fonts that an SVG brings along: of each that draws its words, the letters that are used, with what shapes them.

use crate::scene::{Node, Primitive, Scene};
use crate::task;
use crate::text::{self, Drawing, Weight};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE_64;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What a style sheet says of the fonts of a scene.
pub(super) struct Fonts {
    /// Rules that bring the fonts along; empty where they are only named.
    pub rules: String,
    /// Families beside the bundled one, as a list of CSS that begins with its comma; empty where there are none.
    pub families: String,
    /// Which fonts were not brought along, and why, each in a sentence.
    pub refused: Vec<String>,
}

impl Fonts {
    /// Those that draw a scene's words: brought along, as far as that is allowed, or only named, for readers who have them.
    pub(super) fn of(scene: &Scene, embed: bool) -> Self {
        let drawings = drawings(scene);
        let files = if embed { task::in_parallel(drawings.iter(), Drawing::file) } else { Vec::new() };
        let mut out = Self { rules: String::new(), families: String::new(), refused: Vec::new() };
        let mut named = BTreeSet::from([text::FAMILY]);
        for (at, drawing) in drawings.iter().enumerate() {
            // Under a name of its own: an installed font that is called alike may lack what this one was asked for.
            let own = drawing.weight.map_or_else(|| format!("'Kairograph {at}'"), |_| text::FAMILY.to_owned());
            match files.get(at) {
                Some(Ok(file)) => {
                    // A font that stands for all weights is not to be thickened by a renderer: it is not on the screen.
                    let weight =
                        drawing.weight.map_or_else(|| "1 1000".to_owned(), |weight| weight.css().to_string());
                    let _ = writeln!(
                        out.rules,
                        "@font-face{{font-family:{own};font-weight:{weight};src:url(data:font/woff;base64,{}) \
                         format('woff')}}",
                        BASE_64.encode(file)
                    );
                    if drawing.weight.is_none() {
                        let _ = write!(out.families, ", {own}");
                    }
                }
                Some(Err(why)) => out.refused.push(format!(
                    "The font {} is not in the figure, for {}; readers without it see another one.",
                    drawing.family,
                    why.words()
                )),
                None => {}
            }
            if named.insert(&drawing.family) {
                let _ = write!(out.families, ", {}", quoted(&drawing.family));
            }
        }
        out
    }
}

fn drawings(scene: &Scene) -> Vec<Drawing> {
    let mut texts = BTreeSet::new();
    gather(&scene.nodes, &mut texts);
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

/// A family's name as a string of CSS within XML: signs are written by their numbers (CSS Syntax 3, "escaping").
fn quoted(family: &str) -> String {
    let mut out = String::from("'");
    for letter in family.chars() {
        match letter {
            letter if letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.') => out.push(letter),
            letter => {
                let _ = write!(out, "\\{:x} ", u32::from(letter));
            }
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_font_breaks_out_of_no_rule() {
        assert_eq!(quoted("IPA Pゴシック"), "'IPA Pゴシック'");
        assert_eq!(quoted("X (Hebrew)"), "'X \\28 Hebrew\\29 '");
        let odd = quoted("x';}</style><script>\\&");
        assert!(!odd.contains(['<', '>', '&', ';', '}']) && odd.matches('\'').count() == 2, "{odd}");
    }
}
