//! The scorer counts as its set's README says. It does not know any rule.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../benches/score/tasks.rs"]
#[expect(dead_code, reason = "shared with the scorer, which uses all of it")]
mod tasks;

use serde_json::{Value, json};
use tasks::{
    answer::Answers,
    matching::{Closeness, Place, pair},
    pii, rules,
};

fn place(label: &str, start: u32, end: u32) -> Place {
    Place { label: label.to_owned(), start, end }
}

fn answers(given: Value) -> Answers {
    Answers::of(serde_json::from_value::<Vec<_>>(given).unwrap())
}

#[test]
fn a_place_is_found_once_and_by_the_closest() {
    let gold = [place("SIN", 10, 20)];
    let found = [place("SIN", 8, 20), place("SIN", 10, 20), place("PHN", 10, 20)];
    assert_eq!(pair(&gold, &found, Closeness::Overlap), (vec![true], vec![false, true, false]));
}

#[test]
fn what_flags_nearly_everything_finds_nothing() {
    let gold = [place("SIN", 10, 20)];
    let close = |start, end, closeness| pair(&gold, &[place("SIN", start, end)], closeness).0 == [true];
    assert!(close(0, 40, Closeness::Overlap) && !close(0, 41, Closeness::Overlap));
    assert!(close(10, 30, Closeness::Half) && !close(10, 31, Closeness::Half));
    assert!(close(10, 20, Closeness::Exact) && !close(10, 21, Closeness::Exact));
    assert!(!close(20, 25, Closeness::Overlap));
}

fn post(id: &str, kind: &str, flags: &[&str], spans: &[(&str, u32, u32)]) -> Value {
    let spans: Vec<Value> = spans
        .iter()
        .map(|(label, start, end)| json!({ "label": label, "start": start, "end": end, "text": "…" }))
        .collect();
    json!({ "id": id, "kind": kind, "group": "g", "flags": flags, "text": "0123456789".repeat(9), "spans": spans })
}

#[test]
fn posts_are_counted_as_the_readme_says() {
    let posts: Vec<pii::Post> = serde_json::from_value(json!([
        post("right", "positive", &[], &[("SIN", 10, 20), ("PHN", 30, 40)]),
        post("either way", "positive", &["amb"], &[("PERSONAL_PHONE", 0, 10)]),
        post("quoted", "positive", &[], &[("INTERNAL_EMAIL", 0, 80)]),
        post("innocent", "hard_negative", &[], &[]),
        post("unanswered", "hard_negative", &[], &[]),
    ]))
    .unwrap();
    let found = |label: &str, start: u32, end: u32| json!({ "label": label, "start": start, "end": end });
    let score = pii::score(
        &posts,
        &answers(json!([
            { "id": "right", "findings": [found("SIN", 11, 20), found("SIN", 11, 20), found("GP2.shouting", 0, 5)] },
            { "id": "either way", "findings": [found("PERSONAL_PHONE", 50, 60), found("SIN", 0, 10)] },
            { "id": "quoted", "findings": [found("INTERNAL_EMAIL", 0, 80), found("SIN", 5, 14), found("SIN", 78, 84)] },
            { "id": "innocent", "findings": [found("PHN", 3, 12)] },
        ])),
    );
    let sums = |label: &str| {
        let sums = score.labels.get(label).unwrap().overlap;
        (sums.right, sums.wrong, sums.missed)
    };
    assert_eq!(sums("SIN"), (1, 2, 0), "twice the same is once; around a quotation counts, within does not");
    assert_eq!(sums("PHN"), (0, 1, 1));
    assert_eq!(sums("PERSONAL_PHONE"), (0, 0, 0), "either way is no way");
    assert_eq!((score.positive, score.caught, score.negative, score.false_alarms), (2, 2, 2, 1));
    assert_eq!(score.other, 1);
    assert_eq!(score.errors.len(), 4, "{:?}", score.errors);
    let json = score.json();
    assert_eq!(json["micro"]["tp"], 2);
    assert_eq!(json["labels"]["PERSONAL_PHONE"]["f1"], Value::Null);
}

#[test]
fn rules_are_named_by_the_beginning_of_either() {
    let cases: Vec<rules::Case> = serde_json::from_value(json!([
        { "id": "1", "expect": [{ "rule": "GP6b", "severity": "block" }], "forbid": ["GP6a.quoted-email", "GP6"] },
        { "id": "2", "expect": [{ "rule": "GP2.shouting", "severity": "warn" }], "forbid": ["CC1b"] },
    ]))
    .unwrap();
    let score = rules::score(
        &cases,
        &answers(json!([
            { "id": "1", "findings": [{ "rule": "GP6b.secret", "severity": "warn" }, { "rule": "GP6a", "severity": "warn" }] },
            { "id": "2", "findings": [{ "rule": "GP2.shout", "severity": "warn" }] },
        ])),
    );
    let rules::Kept { found, missed, raised, quiet } = score.total();
    assert_eq!((found, missed, raised, quiet), (1, 1, 1, 2));
    assert_eq!((score.right, score.severity_right, score.severity_of), (0, 0, 1));
}
