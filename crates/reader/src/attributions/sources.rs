//! What sort of source: person, official, media, document; named or not.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use reportedly_record::{Analysis, EntityKind, MentionForm, SourceKind};

use super::FoundAttribution;
use crate::entities::{Entities, EntityRow};

/// Fills entity, kind and `named` from the source's words.
pub fn resolve(analysis: &Analysis, entities: &Entities, attribution: &mut FoundAttribution) {
    if attribution.rule == "syntax.unnamed" {
        return;
    }
    let Some(source) = attribution.source.clone() else { return };
    let head = spoken_for(analysis, head_of(analysis, &source));
    attribution.entity = entities.mention_of(head).map(|m| m.entity);
    (attribution.kind, attribution.named) = describe_source(analysis, entities, head);
}

/// "a deal **which** demands": what the relative pronoun stands for.
fn spoken_for(analysis: &Analysis, head: usize) -> usize {
    let token = &analysis.tokens[head];
    let relative =
        token.upos == "PRON" && (token.has_feat("PronType=Rel") || matches!(token.xpos.as_str(), "WP" | "WDT"));
    if !relative {
        return head;
    }
    crate::syntax::ancestors(analysis, head)
        .find(|&a| analysis.tokens[a].deprel == "acl:relcl")
        .and_then(|a| analysis.tokens[a].head)
        .unwrap_or(head)
}

/// The kind of source that the phrase with this head is, and whether it is named.
pub fn describe_source(analysis: &Analysis, entities: &Entities, head: usize) -> (SourceKind, bool) {
    let row = entities.row_of(head);
    let noun = analysis.tokens[head].lemma.to_lowercase();
    let listed = source_nouns().get(noun.as_str()).copied();
    let named = row.is_some_and(|r| {
        r.record.mentions.iter().any(|m| m.form == MentionForm::Name) && r.record.kind != EntityKind::Group
    }) || analysis.tokens[head].upos == "PROPN";
    let known = row.and_then(kind_of_row);
    let kind = match (known, listed) {
        (Some(SourceKind::Official | SourceKind::Person), Some(SourceKind::Witness)) => SourceKind::Witness,
        (Some(kind), _) => kind,
        (None, Some(kind)) => kind,
        (None, None) => SourceKind::Unspecified,
    };
    (kind, named)
}

/// Whether the word can speak for itself in somebody's report: people, bodies and papers, not the speaker's own "I" and "you",
/// not an "it" of nobody, and not a rule or a level.
pub fn speaks(analysis: &Analysis, entities: &Entities, head: usize) -> bool {
    let token = &analysis.tokens[head];
    if token.upos == "PRON" {
        return !token.has_feat("Person=1")
            && !token.has_feat("Person=2")
            && (token.lemma != "it" || entities.row_of(head).is_some());
    }
    entities.row_of(head).is_some_and(|r| r.record.kind != EntityKind::Thing)
        || token.upos == "PROPN"
        || source_nouns().contains_key(token.lemma.to_lowercase().as_str())
}

fn kind_of_row(row: &EntityRow) -> Option<SourceKind> {
    let sector = row.record.sector.as_deref();
    Some(match (row.record.kind, sector) {
        (_, Some("SPY")) => SourceKind::Intelligence,
        (_, Some("JRN")) => SourceKind::Media,
        (EntityKind::Country, _) => SourceKind::Government,
        (EntityKind::Organization, Some("GOV")) => SourceKind::Government,
        (EntityKind::Organization, _) => SourceKind::Organization,
        (EntityKind::Person | EntityKind::Group, Some("GOV" | "MIL" | "LEG" | "JUD" | "COP" | "IGO" | "PTY")) => {
            SourceKind::Official
        }
        (EntityKind::Person, _) => SourceKind::Person,
        (EntityKind::Place, _) => SourceKind::Government,
        _ => return None,
    })
}

/// The word of the run whose head lies outside it.
pub fn head_of(analysis: &Analysis, run: &Range<usize>) -> usize {
    run.clone()
        .find(|&i| analysis.tokens[i].upos != "PUNCT" && analysis.tokens[i].head.is_none_or(|h| !run.contains(&h)))
        .unwrap_or(run.start)
}

/// Whether the noun names a paper or a figure that speaks: "report", "data".
pub fn is_document(noun: &str) -> bool {
    source_nouns().get(noun) == Some(&SourceKind::Document)
}

fn source_nouns() -> &'static HashMap<&'static str, SourceKind> {
    static TABLE: OnceLock<HashMap<&'static str, SourceKind>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../data/attributions/source_nouns.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(word, kind)| {
                Some((word, serde_json::from_value(serde_json::Value::String(kind.to_owned())).ok()?))
            })
            .collect()
    })
}
