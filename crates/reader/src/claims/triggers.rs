//! Triggers: the words that name an event, with the lexicon entry that says so.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use reportedly_record::{Analysis, EventCue, NameKind};

use super::ClaimContext;
use super::head;
use super::participants::{classes_of, lemma_of};
use crate::lexicon::{Entry, built_in, known_lemma};
use crate::syntax::{Slot, SlotOrigin, slots, surface_subject};

/// A word that names an event.
#[derive(Debug, Clone)]
pub struct Trigger<'a> {
    /// The words: the verb with its particle, or the noun with what makes it one word.
    pub tokens: Range<usize>,
    /// Its head word.
    pub head: usize,
    /// The verb that carries a noun's tense and subject ("**held** talks").
    pub light: Option<usize>,
    /// The entry whose frame gives the roles: the one that fired, or the default one of the type that the head saw.
    pub entry: &'static Entry,
    /// PLOVER's mode.
    pub mode: Option<String>,
    /// What coded it.
    pub rule: String,
    /// What the model says of the word.
    pub cue: Option<&'a EventCue>,
    /// Its slots, the light verb's included.
    pub slots: Vec<Slot<'a>>,
}

/// Every trigger of the article in text order.
pub fn find_triggers<'a>(context: &ClaimContext<'a>) -> Vec<Trigger<'a>> {
    let analysis = context.analysis;
    let in_names = named_words(analysis);
    let mut out: Vec<Trigger> = Vec::new();
    let mut light: HashSet<usize> = HashSet::new();
    // Nouns first: their support verbs are no events of their own.
    for (at, &in_name) in in_names.iter().enumerate() {
        let nominal = matches!(analysis.tokens[at].upos.as_str(), "NOUN" | "PROPN" | "ADJ");
        if in_name || !nominal {
            continue;
        }
        if let Some(trigger) = noun_trigger(context, at) {
            light.extend(trigger.light);
            out.push(trigger);
        }
    }
    for at in 0..analysis.tokens.len() {
        if analysis.tokens[at].upos == "VERB" && !light.contains(&at) {
            out.extend(verb_trigger(context, at));
        }
    }
    out.sort_by_key(|t| (t.tokens.start, t.tokens.end));
    out
}

fn verb_trigger<'a>(context: &ClaimContext<'a>, at: usize) -> Option<Trigger<'a>> {
    let analysis = context.analysis;
    let token = &analysis.tokens[at];
    let lexicon = built_in();
    let particle = analysis.children(at).find(|&c| {
        analysis.tokens[c].deprel == "compound:prt"
            || c == at + 1
                && matches!(analysis.tokens[c].relation(), "advmod" | "compound")
                && analysis.tokens[c].upos != "NOUN"
    });
    let with_particle = particle
        .map(|p| (p, format!("{}_{}", token.lemma, analysis.tokens[p].lemma)))
        .filter(|(_, l)| lexicon.knows(l, false));
    // "took part", "made peace": the verb and its bare noun are one entry.
    let with_noun = analysis
        .children(at)
        .filter(|&c| c > at && analysis.tokens[c].upos == "NOUN")
        .map(|c| (c, format!("{}_{}", token.lemma, analysis.tokens[c].form.to_lowercase())))
        .find(|(_, l)| lexicon.knows(l, false));
    let (lemma, end) = match with_particle.as_ref().or(with_noun.as_ref()) {
        Some((p, lemma)) => (Some(lemma.clone()), Some(*p)),
        None => (known_lemma(&token.form, &token.lemma, false), None),
    };
    let slots = slots(analysis, at);
    // A verb with a particle that the lexicon does not know is another verb: "take off" is not "take".
    let another = end.is_none() && analysis.children(at).any(|c| analysis.tokens[c].deprel == "compound:prt");
    let fired = lemma.filter(|_| !another).and_then(|lemma| choose(context, &lemma, false, &slots));
    let end = end.or_else(|| analysis.children(at).find(|&c| analysis.tokens[c].deprel == "compound:prt"));
    let cue = analysis.event_at(at);
    let coded = head::code(fired, cue, !analysis.events.is_empty(), false)?;
    let tokens = match end {
        Some(p) if p == at + 1 => at..p + 1,
        _ => at..at + 1,
    };
    Some(Trigger { tokens, head: at, light: None, entry: coded.entry, mode: coded.mode, rule: coded.rule, cue, slots })
}

