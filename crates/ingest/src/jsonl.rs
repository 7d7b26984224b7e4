//! JSON lines: one article a line. A line that cannot be read costs that line only.

use reportedly_record::{Article, PublishedFrom};
use serde::Deserialize;

use crate::decode::Decoded;
use crate::{IngestError, Item, MOST_BYTES, dates, finish, html, text};

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: Option<serde_json::Value>,
    text: Option<String>,
    html: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    title: Option<String>,
    url: Option<String>,
}

/// Every line that is not blank, in order.
pub fn read(bytes: &[u8], published: Option<&str>) -> Vec<Item> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes
        .split(|&b| b == b'\n')
        .enumerate()
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(number, line)| line_item(number + 1, line, published))
        .collect()
}

/// The article of one line.
pub fn line_item(number: usize, line: &[u8], published: Option<&str>) -> Item {
    let fail = |id, reason: String| Item { id, article: Err(IngestError::Line { line: number, reason }) };
    let row: Row = match serde_json::from_slice(line) {
        Ok(row) => row,
        Err(error) => {
            // The id may still be readable, so that the caller knows which article was lost.
            let id = serde_json::from_slice::<serde_json::Value>(line).ok().and_then(|v| id_text(v.get("id")));
            return fail(id, format!("not an article: {error}; a line is {{\"id\", \"text\" or \"html\", …}}"));
        }
    };
    let id = id_text(row.id.as_ref());
    match article(row, id.clone()) {
        Ok(mut article) => {
            finish(&mut article, published);
            Item { id, article: Ok(article) }
        }
        Err(error) => fail(id, error.to_string()),
    }
}

fn article(row: Row, id: Option<String>) -> Result<Article, IngestError> {
    let (body, page) = match (row.text, row.html) {
        (Some(text), _) => (text, false),
        (None, Some(html)) => (html, true),
        (None, None) => return Err(IngestError::Line { line: 0, reason: "no \"text\" and no \"html\"".to_owned() }),
    };
    if body.len() > MOST_BYTES {
        return Err(IngestError::TooLong(body.len()));
    }
    let body = if body.contains('\r') { body.replace("\r\n", "\n") } else { body };
    let body = body.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(body);
    if body.trim().is_empty() {
        return Err(IngestError::Empty);
    }
    let decoded = Decoded { text: body, notes: Vec::new() };
    let mut article =
        Article { id: id.unwrap_or_default(), ..if page { html::read(decoded)? } else { text::read(decoded)? } };
    if let Some(given) = row.published.filter(|p| !p.is_empty()) {
        match dates::parse(&given) {
            Some(date) => {
                article.published = Some(date);
                article.published_from = Some(PublishedFrom::Metadata);
            }
            None => article.notes.push(format!("the publication date `{given}` is no date and was left out")),
        }
    }
    article.publisher = row.publisher.or(article.publisher);
    article.title = row.title.or(article.title);
    article.url = row.url.or(article.url);
    Ok(article)
}

fn id_text(id: Option<&serde_json::Value>) -> Option<String> {
    match id? {
        serde_json::Value::String(s) => Some(s.clone()),
        serde_json::Value::Null => None,
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_costs_that_line_only() {
        let items = read(b"{\"id\":\"a\",\"text\":\"Rebels left.\"}\n{\"id\":7,\"text\":3}\n\n{\"id\":\"c\",\"text\":\"They came back.\",\"published\":\"2020-02-30\"}\n", None);
        assert_eq!(items.len(), 3);
        assert!(items[0].article.is_ok());
        assert_eq!(items[1].id.as_deref(), Some("7"));
        assert!(items[1].article.as_ref().is_err_and(|e| e.to_string().starts_with("line 2: not an article")));
        assert!(items[2].article.as_ref().is_ok_and(|a| a.published.is_none() && a.notes.len() == 1));
    }
}
