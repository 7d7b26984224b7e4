//! The grammar of expressions of time: which atoms make one, and what it says.
//!
//! [`Grammar::at`] tries every construction at an atom and keeps the longest. Constructions by file: [`calendar`]
//! (dates, months, weekdays, years, decades), [`portions`] (quarters, halves, seasons), [`relative`] ("last week"),
//! [`lengths`] ("three years ago"), [`clock`] ("3:30 p.m. on Tuesday"), [`sets`] ("every day"). None of them knows
//! when the article was published: that is for [`super::resolve`].

mod calendar;
mod clock;
mod lengths;
mod numbers;
mod portions;
mod relative;
mod sets;

use reportedly_record::{Analysis, Span};

use super::atoms::{Atom, Kind, atoms};
use super::lexicon::{Lexicon, Named, Relative, Sense, Unit};
use super::said::{Said, When, Year};

/// The atoms of an article and the constructions over them.
pub(super) struct Grammar<'a> {
    pub text: &'a str,
    pub analysis: &'a Analysis,
    pub atoms: Vec<Atom>,
}

/// An expression: up to which atom it goes, what it says, by which construction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parsed {
    pub end: usize,
    pub said: Said,
    pub rule: &'static str,
}

/// An expression with its first atom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub start: usize,
    pub end: usize,
    pub said: Said,
    pub rule: &'static str,
}

impl<'a> Grammar<'a> {
    /// The atoms of the article.
    pub fn new(text: &'a str, analysis: &'a Analysis) -> Self {
        Self { text, analysis, atoms: atoms(text, analysis) }
    }

