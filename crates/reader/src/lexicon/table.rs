//! The lexicon's tables in memory, and the choice among the entries of a word.

use std::collections::HashMap;

use reportedly_record::{EventType, Role};

use super::classes::{Classes, parse_classes};
use crate::syntax::Slot;

/// One way in which one word names an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Dictionary form, words of a multiword entry joined by `_`.
    pub lemma: &'static str,
    /// Noun or verb.
    pub noun: bool,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode, where the word implies one.
    pub mode: Option<&'static str>,
    /// Index into the lexicon's frames.
    frame: usize,
    /// Whether it is a standing fact (owns, controls) and no event: its type says nothing.
    pub standing: bool,
    /// What must hold of the slots.
    pub needs: Vec<Need>,
    /// PLOVER contexts that the word implies.
    pub contexts: Vec<&'static str>,
    /// A sentence in which the entry fires.
    pub example: &'static str,
    /// A sentence with the word in which it must not.
    pub counterexample: &'static str,
    /// `assault/shell.verb`, with `.2` for the second entry of that word: the rule name in readings.
    pub rule: String,
}

/// A condition on one slot.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// The slot's name.
    pub slot: &'static str,
    /// What it must be.
    pub test: Test,
}

/// What a slot must be.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Filled.
    Present,
    /// Empty.
    Absent,
    /// Filled by something of one of the classes.
    Is(Classes),
    /// Not filled by anything of the classes.
    IsNot(Classes),
    /// Filled by one of the words, or by something of the classes.
    Word(Vec<&'static str>, Classes),
}

/// Which role a slot gives its filler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotRole {
    /// A participant.
    Participant(Role),
    /// Where it takes place.
    Place,
    /// What is urged, vowed, denied: another claim.
    Content,
}

/// All entries with an index by word.
pub struct Lexicon {
    /// In file order.
    pub entries: Vec<Entry>,
    frames: Vec<(&'static str, Vec<(&'static str, SlotRole)>)>,
    verbs: HashMap<&'static str, Vec<usize>>,
    nouns: HashMap<&'static str, Vec<usize>>,
    /// What stands for a type where no entry fired, as a verb and as a noun.
    defaults: Vec<Entry>,
}

macro_rules! files {
    ($($kind:ident $file:literal),* $(,)?) => {
        const FILES: &[(EventType, &str, &str)] =
            &[$((EventType::$kind, $file, include_str!(concat!("../../data/events/", $file, ".tsv")))),*];
    };
}

files! {
    Agree "agree", Consult "consult", Support "support", Concede "concede", Cooperate "cooperate", Aid "aid",
    Retreat "retreat", Request "request", Accuse "accuse", Reject "reject", Threaten "threaten", Protest "protest",
    Sanction "sanction", Mobilize "mobilize", Coerce "coerce", Assault "assault",
    // Facts that last are no events; the type stands for none.
    Agree "standing",
}

impl Lexicon {
    /// Reads the built-in tables. A malformed line is left out here and named by the data test.
    pub fn load() -> Self {
        Self::parse().0
    }

