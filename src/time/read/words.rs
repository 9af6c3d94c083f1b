//! What words mean in dates: one table, English first, and the month and weekday names of many languages.
//!
//! Names come from the C library's locales (crate `pure-rust-locales`), which follow CLDR. A name that is one month
//! in one language and another month in another ("listopad") is marked as such and never guessed at.

use pure_rust_locales::{Locale, locale_match};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a word does in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// 1–12.
    Month(u8),
    /// A month in one language and another in another.
    SeveralMonths,
    /// 0 is Sunday.
    Weekday(u8),
    /// An EDTF season code.
    Season(u8),
    /// A number in words, 1–21: "first", "nineteenth".
    Count(u8),
    /// "th" after a number.
    Ordinal,
    /// "about".
    Circa,
    /// "perhaps".
    Perhaps,
    Before,
    After,
    /// "by": then or before.
    By,
    Since,
    From,
    /// "to", "through".
    To,
    Until,
    Between,
    And,
    Or,
    /// "or earlier".
    Earlier,
    /// "or later", "onwards".
    Later,
    /// "on" at the end of "from 2014 on".
    On,
    Early,
    Mid,
    Late,
    Some,
    Year,
    MonthUnit,
    Day,
    Week,
    Decade,
    Century,
    Millennium,
    Quarter,
    Half,
    /// A one-letter "q", "h": of "Q3" and "H1".
    LetterQ,
    LetterH,
    Fiscal,
    Bce,
    Ce,
    Am,
    Pm,
    /// The T and Z of ISO 8601.
    LetterT,
    Zulu,
    /// "JST": minutes east of UTC.
    Zone(i16),
    /// "CST": a zone that several countries call so.
    SeveralZones,
    /// A Japanese era: the year before its first, and how many years it had; 0 for the present one.
    Reign(u16, u8),
    /// "morning", "evening": a part of a day that no date tells.
    PartOfDay,
    /// The s of "1930s".
    Plural,
    /// The c of "19c" and of "c1900".
    LetterC,
    Present,
    Unknown,
    NoEnd,
    Than,
    /// Says nothing about the date.
    Filler,
    /// Not known here.
    Unread,
}

