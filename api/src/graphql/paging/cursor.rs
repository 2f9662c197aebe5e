//! How a cursor is written: version, order, sort key and id, in base64url. A cursor of another order or version is a bad
//! argument. Knows no list.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::DateTime;
use office::paging::{Cursor, SortKey};
use uuid::Uuid;

use crate::error::ApiError;

const VERSION: &str = "v1";

/// Writes a cursor of the order `sort`.
pub(crate) fn encode(sort: &str, cursor: &Cursor) -> String {
    let key = match &cursor.key {
        SortKey::Time(at) => format!("t{}", at.timestamp_micros()),
        SortKey::Number(number) => format!("n{number}"),
        SortKey::Text(text) => format!("s{text}"),
    };
    // The key comes last: a text may hold the separator.
    URL_SAFE_NO_PAD.encode(format!("{VERSION}|{sort}|{}|{key}", cursor.id))
}

/// Reads a cursor of the order `sort`.
pub(crate) fn decode(sort: &str, text: &str) -> Result<Cursor, ApiError> {
    read(sort, text)
        .ok_or_else(|| ApiError::bad_input("that cursor is not of this list in this order: begin again"))
}

fn read(sort: &str, text: &str) -> Option<Cursor> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let mut parts = text.splitn(4, '|');
    if parts.next() != Some(VERSION) || parts.next() != Some(sort) {
        return None;
    }
    let id = Uuid::try_parse(parts.next()?).ok()?;
    let key = parts.next()?;
    let key = if let Some(micros) = key.strip_prefix('t') {
        SortKey::Time(DateTime::from_timestamp_micros(micros.parse().ok()?)?)
    } else if let Some(number) = key.strip_prefix('n') {
        SortKey::Number(number.parse().ok()?)
    } else {
        SortKey::Text(key.strip_prefix('s').filter(|text| !text.contains('\0'))?.to_owned())
    };
    Some(Cursor { key, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_in_its_own_order_only() {
        let at = DateTime::from_timestamp_micros(1_800_000_000_123_456).unwrap();
        let keys = [SortKey::Time(at), SortKey::Number(-3), SortKey::Text("a|b:c Ä".to_owned())];
        for key in keys {
            let cursor = Cursor { key, id: Uuid::from_u128(9) };
            let text = encode("post.dueAt", &cursor);
            assert_eq!(decode("post.dueAt", &text).unwrap(), cursor);
            assert!(decode("post.id", &text).is_err());
        }
    }

    #[test]
    fn garbage_is_a_bad_argument() {
        for garbage in ["", "abc", "ÄÖ", "djF8YQ"] {
            assert!(decode("a", garbage).is_err());
        }
    }
}
