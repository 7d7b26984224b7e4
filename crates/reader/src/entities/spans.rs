//! Where a name begins and ends, and what the model tags that is none.

use std::ops::Range;

use reportedly_record::{EntityKind, MentionForm, Name, NameKind};

use super::near::lookup;
use super::words::{compass, legal_forms, titles};
use super::{Found, View};
use crate::knowledge::{How, Knowledge};
use crate::places::Gazetteer;
use crate::places::lookup::known_place;

/// "San Rafael California" is two places where the map knows both and not the whole.
pub fn two_places(view: &View, tokens: Range<usize>, kind: EntityKind) -> Vec<Range<usize>> {
    let on_map = |part: &Range<usize>| !Gazetteer::built_in().candidates(view.words(part)).is_empty();
    if kind == EntityKind::Place && tokens.len() > 1 && !on_map(&tokens) {
        // "northeast Georgia" lies in Georgia; "South Vietnam" was a state of its own.
        let rest = tokens.start + 1..tokens.end;
        let known = lookup(view, &rest).is_some_and(|k| k.kind == EntityKind::Country);
        let side = view.words(&(tokens.start..tokens.start + 1)).to_lowercase();
        if (on_map(&rest) || known)
            && compass().contains(&side.as_str())
            && !(known && is_compass(view, &(tokens.start..tokens.start + 1)))
        {
            return vec![rest];
        }
        for cut in (tokens.start + 1..tokens.end).rev() {
            let (first, second) = (tokens.start..cut, cut..tokens.end);
            let country = lookup(view, &second).is_some_and(|k| k.kind == EntityKind::Country);
            let state = lookup(view, &second).filter(|_| country).and_then(|k| k.iso3);
            let there = Gazetteer::built_in().candidates(view.words(&first));
            let division = || {
                let regions = Gazetteer::built_in().candidates(view.words(&second));
                regions.iter().any(|r| r.feature == "ADM1" && there.iter().any(|p| p.division == Some(r.name)))
            };
            let inside = country && there.iter().any(|p| p.country == state.as_deref());
            if inside || division() {
                return vec![first, second];
            }
        }
    }
    vec![tokens]
}

/// A common noun for people or things without a capital is a description, whatever the model thinks.
pub fn is_description(view: &View, tokens: &Range<usize>, kind: NameKind) -> bool {
    let lemma = view.analysis.tokens[view.head_of(tokens)].lemma.to_lowercase();
    let words = view.words(tokens);
    // Addresses, tags and initials are no names.
    let address = words.contains(['@', '<', '"']) || words.starts_with('#') || words.contains("://");
    if address || words.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return true;
    }
    let small = !words.chars().any(char::is_uppercase);
    if small && matches!(kind, NameKind::Organization | NameKind::Group) && lookup(view, tokens).is_none() {
        return true;
    }
    let common = Knowledge::built_in().role(&lemma).is_some() || Knowledge::built_in().word_class(&lemma).is_some();
    common && small
}

/// "Sunni", "Western" before a noun only describe it; an adjective of a state names the state.
pub fn is_religion_or_people(view: &View, tokens: &Range<usize>) -> bool {
    let head = &view.analysis.tokens[view.head_of(tokens)];
    head.relation() == "amod" && lookup(view, tokens).is_none_or(|k| k.kind == EntityKind::Group)
}

/// The longest known name around the words, within the sentence: "United States" where the model saw "States".
pub fn widened(view: &View, tokens: Range<usize>, kind: NameKind) -> Range<usize> {
    let sentence = view.analysis.sentences[view.analysis.sentence_of(tokens.start)].tokens.clone();
    let mut best = tokens.clone();
    for start in tokens.start.saturating_sub(2).max(sentence.start)..=tokens.start {
        for end in tokens.end..=(tokens.end + 2).min(sentence.end) {
            let wide = start..end;
            let capital = view.words(&wide).chars().next().is_some_and(char::is_uppercase);
            let article = start < tokens.start && view.analysis.tokens[start].upos == "DET";
            if wide.len() > best.len()
                && capital
                && !article
                && view.analysis.tokens[start].upos != "PUNCT"
                && view.analysis.tokens[end - 1].upos != "PUNCT"
                && lookup(view, &wide).is_some_and(|k| k.how != How::Adjective)
            {
                best = wide;
            }
        }
    }
    if kind == NameKind::Organization {
        best.end = behind_suffix(view, best.end, sentence.end);
    }
    if of_nobody(view, &best) {
        best.end += 1;
    }
    best
}

/// "Northwind, **Inc.**": where the legal form ends.
fn behind_suffix(view: &View, end: usize, limit: usize) -> usize {
    let forms = legal_forms();
    let form = |i: usize| i < limit && forms.contains(&view.analysis.tokens[i].form.to_lowercase().as_str());
    let comma = end < limit && view.analysis.tokens[end].form == ",";
    match (form(end), comma && form(end + 1)) {
        (true, _) => end + 1,
        (_, true) => end + 2,
        _ => end,
    }
}