    /// All expressions in text order, not overlapping.
    pub fn mentions(&self) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let mut i = 0;
        while let Some(atom) = self.atoms.get(i) {
            let starts = match atom.kind {
                Kind::Word => !atom.senses.is_empty(),
                Kind::Digits(_) => true,
                Kind::Mark(c) => c == '\'',
                Kind::Break => false,
            };
            if !starts {
                i += 1;
                continue;
            }
            if let Some((first, second)) = self.shared_month(i) {
                i = second.end;
                out.extend([first, second]);
            } else if let Some(found) = self.at(i).filter(|m| !self.inside_word(m)) {
                i = found.end;
                out.push(found);
                i = self.bare_partner(i, &mut out);
            } else {
                i += 1;
            }
        }
        out
    }

    /// The longest expression that begins here, what modifies it included.
    fn at(&self, i: usize) -> Option<Mention> {
        let bare = self.core(i).map(|p| Mention { start: i, end: p.end, said: p.said, rule: p.rule });
        let led = self.modified(i);
        match (bare, led) {
            (Some(b), Some(l)) => Some(if l.end >= b.end { l } else { b }),
            (b, l) => b.or(l),
        }
    }

    fn core(&self, i: usize) -> Option<Parsed> {
        let constructions: [fn(&Self, usize) -> Option<Parsed>; 14] = [
            Self::reference,
            Self::clock_and_day,
            Self::day_and_part,
            Self::part_of_day,
            Self::relative,
            Self::definite,
            Self::year_back,
            Self::quarter_or_half,
            Self::season,
            Self::decade_or_century,
            Self::year_alone,
            Self::first_of,
            Self::length,
            Self::recurring,
        ];
        let mut best: Option<Parsed> = None;
        for construction in constructions {
            if let Some(found) = construction(self, i)
                && best.is_none_or(|b| found.end > b.end)
            {
                best = Some(found);
            }
        }
        best
    }

    /// "early", "the end of", "nearly", "more than" and what they modify.
    fn modified(&self, i: usize) -> Option<Mention> {
        if let Some(j) = self.phase(i) {
            // "Earlier Friday, he said": the adverb orders what is told and says nothing of the day.
            let orders = (self.is(i, "earlier") || self.is(i, "later")) && self.day(j).is_some();
            if orders {
                return None;
            }
            let inner = self.core(j).or_else(|| self.led(j))?;
            return inner.said.when().is_some().then_some(Mention {
                start: i,
                end: inner.end,
                said: inner.said,
                rule: inner.rule,
            });
        }
        if let Some(j) = self.bound(i) {
            let inner = self
                .core(j)
                .or_else(|| self.led(j))
                .or_else(|| self.modified(j).map(|m| Parsed { end: m.end, said: m.said, rule: m.rule }))?;
            return inner.said.when().is_some().then_some(Mention {
                start: i,
                end: inner.end,
                said: inner.said,
                rule: inner.rule,
            });
        }
        let j = self.approximate(i)?;
        let inner = self.core(j)?;
        let measured = matches!(
            inner.said,
            Said::Duration { .. } | Said::Clock(..) | Said::When(When::Shift { .. } | When::Date { .. })
        );
        measured.then_some(Mention { start: i, end: inner.end, said: inner.said, rule: inner.rule })
    }

    /// "early", "late in", "mid-", "sometime in".
    fn phase(&self, i: usize) -> Option<usize> {
        if !self.has(i, Sense::Phase) {
            return None;
        }
        let mut j = self.past_hyphen(i + 1);
        if self.has(j, Sense::Phase) {
            j = self.past_hyphen(j + 1);
        }
        if (self.is(j, "in") || self.is(j, "on")) && !self.is(i, "mid") {
            j += 1;
        }
        Some(j)
    }

    /// "the beginning of", "the end of", "mid".
    fn bound(&self, i: usize) -> Option<usize> {
        let j = if self.is(i, "the") { i + 1 } else { i };
        if !self.has(j, Sense::Bound) || !self.is(j + 1, "of") || self.is(j, "rest") && j == i {
            return None;
        }
        Some(j + 2)
    }

    /// "about", "nearly", "more than", "at least", "up to".
    fn approximate(&self, i: usize) -> Option<usize> {
        if self.has(i, Sense::Approximate) {
            // "over the past year": before a definite phrase it is a preposition.
            let preposition = self.is(i, "over") && (self.is(i + 1, "the") || self.relation(i + 1).is_some());
            return (!preposition).then_some(i + 1);
        }
        let than = (self.is(i, "more") || self.is(i, "less") || self.is(i, "fewer") || self.is(i, "longer"))
            && self.is(i + 1, "than");
        let at = self.is(i, "at") && (self.is(i + 1, "least") || self.is(i + 1, "most"));
        if than || at || self.is(i, "up") && self.is(i + 1, "to") {
            return Some(i + 2);
        }
        (self.is(i, "no") && self.is(i + 2, "than")).then_some(i + 3)
    }

    /// What only a modifier makes an expression: "earlier in the day", "the turn of the century".
    fn led(&self, i: usize) -> Option<Parsed> {
        let j = if self.is(i, "the") { i + 1 } else { return None };
        let unit = self.unit(j)?;
        let told = matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century);
        told.then_some(Parsed { end: j + 1, said: Said::When(When::Told(unit)), rule: "time.told" })
    }

    /// PAST_REF, PRESENT_REF, FUTURE_REF by phrase.
    fn reference(&self, i: usize) -> Option<Parsed> {
        let (end, named) = self.phrase(i)?;
        match named {
            Named::Reference(value) => {
                // "the past three summers", "the future role": a noun follows, and another construction reads it.
                let open = self.is(i, "the")
                    && self.atom(end).is_some_and(|a| {
                        a.kind == Kind::Digits(0)
                            || a.kind == Kind::Word
                                && !a.senses.iter().any(|s| matches!(s, Sense::StartsClause | Sense::StandsBefore))
                    });
                let open = open || self.is(i, "the") && self.is(end, "of");
                let until = self.is(end, "as")
                    || self.is(end, "after") && self.is(i, "soon")
                    || self.before(i).is_some_and(|b| self.is(b, "as")) && self.is(i, "soon");
                if open || until {
                    return None;
                }
                // "recent months", "the current quarter" are read by other constructions; "future" inside a name by none.
                let capital =
                    i > 0 && self.atom(i).is_some_and(|a| a.capital) && end == i + 1 && !self.begins_sentence(i);
                (!capital).then_some(Parsed { end, said: Said::Reference(value), rule: "time.reference" })
            }
            Named::Holiday(_) => None,
        }
    }

    /// The phrase of a table that begins here.
    fn phrase(&self, i: usize) -> Option<(usize, Named)> {
        if !self.has(i, Sense::Starts) {
            return None;
        }
        let fits = |words: &[&str]| words.iter().enumerate().all(|(k, w)| self.piece(i + k, w));
        let phrase = Lexicon::built_in().phrases(self.word(i)).iter().find(|p| fits(&p.words))?;
        if let Named::Holiday(_) = phrase.named {
            // "passover", "holi" in small letters are other words; "9/11" has no capital to ask for.
            if !self.atom(i)?.capital && !self.word(i).starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
        }
        Some((i + phrase.words.len(), phrase.named))
    }

    fn piece(&self, i: usize, want: &str) -> bool {
        match self.atom(i).map(|a| a.kind) {
            Some(Kind::Mark(c)) => want.chars().eq([c]),
            Some(Kind::Word | Kind::Digits(_)) => self.word(i).eq_ignore_ascii_case(want),
            _ => false,
        }
    }

    /// A year by its relation: "last year", "of this year", "the same year".
    fn relative_year(&self, i: usize) -> Option<(usize, Year)> {
        let mut j = if self.is(i, "of") || self.is(i, "in") { i + 1 } else { i };
        if self.is(j, "the") {
            j += 1;
        }
        let relative = self.relation(j)?;
        if !self.has(j + 1, Sense::Unit(Unit::Year)) {
            return None;
        }
        let year = match relative {
            Relative::Last | Relative::Past => Year::Relative(-1),
            Relative::This | Relative::Current => Year::Relative(0),
            Relative::Next | Relative::Coming => Year::Relative(1),
            Relative::That | Relative::Same => Year::Told,
            _ => return None,
        };
        Some((j + 2, year))
    }

    // Looking at atoms.

    fn atom(&self, i: usize) -> Option<&Atom> {
        self.atoms.get(i)
    }

    /// The characters of atom `i`; empty past the end.
    fn word(&self, i: usize) -> &'a str {
        self.atoms.get(i).map_or("", |a| a.span.of(self.text))
    }

    fn is(&self, i: usize, word: &str) -> bool {
        self.atom(i).is_some_and(|a| a.kind == Kind::Word && a.span.of(self.text).eq_ignore_ascii_case(word))
    }

    fn mark(&self, i: usize, c: char) -> bool {
        self.atom(i).is_some_and(|a| a.kind == Kind::Mark(c))
    }

    fn glued(&self, i: usize) -> bool {
        self.atom(i).is_some_and(|a| a.glued)
    }

    fn has(&self, i: usize, sense: Sense) -> bool {
        self.atom(i).is_some_and(|a| a.senses.contains(&sense))
    }

    fn find<T>(&self, i: usize, pick: impl Fn(&Sense) -> Option<T>) -> Option<T> {
        self.atom(i).and_then(|a| a.senses.iter().find_map(pick))
    }

    fn digits(&self, i: usize) -> Option<(u32, usize)> {
        match self.atom(i)?.kind {
            Kind::Digits(n) => Some((n, self.word(i).len())),
            _ => None,
        }
    }

    fn unit(&self, i: usize) -> Option<Unit> {
        self.find(i, |s| if let Sense::Unit(u) = s { Some(*u) } else { None })
    }

    fn units(&self, i: usize) -> Option<Unit> {
        self.find(i, |s| if let Sense::Units(u) = s { Some(*u) } else { None })
    }

    fn relation(&self, i: usize) -> Option<Relative> {
        self.find(i, |s| if let Sense::Relative(r) = s { Some(*r) } else { None })
    }

    fn part(&self, i: usize) -> Option<&'static str> {
        self.find(i, |s| if let Sense::Part(p) = s { Some(*p) } else { None })
    }

    /// Behind the hyphen at `i`, where one joins its neighbours.
    fn past_hyphen(&self, i: usize) -> usize {
        if self.mark(i, '-') && self.glued(i) { i + 1 } else { i }
    }

    /// Behind a genitive "'s".
    fn past_genitive(&self, i: usize) -> Option<usize> {
        (self.mark(i, '\'') && self.glued(i) && self.is(i + 1, "s") && self.glued(i + 1)).then_some(i + 2)
    }

    fn before(&self, i: usize) -> Option<usize> {
        i.checked_sub(1).filter(|&j| self.atoms[j].kind != Kind::Break)
    }

    fn begins_sentence(&self, i: usize) -> bool {
        let Some(j) = self.before(i) else { return true };
        matches!(self.atoms[j].kind, Kind::Mark(c) if !matches!(c, ',' | '-' | '\'' | '$'))
            || self.token(i).is_some_and(|t| self.analysis.sentences.iter().any(|s| s.tokens.start == t))
    }

    /// The token of atom `i`.
    fn token(&self, i: usize) -> Option<usize> {
        self.analysis.token_at(self.atom(i)?.span.start)
    }

    /// The Penn tag of atom `i`, empty where the analysis has none.
    fn tag(&self, i: usize) -> &str {
        self.token(i).map_or("", |t| self.analysis.tokens[t].xpos.as_str())
    }

    /// Whether the number that ends before `next` counts the plural noun that stands there: "2000 troops".
    fn counts_noun(&self, next: usize) -> bool {
        let Some(atom) = self.atom(next) else { return false };
        if atom.kind != Kind::Word || atom.capital || !atom.senses.is_empty() {
            return false;
        }
        match self.tag(next) {
            "" | "_" => self.word(next).ends_with('s') || self.is(next, "people"),
            tag => tag == "NNS",
        }
    }

    /// A match may not begin or end inside a run of letters and digits, as in "A320" or "covid19".
    fn inside_word(&self, m: &Mention) -> bool {
        let solid = |i: usize| self.atom(i).is_some_and(|a| a.glued && matches!(a.kind, Kind::Word | Kind::Digits(_)));
        let before =
            m.start > 0 && solid(m.start) && matches!(self.atoms[m.start - 1].kind, Kind::Word | Kind::Digits(_));
        before || solid(m.end) && matches!(self.atoms[m.end - 1].kind, Kind::Word | Kind::Digits(_))
    }

    /// Whether "in" stands before the atom and the phrase hangs on a verb.
    pub fn behind_in(&self, i: usize) -> bool {
        let Some(b) = self.before(i).filter(|&b| self.is(b, "in")) else { return false };
        let Some(unit) = self.token(b).and_then(|t| self.analysis.tokens[t].head) else { return true };
        matches!(self.analysis.tokens[unit].relation(), "obl" | "advmod" | "")
    }

    /// The bytes from atom `start` to before atom `end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.atoms[start].span.start, self.atoms[end - 1].span.end)
    }
}