fn noun_trigger<'a>(context: &ClaimContext<'a>, at: usize) -> Option<Trigger<'a>> {
    let analysis = context.analysis;
    let lexicon = built_in();
    let sentence = &analysis.sentences[analysis.sentence_of(at)].tokens;
    let token = &analysis.tokens[at];
    // The longest multiword entry that ends here: "air strike", "cease-fire".
    let entry = (sentence.start.max(at.saturating_sub(3))..=at)
        .map(|start| (start, (start..=at).map(|i| noun_lemma(analysis, i)).collect::<Vec<_>>().join("_")))
        .find(|(_, lemma)| token.upos != "ADJ" && lexicon.knows(lemma, true))
        // A noun inside a bigger compound names no event of its own: "war crimes tribunal", "peace talks venue".
        .filter(|_| {
            !(token.relation() == "compound"
                && token.head.is_some_and(|h| h > at && analysis.tokens[h].upos == "PROPN"))
        });
    let cue = analysis.event_at(at);
    if entry.is_none() && cue.is_none() {
        return None;
    }
    let light = support_verb(analysis, at);
    let mut own = slots(analysis, at);
    if let Some(verb) = light {
        own.extend(slots(analysis, verb).into_iter().filter(|s| s.filler != at && s.name != "obj" && s.name != "adv"));
        if analysis.tokens[at].deprel != "nsubj:pass"
            && let Some(subject) = surface_subject(analysis, verb).filter(|&s| s != at)
            && !own.iter().any(|s| s.filler == subject)
        {
            own.push(Slot { name: "subj", filler: subject, origin: SlotOrigin::Shared });
        }
    }
    let fired = entry.as_ref().and_then(|(_, lemma)| choose(context, lemma, true, &own));
    let coded = head::code(fired, cue, !analysis.events.is_empty(), true)?;
    let start = entry.filter(|_| fired.is_some()).map_or(at, |(start, _)| start);
    Some(Trigger {
        tokens: start..at + 1,
        head: at,
        light,
        entry: coded.entry,
        mode: coded.mode,
        rule: coded.rule,
        cue,
        slots: own,
    })
}

/// The verb that the noun is the event of: it is its object (or passive subject), and the verb is a support verb.
fn support_verb(analysis: &Analysis, noun: usize) -> Option<usize> {
    let token = &analysis.tokens[noun];
    let verb = token.head?;
    let fits = matches!(token.deprel.as_str(), "obj" | "nsubj:pass")
        || token.relation() == "obl" && analysis.tokens[verb].lemma == "engage"
        || matches!(token.deprel.as_str(), "acl" | "acl:relcl");
    if !fits || analysis.tokens[verb].upos != "VERB" {
        return None;
    }
    let particle = analysis.children(verb).find(|&c| analysis.tokens[c].deprel == "compound:prt");
    let lemma = match particle {
        Some(p) => format!("{}_{}", analysis.tokens[verb].lemma, analysis.tokens[p].lemma),
        None => analysis.tokens[verb].lemma.clone(),
    };
    light_verbs().contains(lemma.as_str()).then_some(verb)
}

fn light_verbs() -> &'static HashSet<&'static str> {
    static VERBS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    VERBS.get_or_init(|| {
        include_str!("../../data/events/light_verbs.txt")
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
            .collect()
    })
}

/// The entry whose conditions hold; those with more conditions are asked first.
fn choose(context: &ClaimContext, lemma: &str, noun: bool, slots: &[Slot]) -> Option<&'static Entry> {
    let classes = |token: usize| classes_of(context, token);
    let lemma_at = |token: usize| lemma_of(context.analysis, token);
    built_in().entries_of(lemma, noun).find(|entry| entry.holds(slots, &classes, &lemma_at))
}

fn noun_lemma(analysis: &Analysis, at: usize) -> String {
    let token = &analysis.tokens[at];
    known_lemma(&token.form, &token.lemma, true).unwrap_or_else(|| token.lemma.to_lowercase())
}

/// Words inside names of persons, organisations and places: "Security Council", "Defence Ministry".
fn named_words(analysis: &Analysis) -> Vec<bool> {
    let mut out = vec![false; analysis.tokens.len()];
    for name in analysis.names.iter().filter(|n| !matches!(n.kind, NameKind::Event | NameKind::Group)) {
        out[name.tokens.clone()].fill(true);
    }
    out
}
