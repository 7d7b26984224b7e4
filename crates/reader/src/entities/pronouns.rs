//! Pronouns: each to the likeliest entity before it, by number, kind, nearness and grammatical place.

use reportedly_record::{Analysis, EntityKind, MentionForm};

use super::salience::{Choice, quote_around};
use super::words::Gender;
use super::{Cluster, Found, View};
use crate::stance::is_saying;
use crate::syntax::slots;

/// How many sentences back a pronoun looks.
const REACH: usize = 3;
/// How many more where they are one running quotation.
const QUOTED: usize = 8;

/// Adds the pronouns that find somebody; `log` takes down what each had to choose from, for training.
pub fn add(view: &View, found: &mut Vec<Found>, clusters: &mut [Cluster], mut log: Option<&mut Vec<Choice>>) {
    let analysis = view.analysis;
    let mut all: Vec<Found> = found.clone();
    for at in 0..analysis.tokens.len() {
        if analysis.tokens[at].upos != "PRON" {
            continue;
        }
        let Some(wanted) = Wanted::of(&analysis.tokens[at].form.to_lowercase()) else { continue };
        let cluster = if wanted == Wanted::Speaker {
            let one = matches!(analysis.tokens[at].lemma.to_lowercase().as_str(), "i" | "my" | "me");
            speaker(view, at, &all).map(|s| if one { s } else { body_of(view, s, &all, clusters).unwrap_or(s) })
        } else {
            best(view, at, wanted, &all, clusters, log.as_deref_mut())
        };
        if let Some(cluster) = cluster {
            clusters[cluster].last = at;
            clusters[cluster].gender = clusters[cluster].gender.or(wanted.gender());
            let place = all.partition_point(|f| f.tokens.start < at);
            all.insert(
                place,
                Found {
                    tokens: at..at + 1,
                    head: at,
                    form: MentionForm::Pronoun,
                    kind: clusters[cluster].kind,
                    known: None,
                    cluster,
                    weak: false,
                },
            );
        }
    }
    *found = all;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person(Gender),
    Plural,
    Thing,
    Speaker,
}

impl Wanted {
    fn of(form: &str) -> Option<Wanted> {
        Some(match form {
            "he" | "him" | "his" | "himself" => Wanted::Person(Gender::Male),
            "she" | "her" | "hers" | "herself" => Wanted::Person(Gender::Female),
            "they" | "them" | "their" | "theirs" | "themselves" => Wanted::Plural,
            "it" | "its" | "itself" => Wanted::Thing,
            "i" | "me" | "my" | "we" | "us" | "our" | "ours" => Wanted::Speaker,
            _ => return None,
        })
    }

    fn class(self) -> &'static str {
        match self {
            Wanted::Person(_) => "person",
            Wanted::Plural => "plural",
            Wanted::Thing | Wanted::Speaker => "thing",
        }
    }

    fn gender(self) -> Option<Gender> {
        match self {
            Wanted::Person(gender) => Some(gender),
            _ => None,
        }
    }

    fn fits(self, cluster: &Cluster) -> bool {
        match self {
            Wanted::Person(gender) => {
                cluster.kind == EntityKind::Person && !cluster.plural && cluster.gender.is_none_or(|g| g == gender)
            }
            Wanted::Plural => cluster.plural || matches!(cluster.kind, EntityKind::Group | EntityKind::Organization),
            Wanted::Thing => {
                matches!(
                    cluster.kind,
                    EntityKind::Country | EntityKind::Organization | EntityKind::Place | EntityKind::Thing
                ) && !(cluster.plural && cluster.noun.is_some())
            }
            Wanted::Speaker => false,
        }
    }
}

fn best(
    view: &View,
    at: usize,
    wanted: Wanted,
    all: &[Found],
    clusters: &[Cluster],
    log: Option<&mut Vec<Choice>>,
) -> Option<usize> {
    let analysis = view.analysis;
    // "It is unclear that …", "it rained": no one.
    if wanted == Wanted::Thing && (analysis.tokens[at].relation() == "expl" || is_empty_subject(view, at)) {
        return None;
    }
    if let Some(cluster) = subject_ahead(view, at, wanted, all, clusters) {
        return Some(cluster);
    }
    let choice = choose(view, at, wanted, all, clusters);
    let picked = choice.best();
    if let Some(log) = log {
        log.push(choice);
    }
    picked
}

/// Every mention in reach that the pronoun could stand for.
fn choose(view: &View, at: usize, wanted: Wanted, all: &[Found], clusters: &[Cluster]) -> Choice {
    let analysis = view.analysis;
    let sentence = analysis.sentence_of(at);
    let barred = own_subjects(view, at, all);
    let mut choice = Choice::new(view, at, wanted.class());
    for candidate in all.iter().rev() {
        if candidate.tokens.start >= at {
            continue;
        }
        if sentence - analysis.sentence_of(candidate.head) > REACH {
            break;
        }
        if barred.contains(&candidate.cluster)
            || says_where(analysis, candidate.head)
            || !wanted.fits(&clusters[candidate.cluster])
            || candidate.known.as_ref().is_some_and(|k| k.how == crate::knowledge::How::Adjective)
        {
            continue;
        }
        // A verb's object is not its subject's pronoun: "Kim met him".
        let token = &analysis.tokens[candidate.head];
        let sisters = token.head.is_some() && token.head == analysis.tokens[at].head;
        if !sisters || analysis.tokens[at].deprel == "nmod:poss" {
            choice.add(view, candidate, &clusters[candidate.cluster], all);
        }
    }
    choice
}

