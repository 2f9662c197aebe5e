//! The sums over labelled posts, as a table and as JSON. It does not know how a post is counted.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::matching::{Closeness, Place};

/// How a post is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surface {
    Plain,
    Hard,
    Long,
}

/// Right, false and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) right: u32,
    pub(crate) wrong: u32,
    pub(crate) missed: u32,
}

impl Tally {
    /// Precision, recall and their harmonic mean; not a number where there is nothing to divide by.
    pub(crate) fn measures(self) -> [f64; 3] {
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of);
        [
            share(self.right, self.right + self.wrong),
            share(self.right, self.right + self.missed),
            share(2 * self.right, 2 * self.right + self.wrong + self.missed),
        ]
    }

    fn f1(self) -> f64 {
        self.measures()[2]
    }

    fn and(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            missed: self.missed + other.missed,
        }
    }
}

/// One label's sums, by closeness.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ByCloseness {
    pub(crate) overlap: Tally,
    pub(crate) half: Tally,
    pub(crate) exact: Tally,
}

impl ByCloseness {
    fn of(&mut self, closeness: Closeness) -> &mut Tally {
        match closeness {
            Closeness::Overlap => &mut self.overlap,
            Closeness::Half => &mut self.half,
            Closeness::Exact => &mut self.exact,
        }
    }

    fn and(self, other: &Self) -> Self {
        Self {
            overlap: self.overlap.and(other.overlap),
            half: self.half.and(other.half),
            exact: self.exact.and(other.exact),
        }
    }

    fn row(&self, name: &str) -> String {
        let Tally { right, wrong, missed } = self.overlap;
        let [p, r, f1] = self.overlap.measures().map(shown);
        let gold = right + missed;
        let (half, exact) = (shown(self.half.f1()), shown(self.exact.f1()));
        format!("{name:18} {gold:4} {right:4} {wrong:4} {missed:4}  {p} {r} {f1} {half} {exact}")
    }

    fn json(&self) -> Value {
        let Tally { right, wrong, missed } = self.overlap;
        let [p, r, f1] = self.overlap.measures();
        json!({
            "gold": right + missed, "tp": right, "fp": wrong, "fn": missed,
            "p": p, "r": r, "f1": f1, "f1Iou50": self.half.f1(), "f1Exact": self.exact.f1(),
        })
    }
}

fn shown(share: f64) -> String {
    if share.is_nan() { "  –  ".to_owned() } else { format!("{share:5.3}") }
}

/// All sums.
#[derive(Clone, Debug, Default)]
pub(crate) struct PiiScore {
    pub(crate) labels: BTreeMap<String, ByCloseness>,
    pub(crate) posts: u32,
    pub(crate) positive: u32,
    pub(crate) caught: u32,
    pub(crate) negative: u32,
    pub(crate) false_alarms: u32,
    pub(crate) other: usize,
    /// Found and not found, by how posts are written.
    pub(crate) surfaces: [(u32, u32); 3],
    /// Groups of hard negatives with a false alarm, in the order in which they came.
    pub(crate) groups: Vec<(String, u32)>,
    pub(crate) errors: Vec<String>,
}

impl PiiScore {
    pub(crate) fn over(labels: impl Iterator<Item = String>) -> Self {
        Self { labels: labels.map(|label| (label, ByCloseness::default())).collect(), ..Self::default() }
    }

    pub(crate) fn knows(&self, label: &str) -> bool {
        self.labels.contains_key(label)
    }

    pub(crate) fn count(
        &mut self,
        closeness: Closeness,
        gold: &[Place],
        matched: &[bool],
        found: &[Place],
        right: &[bool],
    ) {
        for (place, matched) in gold.iter().zip(matched) {
            let Some(sums) = self.labels.get_mut(&place.label) else { continue };
            let tally = sums.of(closeness);
            tally.right += u32::from(*matched);
            tally.missed += u32::from(!matched);
        }
        for place in found.iter().zip(right).filter(|(_, right)| !**right).map(|(place, _)| place) {
            if let Some(sums) = self.labels.get_mut(&place.label) {
                sums.of(closeness).wrong += 1;
            }
        }
    }

