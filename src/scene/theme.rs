//! All colours there are, in a light and a dark theme.
//!
//! Lane colours are Okabe and Ito's palette for all kinds of colour vision ("Color Universal Design", 2008), its
//! yellow replaced by a grey that white paper carries; or, by choice, Petroff's ("Accessible Color Sequences for Data
//! Visualization", 2021), its palest hues darkened so that paper carries them. The dark theme's are the same hues,
//! lighter.

use serde::{Deserialize, Serialize};

/// As much of the text's colour has a hue that comes a second time.
const AGAIN: f32 = 0.34;

/// A colour with straight alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgba(pub [u8; 4]);

impl Rgba {
    /// An opaque colour from `0xRRGGBB`.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        Self([(rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8, 255])
    }

    /// The same colour, this opaque (0–1).
    #[must_use]
    pub fn alpha(self, alpha: f32) -> Self {
        let [r, g, b, _] = self.0;
        Self([r, g, b, (alpha.clamp(0.0, 1.0) * 255.0).round() as u8])
    }

    /// The same with so much of its alpha.
    #[must_use]
    pub fn weaker(self, share: f32) -> Self {
        self.alpha(f32::from(self.0[3]) / 255.0 * share)
    }

    /// What is seen of this colour over an opaque ground.
    #[must_use]
    pub fn over(self, ground: Self) -> Self {
        let share = f32::from(self.0[3]) / 255.0;
        let mix = |at: usize| (f32::from(self.0[at]) * share + f32::from(ground.0[at]) * (1.0 - share)).round() as u8;
        Self([mix(0), mix(1), mix(2), 255])
    }

    /// Relative luminance, 0–1 (WCAG 2.2, "relative luminance").
    #[must_use]
    pub fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { libm::powf((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.0[0]) + 0.7152 * linear(self.0[1]) + 0.0722 * linear(self.0[2])
    }

    /// Contrast with another colour, 1–21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Black or white, whichever reads better on this colour.
    #[must_use]
    pub fn ink(self) -> Self {
        let (dark, light) = (Self::hex(0x0b_0d12), Self::hex(0xff_ffff));
        // White is what readers expect on a strong colour, so black must be clearly better.
        if self.contrast(light) >= 4.5 || self.contrast(light) > self.contrast(dark) { light } else { dark }
    }

    /// Black or white for a picture on this colour, for which WCAG 2.2 asks less than for words (1.4.11: 3 to 1).
    #[must_use]
    pub fn picture_ink(self) -> Self {
        let light = Self::hex(0xff_ffff);
        if self.contrast(light) >= 3.0 { light } else { self.ink() }
    }
}

/// Which theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeName {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
    /// Black, white and greys, for a printer without colours.
    Grey,
}

/// Which colours lanes and values have. Greys are the same in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Palette {
    /// Okabe and Ito's: few hues, far apart.
    #[default]
    OkabeIto,
    /// Petroff's: made for many kinds of colour vision and for the taste of readers.
    Petroff,
}