/// The words of the table, each with its sense.
#[rustfmt::skip]
const WORDS: &[(Sense, &str)] = &[
    (Sense::Filler, "the of a an at in during time uhr klo kl feira active fl le la el il de del do di dne der des du den von vom g r roku rok года году год г р року hrs"),
    (Sense::On, "on"),
    (Sense::Later, "onward onwards later"),
    (Sense::Earlier, "earlier"),
    (Sense::Ordinal, "st nd rd th er e ère ème eme º ª °"),
    (Sense::Circa, "abt about around ca circa cca approx approximately roughly estimated um env environ vers hacia okolo около ok ungefähr etwa"),
    (Sense::LetterC, "c"),
    (Sense::Perhaps, "perhaps maybe possibly probably uncertain likely unconfirmed tbc tentative tentatively provisional provisionally peut-être vielleicht"),
    (Sense::Before, "bef before vor avant prima antes до przed"),
    (Sense::After, "aft after nach après dopo después после"),
    (Sense::By, "by"),
    (Sense::Since, "since seit depuis desde"),
    (Sense::From, "from ab dal dall с"),
    (Sense::To, "to through thru bis au al à tot по até 至 から 到"),
    (Sense::Until, "until till"),
    (Sense::Between, "bet between zwischen entre"),
    (Sense::And, "and und et y i и"),
    (Sense::Or, "or oder ou или"),
    (Sense::Early, "early beginning start anfang début inicios начало 上旬 初旬 初 초 초순 상순"),
    (Sense::Mid, "mid middle mitte 中旬 중순"),
    (Sense::Late, "late end ende fin 下旬 末 말 하순"),
    (Sense::Some, "some somewhere sometime"),
    (Sense::Year, "year years jahr 年 년"),
    (Sense::MonthUnit, "month 月 월"),
    (Sense::Day, "day 日 일"),
    (Sense::Week, "week wk w kw"),
    (Sense::Decade, "decade"),
    (Sense::Century, "century centuries cent jahrhundert jahrhunderts jh siècle siglo secolo век века"),
    (Sense::Millennium, "millennium millennia"),
    (Sense::Quarter, "quarter"),
    (Sense::Half, "half"),
    (Sense::LetterQ, "q"),
    (Sense::LetterH, "h"),
    (Sense::Fiscal, "fy fiscal"),
    (Sense::Bce, "bc bce"),
    (Sense::Ce, "ad ce"),
    (Sense::Am, "am"),
    (Sense::Pm, "pm"),
    (Sense::LetterT, "t"),
    (Sense::Zulu, "z utc gmt"),
    (Sense::Plural, "s"),
    (Sense::PartOfDay, "morning afternoon evening night overnight"),
    (Sense::Present, "present ongoing now current currently today date heute"),
    (Sense::Unknown, "unknown"),
    (Sense::NoEnd, "without no not"),
    (Sense::Than, "than"),
    (Sense::SeveralZones, "cst ist bst ast sst"),
    (Sense::Reign(2018, 0), "令和"),
    (Sense::Reign(1988, 31), "平成"),
    (Sense::Reign(1925, 64), "昭和"),
    (Sense::Reign(1911, 15), "大正"),
    (Sense::Reign(1867, 45), "明治"),
    (Sense::Season(40), "上半年 上半期 상반기"),
    (Sense::Season(41), "下半年 下半期 하반기"),
    (Sense::Season(21), "весна весной весны 春 春季 봄 spring printemps frühling frühjahr primavera"),
    (Sense::Season(22), "лето летом лета 夏 夏季 여름 summer été sommer verano estate"),
    (Sense::Season(23), "осень осенью осени 秋 秋季 가을 autumn fall automne herbst otoño autunno"),
    (Sense::Season(24), "зима зимой зимы 冬 冬季 겨울 winter hiver invierno inverno"),
    (Sense::Count(1), "first"), (Sense::Count(2), "second"), (Sense::Count(3), "third"), (Sense::Count(4), "fourth"),
    (Sense::Count(5), "fifth"), (Sense::Count(6), "sixth"), (Sense::Count(7), "seventh"), (Sense::Count(8), "eighth"),
    (Sense::Count(9), "ninth"), (Sense::Count(10), "tenth"), (Sense::Count(11), "eleventh"),
    (Sense::Count(12), "twelfth"), (Sense::Count(13), "thirteenth"), (Sense::Count(14), "fourteenth"),
    (Sense::Count(15), "fifteenth"), (Sense::Count(16), "sixteenth"), (Sense::Count(17), "seventeenth"),
    (Sense::Count(18), "eighteenth"), (Sense::Count(19), "nineteenth"), (Sense::Count(20), "twentieth"),
    (Sense::Month(1), "jan january"), (Sense::Month(2), "feb february"), (Sense::Month(3), "mar march"),
    (Sense::Month(4), "apr april"), (Sense::Month(5), "may"), (Sense::Month(6), "jun june"),
    (Sense::Month(7), "jul july"), (Sense::Month(8), "aug august"), (Sense::Month(9), "sep sept september"),
    (Sense::Month(10), "oct october"), (Sense::Month(11), "nov november"), (Sense::Month(12), "dec december"),
    (Sense::Weekday(0), "sun sunday"), (Sense::Weekday(1), "mon monday"), (Sense::Weekday(2), "tue tues tuesday"),
    (Sense::Weekday(3), "wed wednesday"), (Sense::Weekday(4), "thu thur thurs thursday"),
    (Sense::Weekday(5), "fri friday"), (Sense::Weekday(6), "sat saturday"),
    // Slovak months in a date, which the C library lacks.
    (Sense::Month(1), "januára"), (Sense::Month(2), "februára"), (Sense::Month(3), "marca"), (Sense::Month(4), "apríla"),
    (Sense::Month(5), "mája"), (Sense::Month(6), "júna"), (Sense::Month(7), "júla"), (Sense::Month(8), "augusta"),
    (Sense::Month(9), "septembra"), (Sense::Month(10), "októbra"), (Sense::Month(11), "novembra"),
    (Sense::Month(12), "decembra"),
    // Minutes east of UTC of zone names that are not used for several zones.
    (Sense::Zone(-600), "hst"), (Sense::Zone(-540), "akst"), (Sense::Zone(-480), "pst"), (Sense::Zone(-420), "pdt mst"),
    (Sense::Zone(-360), "mdt"), (Sense::Zone(-300), "est cdt"), (Sense::Zone(-240), "edt"), (Sense::Zone(0), "wet"),
    (Sense::Zone(60), "cet west"), (Sense::Zone(120), "cest eet sast"), (Sense::Zone(180), "eest msk"),
    (Sense::Zone(480), "awst hkt sgt"), (Sense::Zone(540), "jst kst"), (Sense::Zone(600), "aest"),
    (Sense::Zone(660), "aedt"), (Sense::Zone(720), "nzst"), (Sense::Zone(780), "nzdt"),
];