    pub(crate) fn post(&mut self, other: usize, matched: &[bool], surface: Surface) {
        self.posts += 1;
        self.other += other;
        if matched.is_empty() {
            return;
        }
        self.positive += 1;
        self.caught += u32::from(matched.contains(&true));
        let [plain, hard, long] = &mut self.surfaces;
        let (found, not) = match surface {
            Surface::Plain => plain,
            Surface::Hard => hard,
            Surface::Long => long,
        };
        for matched in matched {
            *(if *matched { &mut *found } else { &mut *not }) += 1;
        }
    }

    pub(crate) fn hard_negative(&mut self, group: &str, alarmed: bool) {
        self.negative += 1;
        if !alarmed {
            return;
        }
        self.false_alarms += 1;
        match self.groups.iter_mut().find(|(known, _)| known == group) {
            Some((_, count)) => *count += 1,
            None => self.groups.push((group.to_owned(), 1)),
        }
    }

    pub(crate) fn error(&mut self, kind: &str, id: &str, label: &str, words: &str) {
        self.errors.push([kind, id, label, words].join("\t").replace('\n', " / "));
    }

    fn micro(&self) -> ByCloseness {
        self.labels.values().fold(ByCloseness::default(), ByCloseness::and)
    }

    fn macro_f1(&self) -> f64 {
        let f1 = self.labels.values().map(|sums| sums.overlap.f1());
        let sum: f64 = f1.map(|f1| if f1.is_nan() { 0.0 } else { f1 }).sum();
        sum / f64::from(u32::try_from(self.labels.len()).unwrap_or(u32::MAX))
    }

    pub(crate) fn table(&self) -> String {
        let rows: Vec<_> = self.labels.iter().map(|(label, sums)| sums.row(label)).collect();
        let surface = |name, (found, not): (u32, u32)| format!("{name} {found}/{}", found + not);
        let [plain, hard, long] = self.surfaces;
        let surfaces = [surface("plain", plain), surface("hard", hard), surface("long", long)].join(", ");
        format!(
            "{:18} gold   tp   fp   fn      P     R    F1 iou50 exact\n{}\n{}   macro-F1 {}\n{}\n\
             recall by surface: {surfaces}\n{}",
            "label",
            rows.join("\n"),
            self.micro().row("micro"),
            shown(self.macro_f1()),
            self.by_post(),
            self.by_group()
        )
    }

    fn by_post(&self) -> String {
        let share = |part: u32, of: u32| 100.0 * f64::from(part) / f64::from(of.max(1));
        let Self { caught, positive, false_alarms, negative, other, .. } = self;
        format!(
            "posts: {caught}/{positive} positive posts caught ({:.1}%); \
             {false_alarms}/{negative} hard negatives with a false alarm ({:.1}%); \
             findings with other labels {other}",
            share(*caught, *positive),
            share(*false_alarms, *negative)
        )
    }

    fn by_group(&self) -> String {
        let mut groups = self.groups.clone();
        groups.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let groups: Vec<_> = groups.iter().map(|(group, count)| format!("{group} {count}")).collect();
        if groups.is_empty() {
            return String::new();
        }
        format!("false alarms by group: {}\n", groups.join(", "))
    }

    pub(crate) fn json(&self) -> Value {
        let labels: serde_json::Map<_, _> =
            self.labels.iter().map(|(label, sums)| (label.clone(), sums.json())).collect();
        let [plain, hard, long] = self.surfaces;
        let recall = |(found, not): (u32, u32)| json!({ "found": found, "of": found + not });
        json!({
            "micro": self.micro().json(),
            "macroF1": self.macro_f1(),
            "labels": labels,
            "posts": self.posts,
            "positivePosts": self.positive,
            "caught": self.caught,
            "hardNegativePosts": self.negative,
            "falseAlarmPosts": self.false_alarms,
            "falseAlarmRate": f64::from(self.false_alarms) / f64::from(self.negative.max(1)),
            "otherLabelFindings": self.other,
            "recallBySurface": { "plain": recall(plain), "hard": recall(hard), "long": recall(long) },
        })
    }
}
