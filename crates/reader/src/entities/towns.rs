//! Names that the model did not take for places and the map does: towns taken for people, states behind their towns.

use std::ops::Range;

use reportedly_record::{EntityKind, MentionForm};

use super::names::{LONGEST, fold};
use super::near::lookup;
use super::{Found, View};
use crate::places::lookup::{contains, known_place, stands_before_places};
use crate::syntax::preposition_of;

/// A town that the model took for somebody: what is on the map and stands as places do ("in Murmansk", "Sligo, Ireland"), or is
/// a place elsewhere in the article.
pub fn read_as_places(view: &View, found: &mut [Found]) {
    let places: Vec<String> =
        found.iter().filter(|f| f.kind == EntityKind::Place).map(|f| fold(view.words(&f.tokens))).collect();
    for name in found.iter_mut().filter(|f| f.known.is_none() && f.kind != EntityKind::Place) {
        let words = view.words(&name.tokens);
        let stands = matches!(view.analysis.tokens[name.head].relation(), "obl" | "nmod")
            && preposition_of(view.analysis, name.head).is_some_and(stands_before_places);
        let contained = || {
            let rest = view.analysis.tokens.get(name.tokens.end..name.tokens.end + 2).unwrap_or_default();
            rest.first().is_some_and(|t| t.form == ",") && rest.last().is_some_and(|t| contains(&t.form, words))
        };
        if (stands || places.contains(&fold(words)) || contained()) && !known_place(words).is_empty() {
            name.kind = EntityKind::Place;
        }
    }
}

/// "Wood County, **W. Va.**": what stands behind a place and contains it is a place that the model missed.
pub fn add_containers(view: &View, found: &mut Vec<Found>) {
    let analysis = view.analysis;
    let mut missed = Vec::new();
    for place in found.iter().filter(|f| f.kind == EntityKind::Place) {
        let start = place.tokens.end + 1;
        let sentence = &analysis.sentences[analysis.sentence_of(place.head)].tokens;
        if analysis.tokens.get(start - 1).is_none_or(|t| t.form != ",") || start >= sentence.end {
            continue;
        }
        let end = (start + LONGEST).min(sentence.end);
        let free =
            |tokens: &Range<usize>| found.iter().all(|f| f.tokens.end <= tokens.start || tokens.end <= f.tokens.start);
        let name = view.words(&place.tokens);
        let run = (start + 1..=end).rev().map(|e| start..e).find(|t| free(t) && contains(view.words(t), name));
        if let Some(tokens) = run {
            missed.push(Found {
                head: view.head_of(&tokens),
                known: lookup(view, &tokens),
                tokens,
                form: MentionForm::Name,
                kind: EntityKind::Place,
                cluster: usize::MAX,
                weak: false,
            });
        }
    }
    for mut container in missed {
        if let Some(known) = &container.known {
            container.kind = known.kind;
        }
        found.push(container);
    }
}
