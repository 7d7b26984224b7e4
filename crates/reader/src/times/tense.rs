//! Which way a clause looks: back or ahead. It decides whether "on Tuesday" is behind or before us.

use reportedly_record::{Analysis, Span, Token};

use super::lexicon::{Lexicon, Sense};

/// Which way from publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    /// A present verb: a day is ahead ("opens on Monday"), a month the nearest.
    Present,
    Unknown,
}

/// How many heads are climbed to find the verb.
const CLIMB: usize = 8;

/// How the clause that governs the span looks; by the words around it where there is no tree.
pub(super) fn direction(analysis: &Analysis, span: Span) -> Direction {
    let range = analysis.tokens_in(span);
    let Some(head) = range.clone().find(|&t| analysis.tokens[t].head.is_none_or(|h| !range.contains(&h))) else {
        return Direction::Unknown;
    };
    if let Some(direction) = by_neighbours(analysis, range.start) {
        return direction;
    }
    if analysis.tokens[head].head.is_none()
        && (analysis.tokens[head].xpos.is_empty() || analysis.tokens[head].deprel.is_empty())
    {
        return by_words(analysis, range.start, range.end);
    }
    // Through a noun the verb tells little: "would appeal Wednesday's ruling", but "Friday's vote will decide".
    let (mut at, mut through_noun, mut subject) = (head, false, false);
    for _ in 0..CLIMB {
        if let Some(direction) = of_verb(analysis, at) {
            return if !through_noun || subject || direction == Direction::Past {
                direction
            } else {
                Direction::Unknown
            };
        }
        let token = &analysis.tokens[at];
        match token.head {
            Some(above) if above != at && above < analysis.tokens.len() => {
                let by_noun = matches!(token.relation(), "nmod" | "compound" | "nummod" | "amod" | "appos" | "flat");
                through_noun |= by_noun;
                subject = through_noun && token.relation() == "nsubj";
                at = above;
            }
            _ => break,
        }
    }
    Direction::Unknown
}

/// What the one or two words before it settle: "said Friday", "until Friday", "as soon as Friday".
fn by_neighbours(analysis: &Analysis, start: usize) -> Option<Direction> {
    let mut behind = start;
    let before = |n: usize| n.checked_sub(1).and_then(|t| analysis.tokens.get(t));
    // "until at least February".
    while behind + 3 > start && before(behind).is_some_and(|t| is_any(t, &["at", "least", "about", "around", "the"])) {
        behind -= 1;
    }
    let (last, second) = (before(behind)?, behind.checked_sub(1).and_then(before));
    if is_any(last, &["until", "till"])
        || is_any(last, &["as"]) && second.is_some_and(|t| is_any(t, &["soon", "early", "late"]))
    {
        return Some(Direction::Future);
    }
    let verb = if is_any(last, &["on"]) { second? } else { last };
    if sense(verb, Sense::Scheduled) && verb.xpos.starts_with(['V', 'J']) {
        return Some(Direction::Future);
    }
    (verb.xpos == "VBD").then_some(Direction::Past)
}

/// How the verb group at the word looks; `None` where it does not decide.
fn of_verb(analysis: &Analysis, at: usize) -> Option<Direction> {
    let token = &analysis.tokens[at];
    let children: Vec<usize> = analysis.children(at).collect();
    let auxiliaries =
        || children.iter().map(|&c| &analysis.tokens[c]).filter(|t| matches!(t.relation(), "aux" | "cop"));
    let verbal = token.xpos.starts_with('V') || auxiliaries().next().is_some();
    if verbal && sense(token, Sense::Scheduled) || token.xpos == "JJ" && sense(token, Sense::Scheduled) {
        return Some(Direction::Future);
    }
    if auxiliaries().any(|t| t.xpos == "MD") {
        return Some(Direction::Future);
    }
    if auxiliaries().any(|t| t.xpos == "VBD") {
        return Some(Direction::Past);
    }
    let present_have = auxiliaries().any(|t| is_any(t, &["have", "has", "'ve", "’ve"]));
    let present_be =
        auxiliaries().any(|t| matches!(t.xpos.as_str(), "VBZ" | "VBP") && !is_any(t, &["have", "has", "do", "does"]));
    let infinitive =
        children.iter().any(|&c| analysis.tokens[c].xpos == "TO" && analysis.tokens[c].relation() == "mark");
    match token.xpos.as_str() {
        "VBD" => Some(Direction::Past),
        _ if present_have => Some(Direction::Past),
        _ if infinitive => governed(analysis, token),
        "VBN" if present_be => {
            Some(if sense(token, Sense::Prospective) { Direction::Future } else { Direction::Present })
        }
        "VBN" if matches!(token.relation(), "acl" | "advcl") => Some(Direction::Past),
        "VBG" if present_be => Some(Direction::Future),
        "VBZ" | "VBP" => Some(if sense(token, Sense::Speaks) { Direction::Past } else { Direction::Present }),
        _ if present_be => Some(Direction::Present),
        _ => None,
    }
}

/// An infinitive lies ahead, but for one under a past verb that brings its complement about: "was forced to resign".
fn governed(analysis: &Analysis, token: &Token) -> Option<Direction> {
    let Some(above) = token.head.and_then(|h| analysis.tokens.get(h)) else { return Some(Direction::Future) };
    let brought_about = token.relation() == "xcomp"
        && matches!(above.xpos.as_str(), "VBD" | "VBN")
        && !sense(above, Sense::Prospective);
    Some(if brought_about { Direction::Past } else { Direction::Future })
}

fn sense(token: &Token, sense: Sense) -> bool {
    Lexicon::built_in().senses(&token.form).contains(&sense)
}

fn is_any(token: &Token, forms: &[&str]) -> bool {
    forms.iter().any(|f| token.form.eq_ignore_ascii_case(f))
}

/// Without a tree: a modal or a prospective word shortly before decides for the future.
fn by_words(analysis: &Analysis, start: usize, end: usize) -> Direction {
    let sentence = analysis.sentence_of(start);
    let Some(bounds) = analysis.sentences.get(sentence).map(|s| s.tokens.clone()) else { return Direction::Unknown };
    let from = start.saturating_sub(8).max(bounds.start);
    let to = (end + 4).min(bounds.end).min(analysis.tokens.len());
    let window = analysis.tokens.get(from..to.max(from)).unwrap_or_default();
    let ahead =
        |t: &Token| is_any(t, &["will", "'ll", "’ll", "would", "shall", "wo", "to"]) || sense(t, Sense::Prospective);
    let past = window
        .iter()
        .any(|t| t.form.ends_with("ed") && !sense(t, Sense::Prospective) || is_any(t, &["said", "was", "were", "had"]));
    match (window.iter().any(ahead), past) {
        (true, false) => Direction::Future,
        (_, true) => Direction::Past,
        _ => Direction::Unknown,
    }
}
