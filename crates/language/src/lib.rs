//! Article → analysis: words, trees, names, cues, events, factuality. The only crate that knows tensors.
//!
//! [`segment`] cuts text into words and sentences, [`wordpiece`] words into pieces, [`encoder`] turns pieces into
//! vectors, [`heads`] and [`events`] vectors into labels, [`model`] ties them together, [`conllu`] reads and writes CoNLL-U.

pub mod conllu;
pub mod encoder;
pub mod events;
pub mod heads;
pub mod lemma;
pub mod model;
pub mod segment;
pub mod tree;
pub mod wordpiece;

pub use encoder::{Isa, ModelError};
pub use model::{Analyzer, Model, TaggedWord};
