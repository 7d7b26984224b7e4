//! Who and what the article speaks of: mentions, clustered into entities that carry what is known of them.

use std::ops::Range;

use reportedly_record::{Entity, MentionForm};

use crate::lexicon::Classes;

/// All entities of an article.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// One row per real-world entity, in order of first mention.
    pub rows: Vec<EntityRow>,
    /// All mentions in text order.
    pub mentions: Vec<EntityMention>,
}

/// An entity as the reading lists it, with the word classes the lexicon asks for.
#[derive(Debug, Clone)]
pub struct EntityRow {
    /// The row of the reading.
    pub record: Entity,
    /// What it counts as in lexicon conditions.
    pub classes: Classes,
}

/// One mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityMention {
    /// Its words.
    pub tokens: Range<usize>,
    /// Its syntactic head.
    pub head: usize,
    /// Name, nominal or pronoun.
    pub form: MentionForm,
    /// Index into [`Entities::rows`].
    pub entity: usize,
}

impl Entities {
    /// The mention that the word heads, or else the shortest one that holds it.
    pub fn mention_of(&self, token: usize) -> Option<&EntityMention> {
        self.mentions.iter().filter(|m| m.head == token).max_by_key(|m| m.tokens.len()).or_else(|| {
            self.mentions.iter().filter(|m| m.form == MentionForm::Name && m.tokens.contains(&token)).min_by_key(|m| m.tokens.len())
        })
    }

    /// The entity of the mention that the word heads.
    pub fn row_of(&self, token: usize) -> Option<&EntityRow> {
        self.mention_of(token).map(|m| &self.rows[m.entity])
    }
}
