//! Web pages: the report's text, and what the page says of itself in JSON-LD, OpenGraph and meta tags.

use dom_smoothie::{Config, Readability, TextMode};
use reportedly_record::{Article, ParagraphKind, PublishedFrom};

use crate::decode::Decoded;
use crate::{IngestError, dates, text};

/// The article on a page.
pub fn read(decoded: Decoded) -> Result<Article, IngestError> {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut page = Readability::new(decoded.text.as_str(), None, Some(config)).map_err(|_| IngestError::NoBody)?;
    let found = page.parse().map_err(|_| IngestError::NoBody)?;
    let body = found.text_content.trim();
    if body.is_empty() {
        return Err(IngestError::NoBody);
    }
    let title = Some(found.title.trim().to_owned()).filter(|t| !t.is_empty());
    // The headline is no part of what readability gives; it is read as the first paragraph.
    let text = match &title {
        Some(title) if !body.starts_with(title.as_str()) => format!("{title}\n\n{body}"),
        _ => body.to_owned(),
    };
    let mut article = text::read(Decoded { text, notes: decoded.notes })?;
    if title.is_some() {
        if let Some(first) = article.paragraphs.first_mut() {
            first.kind = ParagraphKind::Title;
        }
        article.title = title;
    }
    article.byline = found.byline.or(article.byline);
    article.publisher = found.site_name.or(article.publisher);
    article.url = found.url.or(article.url);
    article.language =
        found.lang.map(|l| l.split('-').next().unwrap_or_default().to_lowercase()).filter(|l| !l.is_empty());
    if let Some(date) = found.published_time.as_deref().and_then(dates::parse) {
        article.published = Some(date);
        article.published_from = Some(PublishedFrom::Metadata);
    }
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::decode;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><title>Ferry talks fail | Harbour News</title>
<meta property="og:site_name" content="Harbour News"><meta property="article:published_time" content="2021-04-06T08:00:00Z">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry talks fail","datePublished":"2021-04-06T08:00:00Z","author":{"@type":"Person","name":"Mara Lindt"},"publisher":{"@type":"Organization","name":"Harbour News"}}</script>
</head><body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Ferry talks fail</h1>
<p>Talks between the two governments over the ferry route collapsed on Monday, the transport ministry said, after eleven hours of negotiation in the port city.</p>
<p>“We will not sign a deal that closes our harbour,” the minister told reporters, adding that her government had offered two further compromises in March.</p>
<p>The other side denied that any offer had been made and accused the minister of delaying the route, which carries four thousand passengers a day in summer.</p>
</article><aside><p>Sign up for our newsletter</p></aside><footer>© Harbour News. All rights reserved.</footer></body></html>"#;

    #[test]
    fn a_page_gives_its_report_and_what_it_says_of_itself() {
        let article = decode(PAGE.as_bytes()).and_then(read).expect("a page");
        assert_eq!(article.title.as_deref(), Some("Ferry talks fail"));
        assert_eq!(article.publisher.as_deref(), Some("Harbour News"));
        assert_eq!(article.published.as_deref(), Some("2021-04-06"));
        assert_eq!(article.byline.as_deref(), Some("Mara Lindt"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert!(
            article.text.contains("eleven hours")
                && !article.text.contains("newsletter")
                && !article.text.contains("World")
        );
        assert_eq!(article.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body).count(), 3);
    }

    #[test]
    fn a_page_without_a_report_is_an_error() {
        assert_eq!(decode(b"<html><body></body></html>").and_then(read).err(), Some(IngestError::NoBody));
    }
}
