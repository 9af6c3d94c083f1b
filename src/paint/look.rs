//! The theme in egui's terms.

use crate::scene::{Rgba, Theme, ThemeName};
use crate::text::{self, Weight};
use egui::{Color32, Context, CornerRadius, RichText, Stroke, TextStyle, Visuals};

/// A colour of the theme as egui's.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where the theme's colours become egui's")]
pub fn colour(colour: Rgba) -> Color32 {
    let [r, g, b, a] = colour.0;
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// Text in the semi-bold face; egui's own "strong" only changes the colour.
#[must_use]
pub fn bold(text: impl Into<String>) -> RichText {
    RichText::new(text).font(Weight::SemiBold.font(13.0))
}

/// Gives a context the bundled fonts and both themes.
pub fn install(ctx: &Context) {
    ctx.set_fonts(text::font_definitions());
    for (theme, name) in [(egui::Theme::Light, ThemeName::Light), (egui::Theme::Dark, ThemeName::Dark)] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals(Theme::named(name));
            style.text_styles = [
                (TextStyle::Small, Weight::Regular.font(11.5)),
                (TextStyle::Body, Weight::Regular.font(13.0)),
                (TextStyle::Button, Weight::Regular.font(13.0)),
                (TextStyle::Heading, Weight::SemiBold.font(17.0)),
                (TextStyle::Monospace, Weight::Regular.font(12.5)),
            ]
            .into();
            style.spacing.item_spacing = egui::vec2(8.0, 6.0);
            style.spacing.button_padding = egui::vec2(9.0, 4.0);
            style.spacing.interact_size.y = 24.0;
            // A list that goes on below its edge says so before the pointer is on it.
            style.spacing.scroll.dormant_handle_opacity = 0.35;
            style.interaction.selectable_labels = true;
        });
    }
    // Where the system does not tell, paper is what a reader expects.
    ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
}

fn visuals(theme: &Theme) -> Visuals {
    let mut visuals = if theme.name == ThemeName::Dark { Visuals::dark() } else { Visuals::light() };
    let (text, dim, line) = (colour(theme.text), colour(theme.dim), colour(theme.separator));
    visuals.panel_fill = colour(theme.panel);
    visuals.window_fill = colour(theme.background);
    visuals.extreme_bg_color = colour(theme.background);
    visuals.faint_bg_color = colour(theme.lane);
    visuals.hyperlink_color = colour(theme.accent);
    visuals.warn_fg_color = colour(theme.warning);
    visuals.error_fg_color = colour(theme.warning);
    visuals.weak_text_color = Some(dim);
    visuals.window_stroke = Stroke::new(1.0, line);
    visuals.selection.bg_fill = colour(theme.accent.alpha(SELECTED));
    visuals.selection.stroke = Stroke::new(1.0, colour(chosen(theme)));
    let widgets = &mut visuals.widgets;
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, line);
    for widget in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        widget.fg_stroke.color = text;
        widget.corner_radius = CornerRadius::same(4);
    }
    widgets.inactive.weak_bg_fill = colour(theme.separator.alpha(0.55));
    widgets.inactive.bg_stroke = Stroke::new(1.0, line);
    visuals
}

/// How strong the accent is behind what is selected.
const SELECTED: f32 = 0.22;

/// The colour of words that are selected: nearer to that of text than the accent, so that they can be read on it.
fn chosen(theme: &Theme) -> Rgba {
    theme.text.alpha(0.35).over(theme.accent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_selected_can_be_read() {
        for theme in [&Theme::LIGHT, &Theme::DARK] {
            for ground in [theme.panel, theme.background] {
                let contrast = chosen(theme).contrast(theme.accent.alpha(SELECTED).over(ground));
                assert!(contrast >= 4.5, "{:?} {contrast}", theme.name);
            }
        }
    }
}
