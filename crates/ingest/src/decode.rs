//! Bytes → text: byte-order mark, declared or guessed encoding, line ends.

use encoding_rs::{Encoding, UTF_8};

use crate::IngestError;

/// Text with what was found out on the way.
pub struct Decoded {
    /// The text: no byte-order mark, lines end in LF.
    pub text: String,
    /// What had to be repaired.
    pub notes: Vec<String>,
}

/// Decodes; only bytes that are no text at all are an error.
pub fn decode(bytes: &[u8]) -> Result<Decoded, IngestError> {
    if let Some(kind) = binary(bytes) {
        return Err(IngestError::Binary(kind));
    }
    let mut notes = Vec::new();
    let (encoding, bom) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (declared(bytes).unwrap_or_else(|| guessed(bytes)), 0),
    };
    let (text, broken) = encoding.decode_without_bom_handling(&bytes[bom..]);
    if broken {
        notes.push(format!("some bytes are no {}; each stands as U+FFFD", encoding.name()));
    } else if encoding != UTF_8 {
        notes.push(format!("read as {}", encoding.name()));
    }
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() };
    if text.trim().is_empty() {
        return Err(IngestError::Empty);
    }
    Ok(Decoded { text, notes })
}

/// UTF-8 where the bytes are that (or nearly), else what a browser would guess.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        Err(error) => {
            // A file cut in the middle of a character, or with a few broken bytes in much good UTF-8, is UTF-8.
            let text = String::from_utf8_lossy(bytes);
            let broken = text.matches('\u{fffd}').count();
            let good = text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
            if error.error_len().is_none() || good > broken {
                return UTF_8;
            }
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, chardetng::Utf8Detection::Allow)
        }
    }
}

/// The encoding that a page declares in its first kilobyte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    if !head.contains("<meta") && !head.contains("<?xml") {
        return None;
    }
    let at = head.find("charset=").map(|i| i + 8).or_else(|| head.find("encoding=").map(|i| i + 9))?;
    let name: String = head[at..]
        .chars()
        .skip_while(|c| matches!(c, '"' | '\''))
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    Encoding::for_label(name.as_bytes())
}

/// What the bytes are where they are no text.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &'static str); 7] = [
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a ZIP or Office file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "compressed"),
        (b"\x7fELF", "a program"),
    ];
    if let Some((_, name)) = known.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    (!utf16 && bytes.iter().take(8192).any(|&b| b == 0)).then_some("binary")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).map(|d| d.text).unwrap_or_default()
    }

    #[test]
    fn marks_and_line_ends_go() {
        assert_eq!(text(b"\xef\xbb\xbfOslo\r\nBergen"), "Oslo\nBergen");
    }

    #[test]
    fn declared_and_guessed_encodings() {
        assert_eq!(text(b"<meta charset=\"windows-1252\">caf\xe9"), "<meta charset=\"windows-1252\">café");
        assert_eq!(text("Erdoğan’s".as_bytes()), "Erdoğan’s");
        assert!(text(b"Le pr\xe9sident \xe0 Paris d\xe9clare").contains("président"));
        assert_eq!(text(b"\xff\xfeO\x00k\x00"), "Ok");
    }

    #[test]
    fn a_cut_character_is_noted_and_the_rest_is_kept() {
        let decoded = decode("talks in Malmö".as_bytes().split_last().expect("bytes").1).expect("text");
        assert!(decoded.text.starts_with("talks in Malm") && decoded.notes.len() == 1);
    }
}
