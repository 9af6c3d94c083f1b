//! The export dialog: format, size, theme, title and place, beside a preview of the very figure.

use crate::app::actions::{Action, Actions, FigureAction, PanelAction};
use crate::app::loaded::Loaded;
use crate::app::state::{AppState, ExportForm};
use crate::export::{FigureFormat, LegendPlace, MOST_PAGES, PAGE_SIZES};
use crate::paint::paint;
use crate::scene::{Palette, ThemeName};
use eframe::egui::{self, Button, ComboBox, DragValue, Grid, RichText, ScrollArea, Sense, TextEdit, Ui, vec2};
use std::path::Path;

pub(super) fn show(ui: &Ui, state: &AppState, open: &Loaded, form: &ExportForm, actions: &mut Actions) {
    let room = ui.ctx().content_rect().size();
    // Esc closes an open list first.
    let in_list = egui::Popup::is_any_open(ui.ctx());
    let modal = super::modal(ui, "export").show(ui.ctx(), |ui| {
        // A larger window shows a larger preview.
        ui.set_width((room.x - 120.0).clamp(480.0, 1_720.0));
        ui.heading("Export figure");
        ui.add_space(4.0);
        let mut edited = form.clone();
        let mut entered = false;
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(326.0);
                // In a low window the fields scroll, so that the path and the buttons stay in sight.
                let tallest = (room.y - 190.0).max(120.0);
                let scroll =
                    ScrollArea::vertical().id_salt("export fields").max_height(tallest).auto_shrink([false, true]);
                scroll.show(ui, |ui| fields(ui, &mut edited));
                entered = place(ui, &mut edited, actions);
            });
            preview(ui, state, open, form, room.y - 230.0, actions);
        });
        edited.page = edited.page.min((edited.figure.pages * edited.figure.lane_pages).saturating_sub(1));
        if edited != *form {
            actions.push(Action::Figure(FigureAction::Edit(edited)));
        }
        // After what was typed has been taken.
        if entered {
            actions.push(Action::Figure(FigureAction::Save));
        }
        ui.separator();
        if let Some(notice) = &state.notice {
            let colour = if notice.error { ui.visuals().warn_fg_color } else { ui.visuals().text_color() };
            ui.label(RichText::new(&notice.text).color(colour));
        }
        buttons(ui, form, actions)
    });
    if modal.inner || (modal.should_close() && !in_list) {
        actions.push(Action::Panel(PanelAction::Escape));
    }
}

fn fields(ui: &mut Ui, form: &mut ExportForm) {
    Grid::new("export form").num_columns(2).spacing([12.0, 8.0]).show(ui, |ui| {
        for (name, text, hint) in [
            ("Title", &mut form.figure.title, "The file's name"),
            ("Subtitle", &mut form.figure.subtitle, "What is shown"),
            ("Caption", &mut form.figure.caption, "None"),
        ] {
            ui.label(name);
            let response = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(220.0));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
            ui.end_row();
        }
        ui.label("Time");
        ui.horizontal(|ui| {
            ui.radio_value(&mut form.whole, false, "As seen");
            ui.radio_value(&mut form.whole, true, "All of it");
        });
        ui.end_row();
        ui.label("Format");
        ui.horizontal(|ui| {
            for format in FigureFormat::ALL {
                if ui.radio(form.format == format, format.extension().to_uppercase()).clicked() {
                    form.format = format;
                    form.path = Path::new(&form.path).with_extension(format.extension()).display().to_string();
                }
            }
        });
        ui.end_row();
        ui.label("Size");
        sizes(ui, form);
        ui.end_row();
        ui.label("");
        ui.horizontal(|ui| {
            let side = |value| DragValue::new(value).range(200.0..=20_000.0).fixed_decimals(0).speed(4.0);
            let width = ui.add(side(&mut form.figure.size.0));
            width.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Width in points"));
            ui.label("×");
            let height = ui.add(side(&mut form.figure.size.1));
            height.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Height in points"));
            ui.label(RichText::new("points").weak());
        });
        ui.end_row();
        ui.label("");
        ui.checkbox(&mut form.figure.fitted, "No higher than its lanes need")
            .on_hover_text("The height above is then the most that the figure takes");
        ui.end_row();
        // For a PNG alone, but always there: nothing jumps when another format is chosen.
        let is_png = form.format == FigureFormat::Png;
        ui.add_enabled(is_png, egui::Label::new("Scale"));
        ui.add_enabled_ui(is_png, |ui| {
            ui.horizontal(|ui| {
                let scale = ui.add(DragValue::new(&mut form.scale).range(0.5..=10.0).speed(0.05));
                scale.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Pixels per point"));
                let pixels = (form.figure.size.0 * form.scale, form.figure.size.1 * form.scale);
                let most = if form.figure.fitted { "at most " } else { "" };
                ui.label(RichText::new(format!("{most}{:.0} × {:.0} pixels", pixels.0, pixels.1)).weak());
            });
        });
        ui.end_row();
        let is_svg = form.format == FigureFormat::Svg;
        ui.add_enabled(is_svg, egui::Label::new("Fonts"));
        ui.add_enabled(is_svg, egui::Checkbox::new(&mut form.embed_fonts, "In the file"))
            .on_hover_text("An SVG then looks alike in every browser; without, it is smaller, and letters are those of whoever has the fonts. A PDF always has them");
        ui.end_row();
        looks(ui, form);
    });
}

