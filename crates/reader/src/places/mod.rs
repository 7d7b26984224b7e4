//! Places: the gazetteer, what a name may mean, and what it means in an article.
//!
//! [`gazetteer`] looks names up in the built-in table; [`lookup`] finds other spellings and the place in a longer name;
//! [`resolve_places`] chooses for all place names of an article together. Which words are a place name is
//! [`crate::entities`]' business, where an event takes place that of the claims.

pub mod gazetteer;
pub mod lookup;
mod resolve;
mod weights;

pub use gazetteer::{Gazetteer, Place};
pub use resolve::{PlaceMention, Resolved, Surroundings, kilometres, resolve_places};

/// The point and id that stand for a state.
pub fn state(iso3: &str, name: &str) -> Option<Place> {
    Gazetteer::built_in().candidates(name).into_iter().find(|p| p.feature == "PCLI" && p.country == Some(iso3))
}