    /// The tables, and what is wrong with them, one line each: file, line, reason.
    pub fn parse() -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let frames = parse_frames(include_str!("../../data/events/frames.tsv"), &mut problems);
        let mut lexicon =
            Lexicon { entries: Vec::new(), frames, verbs: HashMap::new(), nouns: HashMap::new(), defaults: Vec::new() };
        for line in include_str!("../../data/events/defaults.tsv").lines().skip(1) {
            match lexicon.defaults_of(line) {
                Ok(entries) => lexicon.defaults.extend(entries),
                Err(reason) => problems.push(format!("defaults.tsv: {reason}")),
            }
        }
        for &(kind, file, text) in FILES {
            for (number, line) in text.lines().enumerate().skip(1) {
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                match lexicon.entry(kind, file, line) {
                    Ok(entry) => lexicon.add(entry),
                    Err(reason) => problems.push(format!("{file}.tsv:{}: {reason}", number + 1)),
                }
            }
        }
        // The entry with more conditions is tried first; among equals the file's order decides.
        let Lexicon { entries, verbs, nouns, .. } = &mut lexicon;
        for list in verbs.values_mut().chain(nouns.values_mut()) {
            list.sort_by_key(|&i| std::cmp::Reverse(entries[i].needs.len()));
        }
        (lexicon, problems)
    }

    /// The entries of a word, those with more conditions first.
    pub fn entries_of<'a>(&'a self, lemma: &str, noun: bool) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.index(noun).get(lemma).into_iter().flatten().map(|&i| &self.entries[i])
    }

    /// The entry that lends its frame to an event that the model's head alone saw.
    pub fn default_entry(&self, kind: EventType, noun: bool) -> Option<&Entry> {
        self.defaults.iter().find(|e| e.kind == kind && e.noun == noun)
    }

    /// Whether the word has any entry.
    pub fn knows(&self, lemma: &str, noun: bool) -> bool {
        self.index(noun).contains_key(lemma)
    }

    /// The role that the entry's frame gives to a slot.
    pub fn role(&self, entry: &Entry, slot: &str) -> Option<SlotRole> {
        self.frames[entry.frame].1.iter().find(|(name, _)| *name == slot).map(|(_, role)| *role)
    }

    /// Whether the entry's frame has sides but nobody acted upon: meetings, deals, clashes.
    pub fn is_mutual(&self, entry: &Entry) -> bool {
        let slots = &self.frames[entry.frame].1;
        let gives = |role: Role| slots.iter().any(|(_, r)| *r == SlotRole::Participant(role));
        let sides = slots.iter().any(|(name, r)| *name == "with" && *r == SlotRole::Participant(Role::Actor));
        sides && !gives(Role::Recipient)
    }

    /// The name of the entry's frame.
    pub fn frame_name(&self, entry: &Entry) -> &'static str {
        self.frames[entry.frame].0
    }

    fn index(&self, noun: bool) -> &HashMap<&'static str, Vec<usize>> {
        if noun { &self.nouns } else { &self.verbs }
    }

    fn add(&mut self, mut entry: Entry) {
        let index = if entry.noun { &mut self.nouns } else { &mut self.verbs };
        let list = index.entry(entry.lemma).or_default();
        if !list.is_empty() {
            let same = list.iter().filter(|&&i| self.entries[i].kind == entry.kind).count();
            if same > 0 {
                entry.rule = format!("{}.{}", entry.rule, same + 1);
            }
        }
        list.push(self.entries.len());
        self.entries.push(entry);
    }

    /// The verb's and the noun's entry of one line of `defaults.tsv`: type, verb frame, noun frame.
    fn defaults_of(&self, line: &'static str) -> Result<[Entry; 2], String> {
        let [name, verb, noun] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("`{line}` has not three columns"));
        };
        let &(kind, file, _) = FILES
            .iter()
            .find(|(_, file, _)| file.eq_ignore_ascii_case(name))
            .ok_or_else(|| format!("no type `{name}`"))?;
        let of = |frame: &str, noun: bool| -> Result<Entry, String> {
            let frame =
                self.frames.iter().position(|(f, _)| *f == frame).ok_or_else(|| format!("no frame `{frame}`"))?;
            Ok(Entry {
                lemma: "",
                noun,
                kind,
                mode: None,
                frame,
                standing: false,
                needs: Vec::new(),
                contexts: Vec::new(),
                example: "",
                counterexample: "",
                rule: format!("head/{file}"),
            })
        };
        Ok([of(verb, false)?, of(noun, true)?])
    }

    fn entry(&self, kind: EventType, file: &str, line: &'static str) -> Result<Entry, String> {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [lemma, pos, mode, frame, needs, contexts, example, counterexample] = cells[..] else {
            return Err(format!("{} columns instead of 8", cells.len()));
        };
        let noun = match pos {
            "noun" => true,
            "verb" => false,
            other => return Err(format!("part of speech `{other}`")),
        };
        let frame =
            self.frames.iter().position(|(name, _)| *name == frame).ok_or_else(|| format!("no frame `{frame}`"))?;
        let needs = needs.split_whitespace().map(parse_need).collect::<Result<_, _>>()?;
        Ok(Entry {
            lemma,
            noun,
            kind,
            mode: Some(mode).filter(|m| !m.is_empty()),
            frame,
            standing: file == "standing",
            needs,
            contexts: contexts.split_whitespace().collect(),
            example,
            counterexample,
            rule: format!("{file}/{lemma}.{pos}"),
        })
    }
}

