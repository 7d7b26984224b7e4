//! Numbers: in digits, in words, halved, ranged, vague; years and days of the month.

use super::super::lexicon::Sense;
use super::super::said::Amount;
use super::Grammar;

/// An amount of something: where it ends, how much, whether it was only an article.
pub(super) struct Counted {
    pub end: usize,
    pub amount: Amount,
    pub article: bool,
}

impl Grammar<'_> {
    /// How many of a unit: "three", "a", "2 1/2", "several", "a couple of", "12 to 18".
    pub(super) fn amount(&self, i: usize) -> Option<Counted> {
        let counted = |end, amount| Some(Counted { end, amount, article: false });
        if self.is(i, "half") && (self.is(i + 1, "a") || self.is(i + 1, "an") || self.mark(i + 1, '-')) {
            return counted(i + 2, Some(50));
        }
        if self.is(i, "a") || self.is(i, "an") || self.is(i, "another") {
            if self.is(i + 1, "half") {
                return counted(self.past_hyphen(i + 2), Some(50));
            }
            if self.is(i + 1, "couple") {
                return counted(self.past_of(i + 2), Some(200));
            }
            if self.is(i + 1, "number") && self.is(i + 2, "of") {
                return counted(i + 3, None);
            }
            if self.has(i + 1, Sense::Vague) {
                return counted(self.past_of(i + 2), None);
            }
            if let Some((end, number)) = self.scaled(i + 1, 1) {
                return counted(end, Some(number.checked_mul(100)?));
            }
            if let Some(inner) = self.hyphened(i + 1) {
                return counted(inner.0, inner.1);
            }
            return Some(Counted { end: i + 1, amount: Some(100), article: true });
        }
        if self.is(i, "couple") {
            return counted(self.past_of(i + 1), Some(200));
        }
        if self.has(i, Sense::Vague) {
            return counted(self.past_of(i + 1), None);
        }
        let (end, amount) = self.fractional(i)?;
        // Of a range the lower bound is kept: "two or three days".
        let joint = self.is(end, "to") || self.is(end, "or") || self.mark(end, '-') || self.mark(end, '–');
        if joint {
            let behind =
                self.past_hyphen(if self.mark(end, '-') && self.is(end + 1, "to") { end + 2 } else { end + 1 });
            if let Some((upper, more)) = self.fractional(behind)
                && more > amount
            {
                return counted(upper, Some(amount));
            }
        }
        counted(end, Some(amount))
    }

    /// "a three-year period": the number behind the article where a hyphen ties it to the unit.
    fn hyphened(&self, i: usize) -> Option<(usize, Amount)> {
        let (end, amount) =
            if self.has(i, Sense::Vague) { (i + 1, None) } else { self.fractional(i).map(|(e, a)| (e, Some(a)))? };
        (self.mark(end, '-') || self.unit(end).is_some()).then_some((end, amount))
    }

    fn past_of(&self, i: usize) -> usize {
        if self.is(i, "of") { i + 1 } else { i }
    }

    /// A number with its half or decimals, in hundredths.
    fn fractional(&self, i: usize) -> Option<(usize, u32)> {
        let (mut end, whole) = self.cardinal(i)?;
        let mut amount = whole.checked_mul(100)?;
        if self.mark(end, '.')
            && self.glued(end)
            && self.glued(end + 1)
            && let Some((decimals, places)) = self.digits(end + 1)
        {
            amount += match places {
                1 => decimals * 10,
                2 => decimals,
                _ => return None,
            };
            end += 2;
        } else if self.digits(end).is_some_and(|(n, _)| n == 1)
            && self.mark(end + 1, '/')
            && self.digits(end + 2).is_some_and(|(n, _)| n == 2)
        {
            amount += 50;
            end += 3;
        } else if self.mark(end, '½') {
            amount += 50;
            end += 1;
        } else if self.is(end, "and") && self.is(end + 1, "a") && self.is(end + 2, "half") {
            amount += 50;
            end += 3;
        }
        Some((end, amount))
    }

    /// A whole number in digits or words; not a price, a share or a part of a date.
    pub(super) fn cardinal(&self, i: usize) -> Option<(usize, u32)> {
        if let Some((mut number, length)) = self.digits(i) {
            let money = i > 0 && self.glued(i) && "$£€¥#".contains(self.word(i - 1)) && !self.word(i - 1).is_empty();
            if money || length > 7 {
                return None;
            }
            let mut end = i + 1;
            while self.mark(end, ',')
                && self.glued(end)
                && self.glued(end + 1)
                && length <= 3
                && let Some((group, 3)) = self.digits(end + 1)
            {
                number = number.checked_mul(1000)?.checked_add(group)?;
                end += 2;
            }
            return Some((end, number));
        }
        let first = self.number(i)?;
        self.scaled(i, 0).or(Some((i + 1, first)))
    }

    fn number(&self, i: usize) -> Option<u32> {
        self.find(i, |s| if let Sense::Number(n) = s { Some(*n) } else { None })
    }

    fn scale(&self, i: usize) -> Option<u32> {
        self.find(i, |s| if let Sense::Scale(n) = s { Some(*n) } else { None })
    }

    /// A number in words from `i` on; `given` is what an article before it counts.
    fn scaled(&self, mut i: usize, given: u32) -> Option<(usize, u32)> {
        let (mut total, mut current, mut seen) = (0u32, given, given > 0);
        let mut last = u32::MAX;
        let from = i;
        loop {
            if let Some(n) = self.number(i).filter(|&n| !seen || last >= 100 || (last >= 20 && n < 10)) {
                if given > 0 && i == from {
                    // "a dozen".
                    current = n;
                    if n < 12 {
                        return None;
                    }
                } else {
                    current = current.checked_add(n)?;
                }
                last = n;
            } else if let Some(s) = self.scale(i).filter(|_| seen) {
                if s == 100 {
                    current = current.checked_mul(100)?;
                } else {
                    total = total.checked_add(current.checked_mul(s)?)?;
                    current = 0;
                }
                last = s.max(100);
            } else {
                break;
            }
            seen = true;
            i += 1;
            let next = self.past_hyphen(i);
            if next > i && self.number(next).is_some_and(|n| n < 10) && (20..100).contains(&last) {
                i = next;
            } else if self.is(i, "and") && last >= 100 && self.number(i + 1).is_some() {
                i += 1;
            }
        }
        (i > from).then_some((i, total.checked_add(current)?))
    }

    /// A year of four digits, or in words: "nineteen ninety-six", "two thousand three".
    pub(super) fn year_number(&self, i: usize) -> Option<(usize, i16)> {
        if let Some((number, 4)) = self.digits(i) {
            let split = |j: usize| {
                self.glued(j)
                    && (self.mark(j, ',') || self.mark(j, '.') || self.mark(j, ':'))
                    && self.glued(j + 1)
                    && self.digits(j + 1).is_some()
            };
            let year = i16::try_from(number).ok().filter(|y| (1000..=2200).contains(y))?;
            return (!split(i + 1)).then_some((i + 1, year));
        }
        let first = self.number(i)?;
        if (13..=20).contains(&first) {
            let tens = self.number(i + 1).filter(|n| (10..100).contains(n))?;
            let mut end = i + 2;
            let mut ones = 0;
            let next = self.past_hyphen(end);
            if tens % 10 == 0
                && let Some(n) = self.number(next).filter(|n| (1..10).contains(n))
            {
                ones = n;
                end = next + 1;
            }
            return Some((end, i16::try_from(first * 100 + tens + ones).ok()?));
        }
        if first == 2 && self.scale(i + 1) == Some(1000) {
            let (end, year) = self.scaled(i, 0)?;
            return i16::try_from(year).ok().filter(|y| (2000..2100).contains(y)).map(|y| (end, y));
        }
        None
    }

    /// A day of the month: "5", "5th", "twenty-first".
    pub(super) fn day_number(&self, i: usize) -> Option<(usize, i8)> {
        if let Some((number, length)) = self.digits(i) {
            let day = i8::try_from(number).ok().filter(|d| (1..=31).contains(d) && length <= 2)?;
            let suffixed = self.glued(i + 1) && ["st", "nd", "rd", "th"].iter().any(|s| self.is(i + 1, s));
            if suffixed {
                return Some((i + 2, day));
            }
            let split = self.glued(i + 1)
                && (self.mark(i + 1, '%')
                    || (self.mark(i + 1, ',')
                        || self.mark(i + 1, '.')
                        || self.mark(i + 1, ':')
                        || self.mark(i + 1, '/'))
                        && self.glued(i + 2)
                        && self.digits(i + 2).is_some());
            return (!split).then_some((i + 1, day));
        }
        let ordinal = |j| self.find(j, |s| if let Sense::Ordinal(n) = s { Some(*n) } else { None });
        if let Some(tens) = self.number(i).filter(|n| matches!(n, 20 | 30)) {
            let next = self.past_hyphen(i + 1);
            let ones = ordinal(next).filter(|n| *n < 10)?;
            return Some((next + 1, i8::try_from(tens + ones).ok().filter(|d| *d <= 31)?));
        }
        ordinal(i).and_then(|n| i8::try_from(n).ok()).map(|n| (i + 1, n))
    }

    /// An ordinal in words or digits: "third", "3rd", "21st", "twenty-first".
    pub(super) fn ordinal(&self, i: usize) -> Option<(usize, u32)> {
        if let Some((number, length)) = self.digits(i) {
            let suffixed =
                length <= 2 && self.glued(i + 1) && ["st", "nd", "rd", "th"].iter().any(|s| self.is(i + 1, s));
            return suffixed.then_some((i + 2, number));
        }
        self.day_number(i).map(|(end, n)| (end, n.unsigned_abs().into()))
    }
}
