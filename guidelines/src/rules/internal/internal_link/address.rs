//! Addresses in a text, with or without a scheme, cut into scheme, host, port and path.
//! It does not know which of them are internal.

use std::ops::Range;

/// An address. Host and rest are parts of `text`, as it is written.
#[derive(Clone, Debug)]
pub(super) struct Address<'t> {
    pub(super) range: Range<usize>,
    pub(super) text: &'t str,
    /// Empty where none is written.
    pub(super) scheme: &'t str,
    /// Without user, port and brackets.
    pub(super) host: &'t str,
    pub(super) has_port: bool,
    /// From the first slash, question mark or number sign on.
    pub(super) rest: &'t str,
}

/// The addresses of a text, in order.
pub(super) fn addresses(text: &str) -> Vec<Address<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(piece) = next_piece(text, from) {
        from = piece.end;
        found.extend(address(text, piece));
    }
    found
}

/// The next run without blanks and brackets that could hold an address.
fn next_piece(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let start = from + rest.find(|c: char| !is_end(c))?;
    let rest = text.get(start..)?;
    let end = rest.find(is_end).map_or(text.len(), |at| start + at);
    Some(start..end)
}

fn is_end(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '{' | '}')
}

fn address(text: &str, piece: Range<usize>) -> Option<Address<'_>> {
    let whole = text.get(piece.clone())?;
    if !whole.contains(['.', '/', ':']) {
        return None;
    }
    // Words may be glued to it: "(https://…", "link:https://…", "[here](https://…".
    let start = match whole.find("://") {
        Some(at) => {
            let scheme = whole.get(..at)?.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
            at.saturating_sub(scheme)
        }
        None => whole.len() - whole.trim_start_matches(['(', '[', '\'', '*', '_', ':', ',', '-', '=']).len(),
    };
    let trimmed = trim_end(whole.get(start..)?);
    let range = piece.start + start..piece.start + start + trimmed.len();
    let (scheme, after) = trimmed.split_once("://").unwrap_or(("", trimmed));
    if scheme.is_empty() && trimmed.contains("://") {
        return None;
    }
    let cut = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (authority, rest) = after.split_at_checked(cut)?;
    let place = authority.rsplit('@').next()?;
    // A mail address is none, nor is a mention with its server.
    if scheme.is_empty() && place.len() != authority.len() {
        return None;
    }
    let (host, port) = match place.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((host, port)) => (host, port.trim_start_matches(':')),
        None => place.split_once(':').unwrap_or((place, "")),
    };
    let has_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    Some(Address { range, text: trimmed, scheme, host: host.trim_end_matches('.'), has_port, rest })
}

fn trim_end(piece: &str) -> &str {
    let mut kept = piece;
    loop {
        let shorter = kept.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '…', '_']);
        let closed = |open: char, close: char| {
            shorter.ends_with(close) && shorter.matches(close).count() > shorter.matches(open).count()
        };
        let shorter = if closed('(', ')') || closed('[', ']') {
            shorter.get(..shorter.len().saturating_sub(1)).unwrap_or_default()
        } else {
            shorter
        };
        if shorter.len() == kept.len() {
            return kept;
        }
        kept = shorter;
    }
}