/// Colours, letters, legend and pages.
fn looks(ui: &mut Ui, form: &mut ExportForm) {
    ui.label("Theme");
    ui.horizontal(|ui| {
        ui.radio_value(&mut form.figure.theme, ThemeName::Light, "Light");
        ui.radio_value(&mut form.figure.theme, ThemeName::Dark, "Dark");
        ui.radio_value(&mut form.figure.theme, ThemeName::Grey, "Greys")
            .on_hover_text("For a printer without colours");
    });
    ui.end_row();
    ui.label("Palette");
    ui.horizontal(|ui| {
        ui.add_enabled_ui(form.figure.theme != ThemeName::Grey, |ui| {
            for (palette, name) in Palette::ALL {
                ui.radio_value(&mut form.figure.palette, palette, name);
            }
        });
    });
    ui.end_row();
    ui.label("Labels");
    ui.horizontal(|ui| {
        let font = DragValue::new(&mut form.figure.font).range(3.0..=60.0).max_decimals(1).speed(0.05);
        let font = ui.add(font).on_hover_text("Size of labels on the finished page; all else keeps its proportion");
        font.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Size of labels in points"));
        ui.label(RichText::new("points").weak());
    });
    ui.end_row();
    ui.label("Legend");
    ui.horizontal(|ui| {
        for (place, name) in LegendPlace::ALL {
            let mut chars = name.chars();
            let name = chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect());
            ui.radio_value(&mut form.figure.legend, place, name);
        }
    });
    ui.end_row();
    ui.label("Sources");
    ui.checkbox(&mut form.figure.sources, "Numbered and listed").on_hover_text("Those of the events that are drawn");
    ui.end_row();
    ui.label("Pages");
    ui.horizontal(|ui| {
        let (times, lanes) = (form.figure.pages, form.figure.lane_pages);
        let number = |ui: &mut Ui, value: &mut usize, of: usize, name: &'static str, told: &str| {
            let number = DragValue::new(value).range(1..=MOST_PAGES / of.max(1)).speed(0.05);
            let number = ui.add(number).on_hover_text(told);
            number.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name));
        };
        let time_told = "The time is dealt out over so many pages; each has the lanes' names and the axis";
        let lanes_told = "The lanes are dealt out over so many pages, for each part of the time; each has the axis";
        number(ui, &mut form.figure.pages, lanes, "Pages of time", time_told);
        ui.label("of time ×");
        number(ui, &mut form.figure.lane_pages, times, "Pages of lanes", lanes_told);
        ui.label("of lanes");
    });
    ui.end_row();
    if form.figure.pages * form.figure.lane_pages > 1 && form.format != FigureFormat::Pdf {
        ui.label("");
        ui.label(RichText::new("as numbered files").weak());
        ui.end_row();
    }
}