impl Palette {
    /// All palettes, in the order of menus, with their names.
    pub const ALL: [(Self, &'static str); 2] = [(Self::OkabeIto, "Okabe and Ito"), (Self::Petroff, "Petroff")];
}

/// The colours of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Which theme it is.
    pub name: ThemeName,
    /// Whose hues its lanes have.
    pub palette: Palette,
    /// The ground.
    pub background: Rgba,
    /// The ground of every other lane.
    pub lane: Rgba,
    /// The ground of panels around the canvas.
    pub panel: Rgba,
    /// Lines between lanes.
    pub separator: Rgba,
    /// Lines at ticks.
    pub grid: Rgba,
    /// The line of the axis.
    pub axis: Rgba,
    /// Text.
    pub text: Rgba,
    /// Text of less weight; still readable on every ground (4.5 : 1).
    pub dim: Rgba,
    /// Selection, links, the window in the overview.
    pub accent: Rgba,
    /// Bars of the overview.
    pub overview: Rgba,
    /// Warnings and errors.
    pub warning: Rgba,
    /// Lanes, in order, then again from the first.
    pub lanes: [Rgba; 8],
    /// Classes of numbers, from the lowest to the highest: viridis' hues (Smith and van der Walt, 2015), as far as they
    /// are seen on the ground.
    pub steps: [Rgba; 5],
    /// Classes of numbers on both sides of zero: far below, below, about zero, above, far above (brown to teal, after
    /// Brewer and Harrower, 2003, as far as it is seen on the ground).
    pub sides: [Rgba; 5],
}

impl Theme {
    /// Dark on light, for paper and daylight.
    pub const LIGHT: Self = Self {
        name: ThemeName::Light,
        palette: Palette::OkabeIto,
        background: Rgba::hex(0xff_ffff),
        lane: Rgba::hex(0xfa_fbfd),
        panel: Rgba::hex(0xf5_f7fa),
        separator: Rgba::hex(0xe1_e5ea),
        grid: Rgba::hex(0xe9_ecf0),
        axis: Rgba::hex(0xc4_cad2),
        text: Rgba::hex(0x17_1a20),
        dim: Rgba::hex(0x55_5d6b),
        accent: Rgba::hex(0x0b_62d6),
        overview: Rgba::hex(0xb4_bfcd),
        warning: Rgba::hex(0xb4_3a00),
        lanes: [
            Rgba::hex(0x00_72b2),
            Rgba::hex(0xd5_5e00),
            Rgba::hex(0x00_9e73),
            Rgba::hex(0xb8_860b),
            Rgba::hex(0x66_6e7c),
            Rgba::hex(0xb5_5fa0),
            Rgba::hex(0x3a_96d0),
            Rgba::hex(0x7a_5230),
        ],
        steps: [
            Rgba::hex(0x5a_942c),
            Rgba::hex(0x1f_9a72),
            Rgba::hex(0x24_768e),
            Rgba::hex(0x3b_528b),
            Rgba::hex(0x44_0154),
        ],
        sides: [
            Rgba::hex(0x8c_510a),
            Rgba::hex(0xb0_7420),
            Rgba::hex(0x74_7c88),
            Rgba::hex(0x2b_8a82),
            Rgba::hex(0x01_665e),
        ],
    };

    /// Light on dark.
    pub const DARK: Self = Self {
        name: ThemeName::Dark,
        palette: Palette::OkabeIto,
        background: Rgba::hex(0x15_181e),
        lane: Rgba::hex(0x19_1d24),
        panel: Rgba::hex(0x1e_222a),
        separator: Rgba::hex(0x2e_343e),
        grid: Rgba::hex(0x27_2c35),
        axis: Rgba::hex(0x4a_525f),
        text: Rgba::hex(0xe8_eaee),
        dim: Rgba::hex(0xa2_aab8),
        accent: Rgba::hex(0x6c_aefc),
        overview: Rgba::hex(0x56_6274),
        warning: Rgba::hex(0xff_9d66),
        lanes: [
            Rgba::hex(0x4d_a9de),
            Rgba::hex(0xf0_8a3c),
            Rgba::hex(0x3c_c79c),
            Rgba::hex(0xe3_b341),
            Rgba::hex(0xa3_acba),
            Rgba::hex(0xdd_94c6),
            Rgba::hex(0x8c_cdf5),
            Rgba::hex(0xc6_9c72),
        ],
        steps: [
            Rgba::hex(0x7a_68c0),
            Rgba::hex(0x4a_86c4),
            Rgba::hex(0x2a_a8a0),
            Rgba::hex(0x6c_cd5a),
            Rgba::hex(0xfd_e725),
        ],
        sides: [
            Rgba::hex(0xf0_b070),
            Rgba::hex(0xc9_9450),
            Rgba::hex(0x9a_a3ad),
            Rgba::hex(0x55_b5ab),
            Rgba::hex(0x8a_e4d8),
        ],
    };

    const LIGHT_PETROFF: Self = Self {
        palette: Palette::Petroff,
        lanes: [
            Rgba::hex(0x3f_90da),
            Rgba::hex(0xb9_7600),
            Rgba::hex(0xbd_1f01),
            Rgba::hex(0x83_2db6),
            Rgba::hex(0x71_7581),
            Rgba::hex(0xa9_6b59),
            Rgba::hex(0xe7_6300),
            Rgba::hex(0x8f_8347),
        ],
        ..Self::LIGHT
    };

    const DARK_PETROFF: Self = Self {
        palette: Palette::Petroff,
        lanes: [
            Rgba::hex(0x6d_b0ee),
            Rgba::hex(0xff_a90e),
            Rgba::hex(0xf0_6a48),
            Rgba::hex(0xbb_86e4),
            Rgba::hex(0x94_a4a2),
            Rgba::hex(0xd4_9b89),
            Rgba::hex(0xff_8a3c),
            Rgba::hex(0xb9_ac70),
        ],
        ..Self::DARK
    };

    const GREY_PETROFF: Self = Self { palette: Palette::Petroff, ..Self::GREY };

