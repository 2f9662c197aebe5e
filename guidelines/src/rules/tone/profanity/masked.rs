//! Strong words behind stars, signs and digits. It does not know words that are written out.

use std::ops::Range;

use regex::Regex;

use super::super::context::compiled;

/// What stands at the beginning of every masked word: what wakes the rule.
pub(super) const STARTS: &[&str] = &[
    "*", "f-", "f'", "f--", "f@", "f#", "f$", "f%", "f!", "f_", "fu@", "fu#", "fuc#", "fuc@", "sh!", "sh1",
    "sh@", "sh#", "sh$", "s#", "s@", "$h", "b!t", "b1t", "b@", "a$", "@ss", "@$$", "d!c", "d1c", "d@m",
    "cr@", "cr4", "p!s", "c@l", "m3rd", "m@rd", "wh0", "f u", "s h", "f_u", "fuu", "fucc", "shii", "daa",
    "ffu", "shh", "f.", "b-t", "s.h", "s-h", "s_h",
];

/// A sign that hides a letter.
const SIGN: &str = "[*@#$%!]";

/// Compiled patterns.
pub(super) struct Masked {
    words: Regex,
}

impl Masked {
    pub(super) fn compile() -> Result<Self, String> {
        // `~` stands for a sign that hides a letter, `^` for a star that does.
        let source = [
            r"(?:mother)?f~{1,2}c?k(?:ing?|in'|ed|er|ers|s|ery)?",
            r"f(?:-|--|---)ck(?:ing?|ed|er|s)?|f---?k(?:ing?|ed|er|s)?|sh-t(?:ty|s)?|b-tch(?:es|y)?|f_{2,3}k",
            r"f[u@]~{1,2}k?(?:ing?|ed|er|s)?|fu[c*]~(?:ing?|ed|er|s)?",
            r"f(?:\^{1,6}|[#@$%!•]{2,6}|_{2,6}|-{2,6})(?:in|ing|in'|ed|er|ers|s)|f[-'.*]{1,2}(?:ing|in')",
            r"(?:mother)?f\^{2,6}(?:er|ers)?",
            r"(?:bull|horse|dip|bat)?s(?:h~|~i|~~)t(?:s|ty|show)?|(?:bull)?sh1t(?:s|ty|show)?|(?:bull)?\$h[i1!*]t(?:s|ty)?",
            r"s\^{3}|sh\^{2}|bull\^{3,4}|bs\^{3}",
            r"a(?:\^\^|\$\$|s\^|\^s)(?:hole|holes|hat|es)?|@(?:ss|\$\$)(?:hole|holes|es)?|a-hole[s]?",
            r"b(?:~t|[1!]t|\^\^|i\^|~~)ch(?:es|y|ing)?|b\^{4}",
            r"d[*!1@]ck(?:s|head|heads)?|d\^\^k(?:s|head)?",
            r"(?:god)?d(?:[*@]mn|\^\^n|a\^n|amn\^)(?:ed|it)?",
            r"c(?:r[*@4]p|\^\^p|\^ap)(?:py)?",
            r"c(?:[*@!]nt|\^\^t|u\^t)s?",
            r"p[*!@]ss(?:ed|ing|es)?|p\^\^s(?:ed)?",
            r"h(?:\^ll|e\^l|\^\^l)",
            r"wh(?:\^re|0re|o\^e)s?|sl(?:\^t|\^ts)|tw\^ts?|w\^nk(?:er|ers)?",
            r"n(?:\^gg|i\^g|\^\^g)(?:a|er|ers|as)|f\^gg?ots?|r\^t\^rds?",
            r"m(?:[*@3]rd|\^\^d|e\^d|\^{3})e(?:s|ux|ique)?|emm\^rd\w{1,4}",
            r"p(?:\^t|u\^|\^\^)(?:ain|tain)s?|put\^in|p\^te(?:s)?",
            r"c(?:\^nn|o\^n|\^\^n)(?:ard|ards|asse|erie|eries)|enc\^l[ée]r?s?|s\^l(?:ope|aud)s?",
            r"(?:t[*@]b|ta\^|t\^\^|tab)(?:[*@ea]rn|a\^n|\^\^n|\^n)[*a@](?:k|c|que)|tab\^{3,6}k?|tabarn\^[kc]",
            r"c[*@]l(?:i|î|\^)(?:ss|c)e?|câl\^{2,4}e?|ost\^e?|cr\^ss?e?",
        ]
        .join("|")
        .replace('~', SIGN)
        .replace(r"\^", r"\*");
        Ok(Self { words: compiled(&format!(r"(?:{source})(?-u:\b{{end-half}})"))? })
    }

    /// Where masked words stand: neither in a longer word nor in one that stars make bold.
    pub(super) fn find_in<'l>(&'l self, lower: &'l str) -> impl Iterator<Item = Range<usize>> + 'l {
        self.words.find_iter(lower).map(|found| found.range()).filter(|range| {
            let before = lower.get(..range.start).and_then(|left| left.chars().next_back());
            let after = lower.get(range.end..).and_then(|right| right.chars().next());
            let joins = |c: Option<char>| {
                c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '*' | '_' | '@' | '/' | '&' | '='))
            };
            !joins(before) && !joins(after)
        })
    }
}