fn sizes(ui: &mut Ui, form: &mut ExportForm) {
    let (size, font) = (&mut form.figure.size, &mut form.figure.font);
    let name = PAGE_SIZES.iter().find(|page| page.size == *size).map_or("Own", |page| page.title);
    ComboBox::from_id_salt("size").selected_text(name).width(180.0).show_ui(ui, |ui| {
        for page in PAGE_SIZES {
            if ui.selectable_label(page.size == *size, page.title).clicked() {
                (*size, *font) = (page.size, page.font);
                // A screen shows two pixels for a point where it is a fine one.
                form.scale = page.scale.max(2.0);
            }
        }
    });
}

/// The path; tells whether Enter was pressed in it.
fn place(ui: &mut Ui, form: &mut ExportForm, actions: &mut Actions) -> bool {
    ui.add_space(6.0);
    ui.label("Save as");
    let entered = ui.horizontal(|ui| {
        let response = ui.add(TextEdit::singleline(&mut form.path).desired_width(230.0));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Save as"));
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        // Enter saves as soon as the dialog is open; the end of the path, which names the file, is in sight then.
        if !entered && ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        if ui.button("Browse…").clicked() {
            actions.push(Action::Figure(FigureAction::Browse));
        }
        entered && FigureFormat::of_path(Path::new(form.path.trim())).is_ok()
    });
    if let Ok(format) = FigureFormat::of_path(Path::new(form.path.trim())) {
        form.format = format;
    } else {
        ui.label(RichText::new("The name must end in .svg, .png or .pdf").color(ui.visuals().warn_fg_color));
    }
    if Path::new(form.path.trim()).is_file() {
        ui.label(RichText::new("A file of this name is there and would be replaced").weak());
    }
    entered.inner
}

/// The figure itself, smaller.
fn preview(ui: &mut Ui, state: &AppState, open: &Loaded, form: &ExportForm, tallest: f32, actions: &mut Actions) {
    let pages = state.figure(open, form);
    // There may be fewer pages than were asked for.
    let at = form.page.min(pages.len().saturating_sub(1));
    let Some((scene, about)) = pages.get(at) else { return };
    ui.vertical(|ui| {
        let (width, height) = (scene.width, scene.height);
        let zoom = (ui.available_width() / width).min(tallest.max(160.0) / height).max(0.02);
        let (rect, response) = ui.allocate_exact_size(vec2(width, height) * zoom, Sense::hover());
        let painter = ui.painter_at(rect);
        paint(scene, &painter, rect.min, zoom);
        let line = ui.visuals().window_stroke;
        ui.painter().rect_stroke(rect, 0.0, line, egui::StrokeKind::Outside);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Image, true, format!("Preview. {}", about.description))
        });
        if form.figure.fitted {
            ui.label(RichText::new(format!("{width:.0} × {height:.0} points")).weak());
        }
        for words in about.left_out() {
            ui.label(RichText::new(format!("{words}.")).weak());
        }
        if pages.len() > 1 {
            ui.horizontal(|ui| {
                let mut go = |ui: &mut Ui, words: &str, page: Option<usize>| {
                    let clicked = ui.add_enabled(page.is_some(), Button::new(words)).clicked();
                    if let Some(page) = page.filter(|_| clicked) {
                        actions.push(Action::Figure(FigureAction::Edit(ExportForm { page, ..form.clone() })));
                    }
                };
                go(ui, "←", at.checked_sub(1));
                ui.label(format!("Page {}", about.page));
                go(ui, "→", Some(at + 1).filter(|page| *page < pages.len()));
            });
        }
    });
}

fn buttons(ui: &mut Ui, form: &ExportForm, actions: &mut Actions) -> bool {
    let ready = FigureFormat::of_path(Path::new(form.path.trim())).is_ok();
    ui.horizontal(|ui| {
        if ui.add_enabled(ready, Button::new("Export")).clicked() {
            actions.push(Action::Figure(FigureAction::Save));
        }
        if ui.button("Copy as SVG").clicked() {
            actions.push(Action::Figure(FigureAction::CopySvg));
        }
        if ui.button("Copy as PNG").clicked() {
            actions.push(Action::Figure(FigureAction::CopyPng));
        }
        ui.button("Cancel").clicked()
    })
    .inner
}
