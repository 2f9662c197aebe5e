//! LinkedIn's format for text, which they call "little": what has a meaning in it is escaped, lest the platform cut the
//! text there without a word. Pure; it does not know the API.

/// What has a meaning in the format, wherever it stands.
const RESERVED: [char; 15] = ['|', '{', '}', '@', '[', ']', '(', ')', '<', '>', '#', '\\', '*', '_', '~'];

/// Plain words in the format: a `#tag` is the platform's own, and nothing else in them becomes a mention or a template.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let (mut rest, mut before) = (text, None);
    while let Some(c) = rest.chars().next() {
        let taken = if let Some(tag) = tag(before, rest) {
            escaped.push_str("{hashtag|\\#|");
            escaped.push_str(tag);
            escaped.push('}');
            '#'.len_utf8() + tag.len()
        } else {
            if RESERVED.contains(&c) {
                escaped.push('\\');
            }
            escaped.push(c);
            c.len_utf8()
        };
        let (done, left) = rest.split_at(taken);
        (rest, before) = (left, done.chars().next_back());
    }
    escaped
}

/// The tag that begins here: letters and digits between what ends a word. Anything less plain stays words, lest a part of it
/// become a tag that nobody wrote.
fn tag(before: Option<char>, rest: &str) -> Option<&str> {
    let word = rest.strip_prefix('#')?;
    let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    let (tag, after) = word.split_at(end);
    let alone = [before, after.chars().next()].into_iter().flatten().all(ends_a_word);
    (alone && tag.chars().any(char::is_alphabetic)).then_some(tag)
}

/// What stands between words, as far as that is sure: a sign that belongs to the letter before it is none.
fn ends_a_word(c: char) -> bool {
    let ascii = c.is_ascii_punctuation() && !matches!(c, '_' | '#' | '&' | '/' | '@' | '=');
    ascii || c.is_whitespace() || matches!(c, '«' | '»' | '¡' | '¿' | '‐'..='‧' | '、'..='】' | '！'..='／')
}

/// The words that readers see: of a hashtag's template the tag, of a mention the name.
pub(super) fn unescape(little: &str) -> String {
    let mut text = String::with_capacity(little.len());
    let mut rest = little;
    while let Some(c) = rest.chars().next() {
        if let Some((shown, after)) = hashtag(rest).or_else(|| mention(rest)) {
            text.push_str(&shown);
            rest = after;
            continue;
        }
        let mut chars = rest.chars();
        chars.next();
        // Only before a reserved character is it an escape; what LinkedIn does with others is not known.
        if c == '\\' && chars.clone().next().is_some_and(|next| RESERVED.contains(&next)) {
            text.extend(chars.next());
        } else {
            text.push(c);
        }
        rest = chars.as_str();
    }
    text
}

/// `{hashtag|\#|tag}`, as the platform may write a `#tag`.
fn hashtag(rest: &str) -> Option<(String, &str)> {
    let inner = rest.strip_prefix("{hashtag|\\#|").or_else(|| rest.strip_prefix("{hashtag|#|"))?;
    let (tag, after) = inner.split_once('}')?;
    Some((format!("#{}", unescape(tag)), after))
}

/// `@[Name](urn:li:organization:1)`.
fn mention(rest: &str) -> Option<(String, &str)> {
    let (name, from) = rest.strip_prefix("@[")?.split_once("](")?;
    let (urn, after) = from.split_once(')')?;
    urn.starts_with("urn:li:").then(|| (unescape(name), after))
}

/// What two renderings of the same words have in common: spaces are the platform's.
pub(super) fn comparable(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reserved_character_is_escaped_and_nothing_else() {
        for c in RESERVED {
            assert_eq!(escape(&c.to_string()), format!("\\{c}"));
        }
        let rows = [
            ("Open (on) Sunday", "Open \\(on\\) Sunday"),
            ("#tag @ana C:\\x", "{hashtag|\\#|tag} \\@ana C:\\\\x"),
            ("Für alle: 50 % – ja!", "Für alle: 50 % – ja!"),
            ("https://e.org/a_b?c=d&e=~f", "https://e.org/a\\_b?c=d&e=\\~f"),
            ("", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(escape(text), expected);
        }
    }

    #[test]
    fn a_tag_is_the_platforms_and_what_only_looks_so_stays_words() {
        let rows = [
            ("(#OpenDay, #Été2026!)", "\\({hashtag|\\#|OpenDay}, {hashtag|\\#|Été2026}!\\)"),
            ("«#健康»", "«{hashtag|\\#|健康}»"),
            ("We are #1", "We are \\#1"),
            ("#open_day", "\\#open\\_day"),
            ("#caf\u{65}\u{301}", "\\#cafe\u{301}"),
            ("C# #", "C\\# \\#"),
            ("##tag", "\\#\\#tag"),
            ("https://e.org/#top", "https://e.org/\\#top"),
            ("&#x27;", "&\\#x27;"),
        ];
        for (text, expected) in rows {
            assert_eq!(escape(text), expected);
            assert_eq!(unescape(expected), text);
        }
    }

    /// Every text of up to four of the characters that could go wrong together.
    #[test]
    fn what_is_escaped_comes_back_exhaustively() {
        let alphabet = ['\\', '{', '}', '@', '[', ']', '(', ')', '#', '|', 'a', ' '];
        let mut texts = vec![String::new()];
        let mut from = 0;
        for _ in 0..4 {
            let to = texts.len();
            for index in from..to {
                texts.extend(alphabet.map(|c| format!("{}{c}", texts[index])));
            }
            from = to;
        }
        assert_eq!(texts.len(), 1 + 12 + 144 + 1728 + 20_736);
        for text in texts {
            assert_eq!(unescape(&escape(&text)), text);
        }
    }

    /// Long texts made of the format's own words, by a generator that says the same on every run.
    #[test]
    fn what_is_escaped_comes_back_at_random() {
        let pieces = [
            "{hashtag|\\#|tag}",
            "{hashtag|#|",
            "@[Ana](urn:li:person:1)",
            "](",
            "urn:li:",
            "\\",
            "\\\\#",
            "}",
            "é",
            "👩‍👩‍👧",
            "\n",
            "|",
            "<b>",
            "*_~",
            " ",
        ];
        let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((state >> 33) % below).unwrap()
        };
        for _ in 0..20_000 {
            let length = next(12);
            let text: String = (0..length).map(|_| pieces[next(15)]).collect();
            let escaped = escape(&text);
            assert_eq!(unescape(&escaped), text, "{escaped}");
        }
    }

    #[test]
    fn what_the_platform_writes_for_itself_is_read_as_readers_see_it() {
        let rows = [
            ("We go to {hashtag|\\#|OpenDay} \\(soon\\)", "We go to #OpenDay (soon)"),
            ("By @[The \\(Office\\)](urn:li:organization:7)!", "By The (Office)!"),
            ("{hashtag|\\#|unfinished", "{hashtag|#|unfinished"),
            ("@[no](mention)", "@[no](mention)"),
            ("ends with \\", "ends with \\"),
            ("\\n is no escape", "\\n is no escape"),
        ];
        for (little, expected) in rows {
            assert_eq!(unescape(little), expected);
        }
    }
}
