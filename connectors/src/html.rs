//! What a piece of HTML says to its reader: its words. Pure; it knows no page and no platform, and is no guard against
//! anything: what it gives is compared and kept, never shown as HTML.

/// The words of a piece of HTML.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::new();
    for token in tokens(html) {
        match token {
            Token::Text(words) => text.push_str(&unescape(words)),
            Token::Tag(tag) => match name(tag).as_str() {
                "br" => text.push('\n'),
                "/p" => text.push_str("\n\n"),
                _ => {}
            },
        }
    }
    text.trim().to_owned()
}

enum Token<'html> {
    Text(&'html str),
    Tag(&'html str),
}

/// Text and tags in turn; a bracket that opens no tag ends the text.
fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((before, from)) = rest.split_once('<') {
        found.push(Token::Text(before));
        let closing = if from.starts_with("!--") { "-->" } else { ">" };
        let Some((tag, after)) = from.split_once(closing) else { return found };
        found.push(Token::Tag(tag));
        rest = after;
    }
    found.push(Token::Text(rest));
    found
}

fn name(tag: &str) -> String {
    tag.trim_end_matches('/').split_whitespace().next().unwrap_or_default().to_ascii_lowercase()
}

/// The text with its entities read once, so that what was escaped twice stays escaped once.
pub(crate) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('&') {
        plain.push_str(before);
        let read = from.split_once(';').and_then(|(entity, after)| Some((entity_char(entity)?, after)));
        rest = if let Some((c, after)) = read {
            plain.push(c);
            after
        } else {
            plain.push('&');
            from
        };
    }
    plain.push_str(rest);
    plain
}

fn entity_char(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match entity {
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "amp" => '&',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_gives_back_the_words() {
        let rows = [
            ("<p>One &amp; two<br />three</p><p>Four</p>", "One & two\nthree\n\nFour"),
            (
                "See <a href=\"https://e.org/a\"><span class=\"invisible\">https://</span>e.org/a</a>",
                "See https://e.org/a",
            ),
            ("&#039;a&#39; &#x27;b&#X27; &apos;&quot;&nbsp;&lt;&gt;", "'a' 'b' '\" <>"),
            ("&amp;lt; stays, so does AT&T; and &#xFFFFFF;", "&lt; stays, so does AT&T; and &#xFFFFFF;"),
            ("cut <b", "cut"),
        ];
        for (html, words) in rows {
            assert_eq!(plain(html), words, "{html}");
        }
    }
}