    /// Black, white and greys. Values differ in lightness, lanes do not; marks differ by shape and hatching as ever.
    pub const GREY: Self = Self {
        name: ThemeName::Grey,
        palette: Palette::OkabeIto,
        background: Rgba::hex(0xff_ffff),
        lane: Rgba::hex(0xfa_fafa),
        panel: Rgba::hex(0xf5_f5f5),
        separator: Rgba::hex(0xd8_d8d8),
        grid: Rgba::hex(0xe6_e6e6),
        axis: Rgba::hex(0xb4_b4b4),
        text: Rgba::hex(0x12_1212),
        dim: Rgba::hex(0x55_5555),
        accent: Rgba::hex(0x30_3030),
        overview: Rgba::hex(0xbe_bebe),
        warning: Rgba::hex(0x40_4040),
        lanes: [
            Rgba::hex(0x30_3030),
            Rgba::hex(0x70_7070),
            Rgba::hex(0x50_5050),
            Rgba::hex(0x8c_8c8c),
            Rgba::hex(0x40_4040),
            Rgba::hex(0x7e_7e7e),
            Rgba::hex(0x20_2020),
            Rgba::hex(0x60_6060),
        ],
        steps: [
            Rgba::hex(0x90_9090),
            Rgba::hex(0x76_7676),
            Rgba::hex(0x5c_5c5c),
            Rgba::hex(0x3e_3e3e),
            Rgba::hex(0x1c_1c1c),
        ],
        sides: [
            Rgba::hex(0x1c_1c1c),
            Rgba::hex(0x50_5050),
            Rgba::hex(0x90_9090),
            Rgba::hex(0x6c_6c6c),
            Rgba::hex(0x34_3434),
        ],
    };

    /// The theme of a name, in its usual palette.
    #[must_use]
    pub const fn named(name: ThemeName) -> &'static Self {
        Self::with(name, Palette::OkabeIto)
    }

    /// The theme of a name in a palette.
    #[must_use]
    pub const fn with(name: ThemeName, palette: Palette) -> &'static Self {
        match (name, palette) {
            (ThemeName::Light, Palette::OkabeIto) => &Self::LIGHT,
            (ThemeName::Dark, Palette::OkabeIto) => &Self::DARK,
            (ThemeName::Grey, Palette::OkabeIto) => &Self::GREY,
            (ThemeName::Light, Palette::Petroff) => &Self::LIGHT_PETROFF,
            (ThemeName::Dark, Palette::Petroff) => &Self::DARK_PETROFF,
            (ThemeName::Grey, Palette::Petroff) => &Self::GREY_PETROFF,
        }
    }

    /// The colour of a value by its rank; the palette's grey stands for no value.
    #[must_use]
    pub fn value_colour(&self, rank: usize) -> Rgba {
        const GREY: usize = 4;
        let rank = rank % (self.lanes.len() - 1);
        self.lanes[if rank < GREY { rank } else { rank + 1 }]
    }

    /// The colour of lanes of a number; the palette's hues come again in other shades, twice as many in all. In greys one
    /// for all, for there a shade says how sure something is.
    #[must_use]
    pub fn lane_colour(&self, number: usize) -> Rgba {
        if self.name == ThemeName::Grey {
            return self.lanes[0];
        }
        let hue = self.lanes[number % self.lanes.len()];
        if (number / self.lanes.len()).is_multiple_of(2) { hue } else { self.text.alpha(AGAIN).over(hue) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::marks::PALE;
    use super::*;

    #[test]
    fn text_is_readable_on_every_ground() {
        let names = [ThemeName::Light, ThemeName::Dark, ThemeName::Grey];
        let all = names.into_iter().flat_map(|name| Palette::ALL.map(|(palette, _)| Theme::with(name, palette)));
        for theme in all {
            for ground in [theme.background, theme.lane, theme.panel] {
                for text in [theme.text, theme.dim, theme.accent, theme.warning] {
                    assert!(text.contrast(ground) >= 4.5, "{:?} {text:?} on {ground:?}", theme.name);
                }
            }
            let lanes = (0..2 * theme.lanes.len()).map(|number| theme.lane_colour(number));
            for colour in theme.lanes.into_iter().chain(lanes).chain(theme.steps).chain(theme.sides) {
                assert!(colour.contrast(theme.background) >= 3.0, "{:?} {colour:?}", theme.name);
                assert!(colour.ink().contrast(colour) >= 4.5, "{:?} text on {colour:?}", theme.name);
                let pale = colour.alpha(PALE).over(theme.background);
                assert!(theme.text.contrast(pale) >= 4.5, "{:?} text on pale {colour:?}", theme.name);
            }
        }
    }
}