/// A possessive that nothing belongs to ends a shop's name: "at **Del Rio's** on Monday".
pub fn of_nobody(view: &View, tokens: &Range<usize>) -> bool {
    let analysis = view.analysis;
    let Some(last) = analysis.tokens.get(tokens.end) else { return false };
    if lookup(view, tokens).is_some() || !Gazetteer::built_in().candidates(view.words(tokens)).is_empty() {
        return false;
    }
    matches!(last.form.as_str(), "'s" | "’s")
        && last.relation() == "case"
        && last.head.is_some_and(|h| tokens.contains(&h))
        && matches!(analysis.tokens[view.head_of(tokens)].deprel.as_str(), "obl" | "obj" | "nmod" | "root")
}

/// The model's names, with those in one piece that stand side by side in one compound that the map knows: "Tampa Bay".
pub fn joined(view: &View) -> Vec<Name> {
    let analysis = view.analysis;
    let mut out: Vec<Name> = Vec::new();
    for name in &analysis.names {
        let tied = out.last().is_some_and(|last: &Name| {
            let (a, b) = (view.head_of(&last.tokens), view.head_of(&name.tokens));
            let whole = last.tokens.start..name.tokens.end;
            last.tokens.end == name.tokens.start
                && (last.kind, name.kind) == (NameKind::Place, NameKind::Place)
                && analysis.tokens[a].head == Some(b)
                && matches!(analysis.tokens[a].relation(), "compound" | "amod" | "flat")
                && (!Gazetteer::built_in().candidates(view.words(&whole)).is_empty()
                    || lookup(view, &last.tokens).is_none() && is_compass(view, &last.tokens))
        });
        let listed = out.last().is_some_and(|last| is_listed(view, last, name));
        match out.last_mut() {
            Some(last) if tied || listed => last.tokens.end = name.tokens.end,
            _ => out.push(name.clone()),
        }
    }
    out
}

/// "Okafor, Grace" in quotation marks, as address books write: one person, family name first.
fn is_listed(view: &View, family: &Name, given: &Name) -> bool {
    let form = |i: usize| view.analysis.tokens.get(i).map_or("", |t| t.form.as_str());
    let quote = |at: Option<usize>| matches!(at.map_or("", form), "\"" | "“" | "”");
    (family.kind, given.kind) == (NameKind::Person, NameKind::Person)
        && given.tokens.start == family.tokens.end + 1
        && form(family.tokens.end) == ","
        && quote(family.tokens.start.checked_sub(1))
        && quote(Some(given.tokens.end))
}

fn is_compass(view: &View, tokens: &Range<usize>) -> bool {
    tokens.len() == 1
        && matches!(view.words(tokens).to_lowercase().as_str(), "north" | "south" | "east" | "west" | "central")
}

/// Where "the **Fallujah** assault" took place: the capitalised word of the map before a common noun for an event.
pub fn place_in_event(view: &View, tokens: &Range<usize>) -> Option<Found> {
    let small = |i: usize| !view.analysis.tokens[i].form.starts_with(char::is_uppercase);
    let end = (tokens.start..tokens.end).find(|&i| small(i)).filter(|&end| end > tokens.start)?;
    let place = tokens.start..end;
    let known = !known_place(view.words(&place)).is_empty() && lookup(view, &place).is_none();
    known.then(|| Found {
        head: view.head_of(&place),
        tokens: place,
        form: MentionForm::Name,
        kind: EntityKind::Place,
        known: None,
        cluster: usize::MAX,
        weak: false,
    })
}

/// The name without its article, titles and possessive; for persons without the nationality in front.
/// `None` where nothing but a title is left: that is a description.
pub fn trimmed(view: &View, mut tokens: Range<usize>, kind: NameKind) -> Option<Range<usize>> {
    let titles = titles();
    let form = |i: usize| view.analysis.tokens[i].form.to_lowercase();
    while tokens.len() > 1
        && (form(tokens.start) == "the"
            || kind != NameKind::Place
                && titles.contains(&form(tokens.start).as_str())
                && !form(tokens.start + 1).is_empty()
                && view.analysis.tokens[tokens.start + 1].upos == "PROPN")
    {
        tokens.start += 1;
    }
    while tokens.len() > 1 && matches!(form(tokens.end - 1).as_str(), "'s" | "’s" | "'" | "’" | "," | "." | "-" | "–")
    {
        tokens.end -= 1;
    }
    if kind == NameKind::Person {
        let nationality = |i: usize| lookup(view, &(i..i + 1)).is_some_and(|k| k.how == How::Adjective);
        let title = |i: usize| titles.contains(&form(i).as_str()) || Knowledge::built_in().role(&form(i)).is_some();
        while tokens.len() > 1 && (nationality(tokens.start) || title(tokens.start)) {
            tokens.start += 1;
        }
        // "of Defence Ozols": what a title leaves behind.
        if tokens.len() > 2 && form(tokens.start) == "of" {
            tokens.start += 2;
        }
        if tokens.len() == 1 && title(tokens.start) {
            return None;
        }
    }
    let word = view.words(&tokens).chars().any(char::is_alphanumeric);
    (word && !tokens.is_empty()).then_some(tokens)
}
