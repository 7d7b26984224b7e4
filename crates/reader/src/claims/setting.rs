//! When: the time that syntax ties to the event, not the nearest one. Where is in [`super::location`].

use reportedly_record::{Analysis, ClaimTime};

use super::ClaimContext;
use super::triggers::Trigger;
use crate::stance::{Link, Stances};
use crate::syntax::preposition_of;

/// When the event takes place: an expression that hangs on it, on its support verb, or on the verb it is the object of.
pub fn time_of(context: &ClaimContext, trigger: &Trigger) -> Option<ClaimTime> {
    let analysis = context.analysis;
    for host in hosts(context, trigger) {
        let adverbials: Vec<usize> = analysis.children(host).filter(|&c| is_adverbial(analysis, c)).collect();
        let dated = adverbials.iter().find_map(|&c| time_under(context, c));
        if dated.is_some() {
            return dated;
        }
        // "in the margins of the forum, between 10 and 13 May": a date that the tree hangs on the place dates the event, a range surely.
        let ranged = adverbials
            .iter()
            .flat_map(|&c| analysis.children(c).filter(|&g| analysis.tokens[g].relation() == "nmod"))
            .filter(|&g| context.ranges.iter().any(|r| r.span.overlaps(analysis.tokens[g].span)))
            .find_map(|g| time_under(context, g));
        if ranged.is_some() {
            return ranged;
        }
    }
    None
}

/// The words whose adverbials may set the event's time and place, nearest first.
pub(super) fn hosts(context: &ClaimContext, trigger: &Trigger) -> Vec<usize> {
    let analysis = context.analysis;
    let mut out = vec![trigger.head];
    out.extend(trigger.light);
    let mut at = trigger.light.unwrap_or(trigger.head);
    // A verb lends its adverbials to its object, subject and coordinates, an implicative to its complement; a saying verb
    // dates the saying only.
    for _ in 0..3 {
        let token = &analysis.tokens[at];
        let Some(head) = token.head else { break };
        let governor = &analysis.tokens[head];
        let lends = match token.relation() {
            "conj" => true,
            "xcomp" => true,
            "obj" => governor.upos == "VERB" && trigger.entry.noun,
            // "The meeting is likely to take place on Monday": what the adjective's verb says is said of the meeting.
            "nsubj" => matches!(governor.upos.as_str(), "VERB" | "ADJ") && trigger.entry.noun,
            "amod" | "acl" => false,
            "obl" | "nmod" => trigger.entry.noun && governor.upos == "VERB",
            _ => false,
        };
        let says =
            Stances::built_in().signatures_of(&governor.lemma, &governor.upos).iter().any(|s| s.link != Link::None);
        if !lends || says {
            break;
        }
        out.push(head);
        if token.relation() == "nsubj" {
            out.extend(analysis.child(head, "xcomp"));
        }
        at = head;
    }
    out
}

fn is_adverbial(analysis: &Analysis, at: usize) -> bool {
    matches!(
        analysis.tokens[at].relation(),
        "obl" | "advmod" | "nmod" | "nummod" | "amod" | "compound" | "appos" | "dep" | "parataxis" | "advcl"
    )
}

/// The dated expression in the phrase that hangs on `at`: a range where one begins there.
fn time_under(context: &ClaimContext, at: usize) -> Option<ClaimTime> {
    let analysis = context.analysis;
    let words = analysis.subtree(at);
    let (&first, &last) = (words.first()?, words.last()?);
    let phrase = analysis.span(first..last + 1);
    let head = analysis.tokens[at].span;
    // The phrase's own head must be the expression: "in the June raid" does not date what hangs above "raid".
    let index = context.times.iter().position(|t| t.span.contains(head) || t.span.overlaps(head))?;
    let range = context.ranges.iter().find(|r| r.span.overlaps(phrase) && (r.first == index || r.last == index));
    let time = &context.times[index];
    if let Some(range) = range {
        return Some(ClaimTime {
            time: Some(format!("t{}", range.first + 1)),
            start: range.start.clone(),
            end: range.end.clone(),
            granularity: time.granularity.clone(),
        });
    }
    let (start, end) = bounded(context, at, time.start.clone(), time.end.clone());
    if start.is_none() && end.is_none() {
        return None;
    }
    Some(ClaimTime { time: Some(format!("t{}", index + 1)), start, end, granularity: time.granularity.clone() })
}

/// "since June" ends with the day of publication, "until June" and "before June" have no stated beginning.
fn bounded(
    context: &ClaimContext,
    at: usize,
    start: Option<String>,
    end: Option<String>,
) -> (Option<String>, Option<String>) {
    let after_publication = || {
        context
            .article
            .published
            .as_deref()
            .and_then(|p| p.parse::<jiff::civil::Date>().ok())
            .and_then(|d| d.tomorrow().ok())
            .map(|d| d.to_string())
    };
    match preposition_of(context.analysis, at) {
        Some("since") => (start, after_publication()),
        Some("until" | "till" | "by" | "before") => (None, end),
        Some("after") => (start, None),
        _ => (start, end),
    }
}
