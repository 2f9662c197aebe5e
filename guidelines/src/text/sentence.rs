//! Where sentences end, well enough for "in the same sentence" to be useful.
//! It does not know grammar: an abbreviation that it does not list ends a sentence too early.

use std::ops::Range;

use super::Shadow;

/// Words whose full stop ends nothing.
const ABBREVIATIONS: &str = "st dr mr mrs ms prof ave av blvd boul rd no apt app ste mt ft tel tél ext vs e.g i.e mme mlle ch \
    b.c p.o c.p etc jr sr dept bldg hwy cres crt";

/// How far, in bytes, a sentence is followed: a bound on work for texts without sentences.
const REACH: usize = 600;

impl Shadow<'_> {
    /// The sentence that a range stands in. A sentence that begins with the range borrows the one before it.
    pub fn sentence_around(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.sentence_start(range.start);
        let lead = self.part(&(start..range.start));
        let start = if lead.chars().filter(|c| c.is_alphabetic()).count() < 4 && start > 0 {
            let earlier = self.part(&(0..start)).trim_end().len();
            self.sentence_start(earlier.saturating_sub(1).max(self.floor(earlier)))
        } else {
            start
        };
        start..self.sentence_end(range.end)
    }

    fn floor(&self, at: usize) -> usize {
        self.part(&(0..at)).char_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn sentence_start(&self, at: usize) -> usize {
        let mut at = at.min(self.folded().len());
        while !self.folded().is_char_boundary(at) {
            at -= 1;
        }
        let before = self.part(&(0..at));
        let mut following = None;
        for (index, c) in before.char_indices().rev() {
            if c == '\n' || at - index > REACH {
                return index + c.len_utf8();
            }
            if following.is_some_and(char::is_whitespace)
                && ends(before.get(..index + c.len_utf8()).unwrap_or_default(), c)
            {
                return index + c.len_utf8();
            }
            if !matches!(c, '"' | '\'' | ')') {
                following = Some(c);
            }
        }
        0
    }

    fn sentence_end(&self, at: usize) -> usize {
        let after = self.part(&(at..self.folded().len()));
        let mut characters = after.char_indices().peekable();
        while let Some((index, c)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            let here = at + index;
            if c == '\n'
                || index > REACH
                || (next.is_none_or(char::is_whitespace) && ends(self.part(&(0..here + c.len_utf8())), c))
            {
                return here + c.len_utf8();
            }
        }
        self.folded().len()
    }
}

/// Whether the last character of `text` ends a sentence.
fn ends(text: &str, last: char) -> bool {
    match last {
        '!' | '?' | '…' => true,
        '.' => {
            let stem = text.strip_suffix('.').unwrap_or(text);
            let word = stem.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
            let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
            !single && !ABBREVIATIONS.split(' ').any(|known| word.eq_ignore_ascii_case(known))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_found_around_a_range() {
        let shadow = Shadow::of("One here. See St. Ann at 12 Elm St. today! Three.");
        let at = shadow.folded().find("12").unwrap();
        assert_eq!(shadow.part(&shadow.sentence_around(&(at..at + 2))), " See St. Ann at 12 Elm St. today!");
    }

    #[test]
    fn a_sentence_that_begins_with_the_range_borrows() {
        let shadow = Shadow::of("Visit our clinic! 12 Elm Street.");
        let range = shadow.sentence_around(&(18..31));
        assert_eq!(shadow.part(&range), "Visit our clinic! 12 Elm Street.");
    }
}
