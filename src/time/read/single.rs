//! Tokens to one date. Each form is a short function that takes what it knows from a cursor.

use super::cursor::Cursor;
use super::lexer::{Kind, Number, Token};
use super::partial::{Part, Partial, Unit};
use super::spans::part_of_year;
use super::words::Sense;
use super::{NO_FORM, NO_SUCH_DAY, Reader, Reason};
use crate::time::{Day, Month, Qualifier, Season, TimeOfDay, Year, YearForm};

/// Reads one side of a phrase.
pub(super) fn partial(reader: Reader, tokens: &[Token]) -> Result<Partial, Reason> {
    let (tokens, qualifier) = without_doubt(tokens);
    if tokens.is_empty() {
        return Err(NO_FORM);
    }
    if let [Token { kind: Kind::Word(sense @ (Sense::Early | Sense::Mid | Sense::Late)), .. }, rest @ ..] = tokens {
        let part = third(*sense);
        // "mid-May"
        let rest = if let [Token { kind: Kind::Sign('-'), .. }, rest @ ..] = rest { rest } else { rest };
        let whole = partial(reader, rest)?;
        if whole.part.is_some() {
            return Err("one part of a month, year or century is enough: early, mid or late");
        }
        return Ok(Partial { part, qualifier: whole.qualifier.or(qualifier), ..whole });
    }
    if let Some((unit, rest)) = some_unit(tokens) {
        let whole = partial(reader, rest)?;
        return widened(unit, Partial { qualifier: whole.qualifier.or(qualifier), ..whole });
    }
    // "sometime in June 2022": which is what a month says.
    if let [Token { kind: Kind::Word(Sense::Some), .. }, rest @ ..] = tokens {
        let whole = partial(reader, rest)?;
        return Ok(Partial { qualifier: whole.qualifier.or(qualifier), ..whole });
    }
    let (tokens, part_before) = without_part_of_day(tokens);
    let mut cursor = Cursor { reader, rest: tokens, assumed: false, unzoned: false };
    let mut out = cursor.date()?;
    cursor.clock_after(&mut out)?;
    let part_after = cursor.sense(0) == Some(Sense::PartOfDay);
    cursor.skip(usize::from(part_after));
    // "evening of 8 July" is on that day; which hours those are nobody says, nor does "3:00 in the afternoon" mean 3:00.
    let part = part_before || part_after;
    if !cursor.rest.is_empty() || (part && (out.day.is_none() || out.time.is_some())) {
        return Err(NO_FORM);
    }
    out.assumed |= cursor.assumed;
    out.unzoned |= cursor.unzoned;
    out.qualifier = out.qualifier.or(qualifier);
    Ok(out)
}

impl Partial {
    /// The same day at a later time, where the tokens tell no more than that: "24 May 2022 14:00 to 16:00". A zone behind the
    /// end is that of both. `None` where this is no time of day, or that is not.
    pub(super) fn until(&mut self, reader: Reader, tokens: &[Token]) -> Option<Self> {
        let begun = self.time?;
        let mut cursor = Cursor { reader, rest: tokens, assumed: false, unzoned: false };
        let mut ended = cursor.clock().ok().filter(|_| cursor.rest.is_empty())?;
        let offset = ended.offset.or(begun.offset);
        ended.offset = offset;
        self.time = Some(TimeOfDay { offset: begun.offset.or(offset), ..begun });
        Some(Self { time: Some(ended), ..*self })
    }
}

/// Takes a part of a day from the beginning, and tells whether there was one.
fn without_part_of_day(tokens: &[Token]) -> (&[Token], bool) {
    match tokens {
        [Token { kind: Kind::Word(Sense::PartOfDay), .. }, rest @ ..] => (rest, true),
        _ => (tokens, false),
    }
}

/// The third that a word names, if it names one.
fn third(sense: Sense) -> Option<Part> {
    match sense {
        Sense::Early => Some(Part::Early),
        Sense::Mid => Some(Part::Mid),
        Sense::Late => Some(Part::Late),
        _ => None,
    }
}

