//! Bytes → articles. The only crate that knows markup and encodings.
//!
//! [`decode`] makes text of bytes, [`html`] finds the report on a page, [`text`] gives paragraphs their kinds and
//! reads datelines, [`jsonl`] reads one article a line. [`read`] picks among them.

pub mod dates;
pub mod decode;
pub mod html;
pub mod jsonl;
pub mod text;

use reportedly_record::{Article, PublishedFrom};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// What sort of input the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InputKind {
    /// To be told from the bytes.
    #[default]
    Auto,
    /// Plain text, one article.
    Text,
    /// A web page, one article.
    Html,
    /// One article a line, as JSON objects.
    Jsonl,
}

/// Why an input cannot be read as an article.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum IngestError {
    /// No characters, or only white space.
    #[error("the input is empty; give a text, a web page or JSON lines")]
    Empty,
    /// Bytes that are no text.
    #[error("the input is {0}, not text; convert it to plain text, HTML or JSON lines first")]
    Binary(&'static str),
    /// A page on which no report was found.
    #[error("no article text was found on the page; save the article itself, or give its text with --input text")]
    NoBody,
    /// A JSON line that is no article.
    #[error("line {line}: {reason}")]
    Line {
        /// From 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// More than a reading can hold.
    #[error("the input has {0} bytes; an article may have {MOST_BYTES}: split it")]
    TooLong(usize),
}

/// The longest article that is read: far above any report, far below what memory holds.
pub const MOST_BYTES: usize = 8 << 20;

/// One article of an input, or what stands in its place.
#[derive(Debug)]
pub struct Item {
    /// The input's own id of it, where it has one.
    pub id: Option<String>,
    /// The article.
    pub article: Result<Article, IngestError>,
}

/// All articles of an input; `published` (an ISO date) overrides what the input says.
pub fn read(bytes: &[u8], kind: InputKind, published: Option<&str>) -> Vec<Item> {
    let kind = if kind == InputKind::Auto { sniff(bytes) } else { kind };
    match kind {
        InputKind::Jsonl => jsonl::read(bytes, published),
        InputKind::Html => vec![Item { id: None, article: one(bytes, published, html::read) }],
        InputKind::Text | InputKind::Auto => vec![Item { id: None, article: one(bytes, published, text::read) }],
    }
}

fn one(
    bytes: &[u8],
    published: Option<&str>,
    read: impl Fn(decode::Decoded) -> Result<Article, IngestError>,
) -> Result<Article, IngestError> {
    if bytes.len() > MOST_BYTES {
        return Err(IngestError::TooLong(bytes.len()));
    }
    let mut article = read(decode::decode(bytes)?)?;
    finish(&mut article, published);
    Ok(article)
}

/// Fills what every input needs: the id, and the date that the caller knows better.
pub(crate) fn finish(article: &mut Article, published: Option<&str>) {
    if let Some(date) = published {
        article.published = Some(date.to_owned());
        article.published_from = Some(PublishedFrom::Argument);
    }
    if article.id.is_empty() {
        let digest = Sha256::digest(article.text.as_bytes());
        article.id = format!("sha256:{}", digest.iter().map(|b| format!("{b:02x}")).collect::<String>());
    }
}

/// HTML begins with a tag that only pages have, JSON lines with an object that has a text; everything else is text.
fn sniff(bytes: &[u8]) -> InputKind {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]);
    let head = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let lower = head.to_lowercase();
    if lower.starts_with("<!doctype html")
        || lower.starts_with("<html")
        || lower.starts_with('<')
            && (lower.contains("<head")
                || lower.contains("<body")
                || lower.contains("<p>")
                || lower.contains("<article"))
    {
        return InputKind::Html;
    }
    if head.starts_with('{') && (lower.contains("\"text\"") || lower.contains("\"html\"")) {
        return InputKind::Jsonl;
    }
    InputKind::Text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn kinds_are_told_apart() {
        assert_eq!(sniff(b"  <!DOCTYPE html><html>"), InputKind::Html);
        assert_eq!(sniff(b"{\"text\": \"Rebels\"}"), InputKind::Jsonl);
        assert_eq!(sniff(b"Rebels took the town."), InputKind::Text);
    }

    #[test]
    fn what_is_no_article_is_an_error_that_says_so() {
        let error =
            |bytes: &[u8]| read(bytes, InputKind::Auto, None).remove(0).article.expect_err("no article").to_string();
        assert!(error(b" \n ").starts_with("the input is empty"));
        assert!(error(b"%PDF-1.7\x00\x01").contains("a PDF"));
        assert!(error(b"abc\x00\x00\x01\x02def").contains("binary"));
        assert!(error(&vec![b'a'; MOST_BYTES + 1]).contains("split it"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0usize..3) {
            let kind = [InputKind::Text, InputKind::Html, InputKind::Jsonl][kind];
            for item in read(&bytes, kind, None) {
                if let Ok(article) = item.article {
                    for paragraph in &article.paragraphs {
                        prop_assert!(!paragraph.span.of(&article.text).trim().is_empty());
                    }
                }
            }
        }
    }
}
