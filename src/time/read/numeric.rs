//! Dates of numbers between signs: `24/05/2022`, `5-24-22`, `7/2008`.

use super::cursor::Cursor;
use super::lexer::Number;
use super::partial::Partial;
use super::{DateOrder, NO_FORM, NO_SUCH_DAY, OrderSeen, Reason};
use crate::time::{Date, Day, Month, Year};

impl Cursor<'_> {
    /// Numbers between signs: `24/05/2022`, `5-24-22`, `7/2008`.
    pub(super) fn numeric(&mut self, first: Number) -> Result<Partial, Reason> {
        let sign = self.sign(1).ok_or(NO_FORM)?;
        let second = self.number(2).ok_or(NO_FORM)?;
        if self.sign(3) == Some(sign)
            && let Some(third) = self.number(4)
        {
            self.skip(5);
            return self.three([first, second, third], sign);
        }
        if first.digits <= 2 && second.digits == 4 && sign != ',' {
            self.skip(3);
            let month = Some(Month::Number(first.value as u8).checked()?);
            let year = Some(Year::new(second.value));
            return Ok(Partial { year, month, rule: "month/year", ..Partial::default() });
        }
        Err(NO_FORM)
    }

    fn three(&self, [a, b, c]: [Number; 3], sign: char) -> Result<Partial, Reason> {
        let pair = |number: Number| number.digits <= 2;
        let (a1, b1, c1) = (a.value as u8, b.value as u8, c.value as u8);
        if a.digits == 4 && pair(b) && pair(c) {
            return numeric_date(Year::new(a.value), b1, c1, "year/month/day");
        }
        if !pair(a) || !pair(b) || !(pair(c) || c.digits == 4) || sign == ',' {
            return Err(NO_FORM);
        }
        let assumed = c.digits <= 2;
        let order = self.reader.order;
        // Two digits that can only be a year, or are known to be.
        if assumed && (order == Some(DateOrder::Ymd) || a.value > 31) && a.digits == 2 {
            let out = numeric_date(Year::new(self.reader.two_digit_year(a.value)), b1, c1, "year/month/day")?;
            return Ok(Partial { assumed, ..out });
        }
        if assumed && c.digits != 2 {
            return Err(NO_FORM);
        }
        // `22-05-24` may begin with its year as well as end with it.
        if assumed && sign == '-' && order.is_none() && numeric_date(Year::new(2_000 + a.value), b1, c1, "").is_ok() {
            return Err(ANY_ORDER);
        }
        let year = Year::new(if assumed { self.reader.two_digit_year(c.value) } else { c.value });
        let day_first = numeric_date(year, b1, a1, "day/month/year");
        let month_first = numeric_date(year, a1, b1, "month/day/year");
        let seen = |out: Partial, order| Partial { assumed, order: Some(order), ..out };
        match (day_first, month_first) {
            (Ok(day), Err(_)) if order == Some(DateOrder::Mdy) => Ok(against(seen(day, OrderSeen::DayFirst))),
            (Err(_), Ok(month)) if order == Some(DateOrder::Dmy) => Ok(against(seen(month, OrderSeen::MonthFirst))),
            (Ok(day), Err(_)) => Ok(seen(day, OrderSeen::DayFirst)),
            (Err(_), Ok(month)) => Ok(seen(month, OrderSeen::MonthFirst)),
            (Ok(day), Ok(_)) if a1 == b1 => Ok(Partial { assumed, ..day }),
            (Ok(day), Ok(month)) => Ok(match order {
                Some(DateOrder::Mdy) => seen(month, OrderSeen::Either),
                Some(DateOrder::Dmy) => seen(day, OrderSeen::Either),
                // Dots put the day first wherever they are used.
                _ if sign == '.' => Partial { assumed, rule: "day.month.year", ..day },
                _ => {
                    let swapped = Some((a1, b1));
                    let rule = "numbers: day or month first, both kept";
                    Partial { swapped, rule, ..seen(day, OrderSeen::Either) }
                }
            }),
            (Err(reason), Err(_)) => Err(reason),
        }
    }
}

const ANY_ORDER: Reason = "year, month and day of two digits each may stand in several orders; say which with --order or \
    --date-order";

/// A date that only makes sense in another order than the chosen one.
fn against(out: Partial) -> Partial {
    Partial { assumed: true, rule: "numbers, against the order chosen: no other makes a date", ..out }
}

/// A date of numbers. Day or month 0 means that it is not known.
fn numeric_date(year: Year, month: u8, day: u8, rule: &'static str) -> Result<Partial, Reason> {
    let mut date = Date::of(year);
    if month > 0 {
        date.month = Some(Month::Number(month).checked()?);
        date.day = (day > 0).then_some(Day::Number(day));
    } else if day > 0 {
        return Err(NO_SUCH_DAY);
    }
    if day > 31 || !date.exists() {
        return Err(NO_SUCH_DAY);
    }
    Ok(Partial { year: Some(year), month: date.month, day: date.day, rule, ..Partial::default() })
}

impl Month {
    /// The month, if the year has it.
    pub(super) fn checked(self) -> Result<Self, Reason> {
        match self {
            Self::Number(1..=12) => Ok(self),
            _ => Err(NO_SUCH_DAY),
        }
    }
}