/// Takes the words and signs of doubt from both ends.
fn without_doubt(mut tokens: &[Token]) -> (&[Token], Qualifier) {
    let mut doubt = Qualifier::default();
    loop {
        let (before, after) = (tokens.first(), tokens.last());
        let sense = |token: Option<&Token>| match token.map(|token| token.kind) {
            Some(Kind::Word(Sense::Circa) | Kind::Sign('~')) => Some(Qualifier::APPROXIMATE),
            Some(Kind::Word(Sense::Perhaps) | Kind::Sign('?')) => Some(Qualifier::UNCERTAIN),
            Some(Kind::Sign('%')) => Some(Qualifier { approximate: true, uncertain: true }),
            _ => None,
        };
        // "c. 1850", "c1900"; a c after a number counts centuries.
        let letter_c = matches!(before, Some(Token { kind: Kind::Word(Sense::LetterC), .. })) && tokens.len() > 1;
        if letter_c {
            doubt.approximate = true;
            tokens = &tokens[1..];
        } else if let Some(found) = sense(before) {
            doubt = doubt.or(found);
            tokens = &tokens[1..];
            // "uncertain: 1862"
            if let [Token { kind: Kind::Sign(':'), .. }, rest @ ..] = tokens {
                tokens = rest;
            }
        } else if let Some(found) = sense(after) {
            doubt = doubt.or(found);
            tokens = &tokens[..tokens.len() - 1];
        } else {
            return (tokens, doubt);
        }
    }
}

/// "some day (in)", "month (in)", "year in the": the unit and what it lies in.
fn some_unit(tokens: &[Token]) -> Option<(Sense, &[Token])> {
    let tokens = if let [Token { kind: Kind::Word(Sense::Some), .. }, rest @ ..] = tokens { rest } else { tokens };
    let [Token { kind: Kind::Word(unit), .. }, rest @ ..] = tokens else { return None };
    if !matches!(unit, Sense::Day | Sense::MonthUnit | Sense::Year | Sense::Decade) || rest.is_empty() {
        return None;
    }
    let rest = if let [Token { kind: Kind::Word(Sense::Some), .. }, rest @ ..] = rest { rest } else { rest };
    Some((*unit, rest))
}

/// A day of a month is `XX`; a year of a decade is the decade.
fn widened(unit: Sense, mut whole: Partial) -> Result<Partial, Reason> {
    let exact_year = whole.year.is_some_and(Year::is_exact);
    match (unit, whole.month, whole.day) {
        (Sense::Day, Some(Month::Number(_)), None) => whole.day = Some(Day::UNKNOWN),
        (Sense::Day, None, None) if exact_year => {
            (whole.month, whole.day) = (Some(Month::UNKNOWN), Some(Day::UNKNOWN));
        }
        (Sense::MonthUnit, None, None) if exact_year => whole.month = Some(Month::UNKNOWN),
        (Sense::Year | Sense::Decade, None, None) if !exact_year && whole.year.is_some() => {}
        // A day in a season or in a stretch of years is somewhere in it.
        (Sense::Day, Some(Month::Season(_)), None) => {}
        (Sense::Year, None, None) if exact_year => {}
        _ => return Err(NO_FORM),
    }
    whole.rule = "some day, month or year in a longer time";
    Ok(whole)
}