/// Whether the word only says where or by whom in a participle before a noun: "the **Nairobi**-based centre".
fn says_where(analysis: &Analysis, at: usize) -> bool {
    let tokens = &analysis.tokens;
    matches!(tokens[at].relation(), "compound" | "obl")
        && tokens[at].head.is_some_and(|h| h > at && tokens[h].relation() == "amod" && tokens[h].xpos == "VBN")
}

/// Whoever acts in a verb is not its object: "Ann rose, accusing **her** of fraud". "Herself" and possessives may be anybody.
fn own_subjects(view: &View, at: usize, all: &[Found]) -> Vec<usize> {
    let analysis = view.analysis;
    let token = &analysis.tokens[at];
    let reflexive = token.has_feat("Reflex=Yes") || token.form.to_lowercase().contains("sel");
    let Some(verb) = token.head.filter(|_| !reflexive && matches!(token.relation(), "obj" | "iobj")) else {
        return Vec::new();
    };
    slots(analysis, verb)
        .iter()
        .filter(|s| s.name == "subj" && s.filler != at)
        .filter_map(|s| all.iter().find(|f| f.head == s.filler).map(|f| f.cluster))
        .collect()
}

/// "In **his** talks with May, Orlov said": a pronoun in front of the subject's clause is the subject.
fn subject_ahead(view: &View, at: usize, wanted: Wanted, all: &[Found], clusters: &[Cluster]) -> Option<usize> {
    let analysis = view.analysis;
    let mut above = crate::syntax::ancestors(analysis, at);
    let front = above.find(|&a| matches!(analysis.tokens[a].relation(), "obl" | "advcl"))?;
    let verb = analysis.tokens[front].head?;
    let subject = analysis.children(verb).find(|&c| analysis.tokens[c].relation() == "nsubj" && c > at && front < c)?;
    let found = all.iter().find(|f| f.head == subject && f.form == MentionForm::Name)?;
    wanted.fits(&clusters[found.cluster]).then_some(found.cluster)
}

fn is_empty_subject(view: &View, at: usize) -> bool {
    let analysis = view.analysis;
    analysis.tokens[at].head.is_some_and(|h| {
        analysis.tokens[h].upos == "ADJ"
            && analysis
                .children(h)
                .any(|c| matches!(analysis.tokens[c].relation(), "ccomp" | "csubj" | "xcomp" | "advcl"))
    })
}

/// "I" and "we" in a quotation are its speaker: the subject of the last saying verb in this sentence or before, up to two sentences or
/// to where the quotation opens.
fn speaker(view: &View, at: usize, all: &[Found]) -> Option<usize> {
    let analysis = view.analysis;
    let sentence = analysis.sentence_of(at);
    // Whoever says something within the quotation is quoted, and quotes nobody here.
    let quoted = |i: usize| quote_around(view, i).is_some();
    let inside = quoted(at);
    let subject = |s: usize| {
        let saying = analysis.sentences[s].tokens.clone().filter(|&i| is_saying(analysis, i) && !(inside && quoted(i)));
        saying.into_iter().find_map(|i| {
            let subject = analysis.children(i).find(|&c| analysis.tokens[c].deprel == "nsubj")?;
            all.iter()
                .find(|f| f.head == subject && (f.form != MentionForm::Pronoun || f.tokens.len() == 1))
                .map(|f| f.cluster)
        })
    };
    let opened = quote_around(view, at).map_or(sentence, |first| analysis.sentence_of(first));
    // A quotation that opens anew in every paragraph goes on.
    let runs = |s: usize| {
        let tokens = &analysis.sentences[s].tokens;
        quoted(tokens.end - 1) || quoted((tokens.start + 1).min(tokens.end - 1))
    };
    let first = (0..opened).rev().take(QUOTED).take_while(|&s| inside && runs(s)).last().unwrap_or(opened);
    (first.min(sentence.saturating_sub(2))..=sentence).rev().find_map(subject)
}

/// Whom a speaker's "we" speaks for: the body or state of "a spokesman **for the army**", "**Chad**'s envoy", "a **rebel** who …".
fn body_of(view: &View, speaker: usize, all: &[Found], clusters: &[Cluster]) -> Option<usize> {
    let analysis = view.analysis;
    let described = |f: &&Found| f.cluster == speaker && f.form == MentionForm::Nominal;
    let named = |at: usize| all.iter().find(|f| f.head == at && f.form != MentionForm::Pronoun);
    all.iter()
        .filter(described)
        .flat_map(|f| slots(analysis, f.head))
        .find_map(|slot| {
            let found = named(slot.filler).filter(|_| matches!(slot.name, "of" | "for" | "poss" | "mod" | "to"))?;
            let body = matches!(
                clusters[found.cluster].kind,
                EntityKind::Organization | EntityKind::Group | EntityKind::Country
            );
            (body && found.cluster != speaker).then_some(found.cluster)
        })
        .or_else(|| armed_body(all, clusters).filter(|_| clusters[speaker].sector.as_deref() == Some(ARMED)))
}

/// PLOVER's sector of armed groups.
const ARMED: &str = "REB";

/// The armed group that the article is about: "we" of "a militant" are its members. One that is not named twice as often as any other is
/// not taken for it.
fn armed_body(all: &[Found], clusters: &[Cluster]) -> Option<usize> {
    let is_armed = |c: usize| {
        clusters[c]
            .known
            .as_ref()
            .is_some_and(|k| k.sector.as_deref() == Some(ARMED) && k.kind == EntityKind::Organization)
    };
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for f in all.iter().filter(|f| f.form == MentionForm::Name && is_armed(f.cluster)) {
        match counts.iter_mut().find(|(_, c)| *c == f.cluster) {
            Some((n, _)) => *n += 1,
            None => counts.push((1, f.cluster)),
        }
    }
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let (most, body) = *counts.first()?;
    counts.get(1).is_none_or(|(next, _)| most >= 2 * next).then_some(body)
}
