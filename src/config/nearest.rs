//! The known name that a mistyped one probably meant.

/// The nearest of `known` by edits, if it is near enough to be meant.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (distance, found) = known.map(|one| (edits(name, one), one)).min()?;
    (distance <= name.chars().count().max(6) / 3).then_some(found)
}

/// Levenshtein's distance, one row at a time.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((b, above_left), above) in to.iter().zip(&row).zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or(i + 1);
            next.push((above + 1).min(left + 1).min(above_left + usize::from(a != *b)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_its_name_and_nonsense_finds_none() {
        let known = || ["server.port", "server.host", "limits.lease_seconds"].into_iter();
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(nearest("server.prot", known()), Some("server.port"));
        assert_eq!(nearest("limits.leaseseconds", known()), Some("limits.lease_seconds"));
        assert_eq!(nearest("colour", known()), None);
    }
}