impl Cursor<'_> {
    fn date(&mut self) -> Result<Partial, Reason> {
        let mut weekday = None;
        if let Some(Sense::Weekday(day)) = self.sense(0) {
            weekday = Some(day);
            self.skip(1);
            self.pass(".-");
        }
        // German "am 24. Mai"
        self.skip(usize::from(self.sense(0) == Some(Sense::Am)));
        let era_before = self.sense(0) == Some(Sense::Ce);
        self.skip(usize::from(era_before));
        let mut out = match (self.kind(0), self.sense(1)) {
            (Some(Kind::Word(Sense::Month(month))), _) => self.month_first(month)?,
            (Some(Kind::Word(Sense::SeveralMonths)), _) => return Err(SEVERAL_MONTHS),
            (Some(Kind::Word(_)), _) => self.named_part()?,
            (Some(Kind::Number(number)), _) => self.number_first(number)?,
            _ => return Err(NO_FORM),
        };
        self.era(&mut out, era_before)?;
        // "1956. október 23.", "2022年5月24日火曜日"
        self.pass(".");
        if let Some(Sense::Weekday(day)) = self.sense(0) {
            weekday = Some(day);
            self.skip(1);
        }
        out.weekday = weekday;
        Ok(out)
    }

    /// "BC" and "AD" after a year or a century.
    fn era(&mut self, out: &mut Partial, before: bool) -> Result<(), Reason> {
        let era = self.sense(0).filter(|sense| matches!(sense, Sense::Bce | Sense::Ce));
        self.skip(usize::from(era.is_some()));
        if !before && era.is_none() {
            return Ok(());
        }
        // A number that could not be told from a day is a year beside an era.
        if let (Some(number), None) = (out.bare, out.year) {
            out.year = Some(Year::new(number.value));
            (out.bare, out.rule, out.assumed) = (None, "year with its era", false);
        }
        let mut year = out.year.ok_or(NO_FORM)?;
        out.era = true;
        if std::mem::take(&mut out.assumed) {
            // "May 44 BC": the digits are all of it.
            year = Year::new(year.value().rem_euclid(100));
            out.year = Some(year);
        }
        if era == Some(Sense::Bce) {
            out.year = match out.unit {
                Unit::Year if year.is_exact() && year.value() > 0 => Some(Year::new(1 - year.value())),
                Unit::Century | Unit::Millennium => {
                    Year::from_parts(year.magnitude(), true, year.unspecified_digits(), YearForm::Plain, 0)
                }
                // The 430s BC are −0438 to −0429, which no digits with X say.
                _ => return Err("a decade before the era has no EDTF form; write its years"),
            };
        }
        Ok(())
    }

    /// "May 24, 2022", "May 2022", "May '22", "May".
    fn month_first(&mut self, month: u8) -> Result<Partial, Reason> {
        self.skip(1);
        let hyphen = self.pass("-./");
        let mut out = Partial { month: Some(Month::Number(month)), rule: "month in words", ..Partial::default() };
        if self.pass("'") {
            return self.short_year(&mut out).map(|()| out);
        }
        // "September AD 9"
        if let (Some(Sense::Ce), Some(number)) = (self.sense(0), self.number(1)) {
            self.skip(2);
            return Ok(Partial { year: Some(Year::new(number.value)), era: true, ..out });
        }
        let Some(number) = self.number(0) else { return if hyphen { Err(NO_FORM) } else { Ok(out) } };
        if matches!(self.sense(1), Some(Sense::Bce | Sense::Ce)) && !number.ordinal {
            // "March 44 BC", "September 9 AD": what stands before an era is its year.
            self.skip(1);
            out.year = Some(Year::new(number.value));
            return Ok(out);
        }
        if number.digits >= 3 && !number.ordinal {
            // `13:00` would be a clock.
            out.year = self.full_year()?;
            return Ok(out);
        }
        if self.sign(1) == Some(':') {
            return Ok(out);
        }
        if hyphen && self.number(1).is_none() && self.sign(1).is_none() && number.digits == 2 {
            // `Sep-84`
            self.short_year(&mut out)?;
            return Ok(out);
        }
        out.day = Some(day(number)?);
        self.skip(1);
        self.pass("-./,");
        self.year_after(&mut out)?;
        Ok(out)
    }

    /// What stands after month and day: nothing, a year, or a clock and then a year (`ctime`).
    fn year_after(&mut self, out: &mut Partial) -> Result<(), Reason> {
        if self.pass("'") {
            return self.short_year(out);
        }
        if self.sign(1) == Some(':') && self.number(0).is_some() {
            let mut ahead = Cursor { reader: self.reader, rest: self.rest, assumed: false, unzoned: false };
            let clock = ahead.clock()?;
            if ahead.number(0).is_some_and(|number| number.digits == 4) {
                out.time = Some(clock);
                out.year = ahead.full_year()?;
                self.rest = ahead.rest;
            }
            return Ok(());
        }
        if let (Some(Sense::Ce), Some(number)) = (self.sense(0), self.number(1)) {
            // "24 August AD 79"
            self.skip(2);
            (out.year, out.era) = (Some(Year::new(number.value)), true);
            return Ok(());
        }
        match self.number(0) {
            Some(number) if number.digits >= 3 => {
                out.year = self.full_year()?;
                Ok(())
            }
            // "15 March 44 BC"
            Some(number) if matches!(self.sense(1), Some(Sense::Bce | Sense::Ce)) => {
                out.year = Some(Year::new(number.value));
                self.skip(1);
                Ok(())
            }
            Some(number) if number.digits == 2 && !matches!(self.sense(1), Some(Sense::Am | Sense::Pm)) => {
                self.short_year(out)
            }
            _ => Ok(()),
        }
    }

    /// A year of two digits.
    pub(super) fn short_year(&mut self, out: &mut Partial) -> Result<(), Reason> {
        let number = self.number(0).filter(|number| number.digits == 2 && !number.ordinal).ok_or(NO_FORM)?;
        self.skip(1);
        out.year = Some(Year::new(self.reader.two_digit_year(number.value)));
        out.assumed = true;
        Ok(())
    }

    /// A year of three or four digits, perhaps of a decade ("1930s").
    pub(super) fn full_year(&mut self) -> Result<Option<Year>, Reason> {
        let number = self.number(0).filter(|number| matches!(number.digits, 3 | 4) && !number.ordinal);
        let number = number.ok_or(NO_FORM)?;
        self.skip(1);
        Ok(Some(Year::new(number.value)))
    }

    fn number_first(&mut self, number: Number) -> Result<Partial, Reason> {
        let next = self.kind(1);
        match (number.digits, next) {
            // "1930s", "1900s"
            (3 | 4, Some(Kind::Word(Sense::Plural))) => self.decade(number),
            (1 | 2, Some(Kind::Word(Sense::Century | Sense::Millennium | Sense::Quarter | Sense::Half))) => {
                self.skip(1);
                self.counted(number.value)
            }
            // "19c", "15c."
            (1 | 2, Some(Kind::Word(Sense::LetterC))) if self.rest[1].glued || number.ordinal => {
                self.skip(1);
                self.counted(number.value)
            }
            (3 | 4, Some(Kind::Word(Sense::Year))) => self.cjk(number),
            // "10月28日" and "28日" after a year or a month that stands before.
            (1 | 2, Some(Kind::Word(Sense::MonthUnit))) if self.rest[1].glued => {
                self.cjk_month(Partial { rule: SIGNS, ..Partial::default() })
            }
            (1 | 2, Some(Kind::Word(Sense::Day))) if self.rest[1].glued => {
                self.skip(2);
                Ok(Partial { bare: Some(Number { ordinal: true, ..number }), rule: "day", ..Partial::default() })
            }
            (1, Some(Kind::Word(Sense::LetterQ | Sense::LetterH))) => {
                let season = part_of_year(self.sense(1).unwrap_or(Sense::Unread), number.value);
                self.skip(2);
                self.of_season(season, "quarter or half of a year")
            }
            (4, Some(Kind::Word(_) | Kind::Sign('-' | '/' | '.' | '\''))) if self.year_then_word().is_some() => {
                self.year_then_name(number)
            }
            (1 | 2, _) if self.month_at().is_some() => self.day_first(number),
            (1 | 2, _) if matches!(self.month_word_at(), Some(Sense::SeveralMonths)) => Err(SEVERAL_MONTHS),
            (1 | 2 | 4, Some(Kind::Sign('-' | '/' | '.' | ','))) => self.numeric(number),
            (5..=9, Some(Kind::Word(Sense::Bce | Sense::Ce))) => {
                self.skip(1);
                Ok(Partial::of_year(number.value, "year with its era"))
            }
            (3 | 4, _) if !number.ordinal => {
                let year = self.full_year()?;
                Ok(Partial { year, rule: "year", ..Partial::default() })
            }
            (1 | 2, _) => {
                self.skip(1);
                let mut out = Partial { bare: Some(number), rule: "year", assumed: true, ..Partial::default() };
                // "26, 2022" of "May 24–26, 2022"
                if self.number(0).is_some_and(|number| number.digits == 4) {
                    out.year = self.full_year()?;
                    out.assumed = false;
                }
                Ok(out)
            }
            _ => Err(NO_FORM),
        }
    }

    fn decade(&mut self, number: Number) -> Result<Partial, Reason> {
        self.skip(2);
        let first = number.value;
        let (year, unit, rule) = if number.value % 100 == 0 {
            // "the 1900s" are ten years or a hundred: the wider.
            (Year::hundred(number.value / 100, false), Unit::Century, "years with two zeros and s: a century")
        } else {
            (Year::decade(first), Unit::Decade, "decade")
        };
        Ok(Partial {
            year: Some(year.ok_or("a decade begins with a year that ends in 0")?),
            unit,
            rule,
            ..Partial::default()
        })
    }

    /// 2022年5月24日 and 2022년 5월 24일, with or without month and day; 2022年5月下旬, 2022年末 and 2022年春.
    pub(super) fn cjk(&mut self, number: Number) -> Result<Partial, Reason> {
        self.skip(2);
        self.cjk_month(Partial::of_year(number.value, SIGNS))
    }

    /// What stands after the year there.
    fn cjk_month(&mut self, mut out: Partial) -> Result<Partial, Reason> {
        if let (Some(month), Some(Sense::MonthUnit)) = (self.number(0), self.sense(1)) {
            out.month = Some(Month::Number(u8::try_from(month.value).unwrap_or(0)).checked()?);
            self.skip(2);
            if let (Some(number), Some(Sense::Day)) = (self.number(0), self.sense(1)) {
                out.day = Some(day(number)?);
                self.skip(2);
            }
        }
        if let (None, Some(part)) = (out.day, self.sense(0).and_then(third)) {
            out.part = Some(part);
            self.skip(1);
        } else if let (None, Some(Sense::Season(code))) = (out.month, self.sense(0)) {
            out.month = Season::new(code).map(Month::Season);
            self.skip(1);
        }
        Ok(out)
    }

    /// Where the word stands in "2022 May 24", "2022-May-24", "2022-Q3", "2022 spring".
    fn year_then_word(&self) -> Option<usize> {
        let at = if self.sign(1).is_some() { 2 } else { 1 };
        matches!(self.sense(at)?, Sense::Month(_) | Sense::Season(_) | Sense::LetterQ | Sense::LetterH).then_some(at)
    }

    fn year_then_name(&mut self, number: Number) -> Result<Partial, Reason> {
        let at = self.year_then_word().ok_or(NO_FORM)?;
        let sense = self.sense(at).ok_or(NO_FORM)?;
        self.skip(at + 1);
        let mut out = Partial::of_year(number.value, "year, then month in words");
        match sense {
            Sense::Month(month) => {
                out.month = Some(Month::Number(month));
                self.pass("-./");
                if self.number(0).is_some_and(|number| number.digits <= 2) && self.sign(1) != Some(':') {
                    out.day = Some(day(self.number(0).ok_or(NO_FORM)?)?);
                    self.skip(1);
                }
            }
            Sense::Season(code) => out.month = Season::new(code).map(Month::Season),
            _ => {
                let number = self.number(0).filter(|number| number.digits == 1).ok_or(NO_FORM)?;
                self.skip(1);
                out.month = part_of_year(sense, number.value).map(Month::Season);
                out.rule = "quarter or half of a year";
            }
        }
        if out.month.is_none() { Err("a year has four quarters and two halves") } else { Ok(out) }
    }

    fn month_word_at(&self) -> Option<Sense> {
        let at = if self.sign(1).is_some() { 2 } else { 1 };
        self.sense(at)
    }

    /// The month of "24 May", "24. Mai", "24-May".
    fn month_at(&self) -> Option<(usize, u8)> {
        let at = match self.sign(1) {
            None => 1,
            Some('-' | '/' | '.') => 2,
            Some(_) => return None,
        };
        match self.sense(at)? {
            Sense::Month(month) => Some((at, month)),
            _ => None,
        }
    }

    /// "24 May 2022", "24-May-22", "24. Mai 2022".
    fn day_first(&mut self, number: Number) -> Result<Partial, Reason> {
        let (at, month) = self.month_at().ok_or(NO_FORM)?;
        let mut out =
            Partial { rule: "day, month in words", month: Some(Month::Number(month)), ..Partial::default() };
        out.day = Some(day(number)?);
        self.skip(at + 1);
        self.pass("-./");
        // `24/May/2022:13:00:05`, as web servers log.
        self.year_after(&mut out)?;
        Ok(out)
    }
}

/// The rule of 2022年5月24日.
const SIGNS: &str = "year, month and day with their signs";
const SEVERAL_MONTHS: Reason = "languages disagree on which month that is; write it as a number";

fn day(number: Number) -> Result<Day, Reason> {
    if (1..=31).contains(&number.value) { Ok(Day::Number(number.value as u8)) } else { Err(NO_SUCH_DAY) }
}