/// Languages whose month and weekday names are read; where two disagree on a weekday's short name the first wins.
#[rustfmt::skip]
const LOCALES: &[Locale] = &[
    Locale::en_US, Locale::de_DE, Locale::fr_FR, Locale::es_ES, Locale::it_IT, Locale::pt_BR, Locale::nl_NL,
    Locale::ru_RU, Locale::pl_PL, Locale::uk_UA, Locale::cs_CZ, Locale::sk_SK, Locale::sv_SE, Locale::da_DK,
    Locale::nb_NO, Locale::fi_FI, Locale::et_EE, Locale::lv_LV, Locale::lt_LT, Locale::hu_HU, Locale::ro_RO,
    Locale::bg_BG, Locale::sr_RS, Locale::hr_HR, Locale::sl_SI, Locale::el_GR, Locale::tr_TR, Locale::ca_ES,
    Locale::gl_ES, Locale::eu_ES, Locale::is_IS, Locale::be_BY, Locale::id_ID, Locale::ms_MY, Locale::ar_EG,
    Locale::ar_SY, Locale::fa_IR, Locale::he_IL, Locale::hi_IN, Locale::de_AT, Locale::ja_JP, Locale::zh_CN, Locale::ko_KR, Locale::th_TH,
];

/// The sense of a word in lower case.
pub(super) fn lookup(word: &str) -> Sense {
    table().get(word).copied().unwrap_or(Sense::Unread)
}

fn table() -> &'static HashMap<Box<str>, Sense, Hasher> {
    static TABLE: OnceLock<HashMap<Box<str>, Sense, Hasher>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<Box<str>, Sense, Hasher> = HashMap::default();
        for &(sense, words) in WORDS {
            for word in words.split(' ') {
                table.entry(word.into()).or_insert(sense);
            }
        }
        let own = table.clone();
        for &locale in LOCALES {
            months(locale, |month, name| {
                let sense = table.entry(name.into()).or_insert(Sense::Month(month));
                match *sense {
                    Sense::Month(other) if other != month && !own.contains_key(name) => *sense = Sense::SeveralMonths,
                    Sense::Weekday(_) if !own.contains_key(name) => *sense = Sense::Month(month),
                    _ => {}
                }
            });
            weekdays(locale, |day, name| {
                table.entry(name.into()).or_insert(Sense::Weekday(day));
            });
        }
        table
    })
}

/// Every form of a language's month names, in lower case: in and outside of a date, long and short.
fn months(locale: Locale, mut each: impl FnMut(u8, &str)) {
    let lists = [
        Some(locale_match!(locale => LC_TIME::MON)),
        Some(locale_match!(locale => LC_TIME::ABMON)),
        locale_match!(locale => LC_TIME::ALT_MON),
        locale_match!(locale => LC_TIME::AB_ALT_MON),
    ];
    for names in lists.into_iter().flatten() {
        for (at, name) in names.iter().enumerate() {
            let name = plain(name);
            if is_name(&name) {
                each(at as u8 + 1, &name);
                // Finnish puts the month of a date into the partitive.
                if locale == Locale::fi_FI && name.ends_with("kuu") {
                    each(at as u8 + 1, &format!("{name}ta"));
                }
            }
        }
    }
}

fn weekdays(locale: Locale, mut each: impl FnMut(u8, &str)) {
    for names in [locale_match!(locale => LC_TIME::DAY), locale_match!(locale => LC_TIME::ABDAY)] {
        for (at, name) in names.iter().enumerate() {
            // Of "terça-feira" the first half tells the day.
            let name = plain(name.split('-').next().unwrap_or(name));
            if is_name(&name) {
                each(at as u8, &name);
            }
        }
    }
}

fn plain(name: &str) -> String {
    name.trim().trim_end_matches('.').to_lowercase()
}

/// One word of at least two letters; names with digits ("5月") are read as numbers and units.
fn is_name(name: &str) -> bool {
    name.chars().count() > 1 && name.chars().all(super::lexer::is_letter)
}

type Hasher = std::hash::BuildHasherDefault<Fnv>;

/// FNV-1a: the keys are short and our own (Fowler, Noll, Vo).
#[derive(Clone, Copy)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_many_languages_are_known_in_every_form() {
        for (name, month) in [
            ("mai", 5),
            ("mayo", 5),
            ("maggio", 5),
            ("мая", 5),
            ("май", 5),
            ("maja", 5),
            ("maj", 5),
            ("toukokuuta", 5),
            ("toukokuu", 5),
            ("mayıs", 5),
            ("května", 5),
            ("травня", 5),
            ("μαΐου", 5),
            ("août", 8),
            ("märz", 3),
            ("jänner", 1),
            ("décembre", 12),
            ("enero", 1),
            ("mei", 5),
        ] {
            assert_eq!(lookup(name), Sense::Month(month), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_two_months_is_never_guessed() {
        assert_eq!(lookup("listopada"), Sense::SeveralMonths);
        assert_eq!(lookup("вторник"), Sense::Weekday(2));
        assert_eq!(lookup("dienstag"), Sense::Weekday(2));
    }

    #[test]
    fn no_word_of_the_table_is_said_twice() {
        let mut seen = std::collections::HashSet::new();
        for word in WORDS.iter().flat_map(|(_, words)| words.split(' ')) {
            assert!(seen.insert(word), "{word}");
        }
    }
}
