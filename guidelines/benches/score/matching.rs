//! Which finding is right for which labelled place, one to one, the best first. It does not know what labels mean.

/// A labelled place, ends exclusive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) label: String,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Place {
    fn length(&self) -> i64 {
        i64::from(self.end) - i64::from(self.start)
    }
}

/// How close a finding must be to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closeness {
    /// They share a character, and the finding is no longer than three times the place and ten more.
    Overlap,
    /// What they share is half of both together.
    Half,
    /// Their ends are the same.
    Exact,
}

/// For each place and for each finding, whether it has its counterpart.
pub(crate) fn pair(gold: &[Place], found: &[Place], closeness: Closeness) -> (Vec<bool>, Vec<bool>) {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, place) in gold.iter().enumerate() {
        for (j, finding) in found.iter().enumerate() {
            if let Some(share) = share(place, finding, closeness) {
                pairs.push((share, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut matched, mut right) = (vec![false; gold.len()], vec![false; found.len()]);
    for (_, i, j) in pairs {
        if let (Some(place @ false), Some(finding @ false)) = (matched.get_mut(i), right.get_mut(j)) {
            *place = true;
            *finding = true;
        }
    }
    (matched, right)
}

/// What two places share of both together, if they are close enough.
fn share(place: &Place, finding: &Place, closeness: Closeness) -> Option<f64> {
    let both = i64::from(place.end.min(finding.end)) - i64::from(place.start.max(finding.start));
    if place.label != finding.label || both <= 0 {
        return None;
    }
    let either = i64::from(place.end.max(finding.end)) - i64::from(place.start.min(finding.start));
    let number = |n: i64| i32::try_from(n).map_or(f64::MAX, f64::from);
    let share = number(both) / number(either);
    let close = match closeness {
        Closeness::Overlap => finding.length() <= 3 * place.length() + 10,
        Closeness::Half => share >= 0.5,
        Closeness::Exact => (place.start, place.end) == (finding.start, finding.end),
    };
    close.then_some(share)
}