impl Entry {
    /// Whether all conditions hold of the slots; `classes` tells what a filler is, `lemma` its dictionary form.
    pub fn holds(&self, slots: &[Slot], classes: &dyn Fn(usize) -> Classes, lemma: &dyn Fn(usize) -> String) -> bool {
        self.needs.iter().all(|need| {
            let mut fillers = slots.iter().filter(|s| s.name == need.slot).map(|s| s.filler);
            match &need.test {
                Test::Present => fillers.next().is_some(),
                Test::Absent => fillers.next().is_none(),
                Test::Is(wanted) => fillers.any(|f| classes(f).meets(*wanted)),
                Test::IsNot(unwanted) => !fillers.any(|f| classes(f).meets(*unwanted)),
                Test::Word(words, wanted) => {
                    fillers.any(|f| words.contains(&lemma(f).as_str()) || classes(f).meets(*wanted))
                }
            }
        })
    }
}

fn parse_need(text: &'static str) -> Result<Need, String> {
    if let Some(slot) = text.strip_prefix('!') {
        return Ok(Need { slot, test: Test::Absent });
    }
    if let Some((slot, classes)) = text.split_once("!=") {
        return Ok(Need { slot, test: Test::IsNot(parse_classes(classes)?) });
    }
    if let Some((slot, value)) = text.split_once('=') {
        let test = match value.split_once("word:") {
            Some(("", words)) => Test::Word(words.split('|').collect(), Classes::default()),
            Some((classes, words)) => {
                Test::Word(words.split('|').collect(), parse_classes(classes.trim_end_matches('|'))?)
            }
            None => Test::Is(parse_classes(value)?),
        };
        return Ok(Need { slot, test });
    }
    Ok(Need { slot: text, test: Test::Present })
}

fn parse_frames(text: &'static str, problems: &mut Vec<String>) -> Vec<(&'static str, Vec<(&'static str, SlotRole)>)> {
    let mut frames = Vec::new();
    for (number, line) in text.lines().enumerate().skip(1).filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let Some((name, slots)) = line.split_once('\t') else {
            problems.push(format!("frames.tsv:{}: no tab", number + 1));
            continue;
        };
        let mut roles = Vec::new();
        for pair in slots.split_whitespace() {
            match pair.split_once(':').and_then(|(slot, role)| Some((slot, parse_role(role)?))) {
                Some(pair) => roles.push(pair),
                None => problems.push(format!("frames.tsv:{}: `{pair}`", number + 1)),
            }
        }
        frames.push((name, roles));
    }
    frames
}

fn parse_role(text: &str) -> Option<SlotRole> {
    Some(match text {
        "actor" => SlotRole::Participant(Role::Actor),
        "recipient" => SlotRole::Participant(Role::Recipient),
        "object" => SlotRole::Participant(Role::Object),
        "instrument" => SlotRole::Participant(Role::Instrument),
        "place" => SlotRole::Place,
        "content" => SlotRole::Content,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_well_formed() {
        let (_, problems) = Lexicon::parse();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    #[test]
    fn the_tables_hold_at_least_fifteen_hundred_entries() {
        assert!(Lexicon::load().entries.len() >= 1500);
    }

    #[test]
    fn examples_hold_the_word_and_counterexamples_too() {
        for entry in Lexicon::load().entries {
            assert!(entry.example.split_whitespace().count() >= 3, "{}", entry.rule);
            assert!(!entry.counterexample.is_empty(), "{}", entry.rule);
        }
    }
}
