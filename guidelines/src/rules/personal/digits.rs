//! Where digits stand in a text and how they are grouped: one pass, no pattern. It does not know what any number is.

use std::ops::Range;

/// Digits that stand together without a sign between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Where.
    pub(super) range: Range<usize>,
    /// What stands between it and the next group of its chain; empty at the chain's end.
    pub(super) gap: String,
}

/// Groups of digits with nothing but blanks, hyphens, dots or slashes between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chain {
    /// The groups, in order.
    pub(super) groups: Vec<Group>,
}

/// A number that may be something: neighbouring groups of one chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Where, from the first digit to the last.
    pub(super) range: Range<usize>,
    /// Its digits' values.
    pub(super) digits: Vec<u8>,
    /// How many digits each group has.
    pub(super) shape: Vec<usize>,
    /// The sign between its groups; a blank where there are several.
    pub(super) sign: Option<char>,
    /// Whether the chain goes on behind it.
    pub(super) more: bool,
}

/// The longest number that anybody looks for.
const LONGEST: usize = 19;

/// The chains of a shadow with at least `least` digits, in order.
pub(super) fn chains(text: &str, least: usize) -> Vec<Chain> {
    let mut found = Vec::new();
    let mut chain = Chain::default();
    let mut count = 0;
    for range in runs(text) {
        if let Some(last) = chain.groups.last_mut() {
            let gap = text.get(last.range.end..range.start).unwrap_or_default();
            if joins(gap) {
                gap.clone_into(&mut last.gap);
            } else {
                let done = std::mem::take(&mut chain);
                if count >= least {
                    found.push(done);
                }
                count = 0;
            }
        }
        count += range.len();
        chain.groups.push(Group { range, gap: String::new() });
    }
    if count >= least {
        found.push(chain);
    }
    found
}

/// Where digits stand without a sign between them.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..)?;
        let start = at + rest.iter().position(u8::is_ascii_digit)?;
        let tail = bytes.get(start..)?;
        at = start + tail.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(tail.len());
        Some(start..at)
    })
}

fn joins(gap: &str) -> bool {
    matches!(gap, " " | "  " | "-" | "." | "/" | " - " | "- " | " -" | " . " | " / ")
}

impl Chain {
    /// The numbers that begin with its group `from`, shortest first.
    pub(super) fn numbers_from(&self, from: usize, text: &str) -> Vec<Number> {
        let mut numbers = Vec::new();
        let (mut digits, mut shape) = (Vec::new(), Vec::new());
        let mut sign = None;
        let Some(first) = self.groups.get(from) else { return numbers };
        let mut previous: Option<&Group> = None;
        for group in self.groups.iter().skip(from) {
            let written = text.get(group.range.clone()).unwrap_or_default();
            if digits.len() + written.len() > LONGEST {
                break;
            }
            if let Some(before) = previous {
                let here = before.gap.trim().chars().next().unwrap_or(' ');
                sign = Some(if sign.is_none_or(|sign| sign == here) { here } else { ' ' });
            }
            digits.extend(written.bytes().map(|byte| byte - b'0'));
            shape.push(written.len());
            numbers.push(Number {
                range: first.range.start..group.range.end,
                digits: digits.clone(),
                shape: shape.clone(),
                sign,
                more: !group.gap.is_empty(),
            });
            previous = Some(group);
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_groups_between_plain_signs() {
        let text = "a 130 692-544, 12 and 9698.658.215 7";
        let found = chains(text, 8);
        let shapes: Vec<Vec<usize>> =
            found.iter().map(|chain| chain.groups.iter().map(|group| group.range.len()).collect()).collect();
        assert_eq!(shapes, [vec![3, 3, 3], vec![4, 3, 3, 1]]);
        let numbers = found[1].numbers_from(0, text);
        assert_eq!(numbers[2].digits.len(), 10);
        assert!(numbers[2].more && numbers[2].sign == Some('.'));
    }
}
