//! When a cue is shown, and where. It does not know what it says.

use std::fmt;

use super::words::Dialect;

/// From when to when a cue is shown, in milliseconds of the film.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) begin: u64,
    pub(super) end: u64,
}

impl Times {
    /// The times at the beginning of a line, and what stands behind them.
    pub(super) fn read(line: &str, dialect: Dialect) -> Option<(Self, &str)> {
        let (begin, rest) = line.split_once("-->")?;
        let rest = rest.trim_start();
        let (end, settings) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        let times = Self { begin: instant(begin.trim(), dialect)?, end: instant(end.trim(), dialect)? };
        Some((times, settings))
    }
}

/// `01:02:03.004`, and `02:03.004` in WebVTT; SubRip has a comma.
fn instant(text: &str, dialect: Dialect) -> Option<u64> {
    let separator = if dialect == Dialect::SubRip && text.contains(',') { ',' } else { '.' };
    let (clock, fraction) = text.split_once(separator)?;
    let parts: Vec<&str> = clock.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [minutes, seconds] if dialect == Dialect::WebVtt => ("00", *minutes, *seconds),
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        _ => return None,
    };
    let (minutes, seconds) = (number(minutes, 2..=2)?, number(seconds, 2..=2)?);
    if minutes > 59 || seconds > 59 {
        return None;
    }
    let whole = (number(hours, 1..=4)? * 60 + minutes) * 60 + seconds;
    Some(whole * 1000 + number(fraction, 3..=3)?)
}

fn number(digits: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u64> {
    let plain = lengths.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = |f: &mut fmt::Formatter<'_>, at: u64| {
            let (seconds, rest) = (at / 1000, at % 1000);
            write!(f, "{:02}:{:02}:{:02}.{rest:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        };
        one(f, self.begin)?;
        f.write_str(" --> ")?;
        one(f, self.end)
    }
}

/// Where a cue is shown: so that it does not cover a face or a sign. Each with a blank before it; what names a region is left
/// out with the regions.
pub(super) fn settings(text: &str) -> String {
    let known = |setting: &&str| {
        setting.split_once(':').is_some_and(|(name, value)| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"%.,-".contains(&byte);
            ["vertical", "line", "position", "size", "align"].contains(&name)
                && !value.is_empty()
                && value.bytes().all(plain)
        })
    };
    text.split_whitespace().filter(known).flat_map(|setting| [" ", setting]).collect()
}
