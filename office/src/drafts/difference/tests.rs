//! Differences as people read them, of short texts and of the longest.

use proptest::prelude::*;

use super::*;

fn told(before: &str, after: &str) -> String {
    let mark = |segment: &Segment| match segment.kind {
        ChangeKind::Kept => segment.words.clone(),
        ChangeKind::Added => format!("+{}+", segment.words),
        ChangeKind::Removed => format!("-{}-", segment.words),
    };
    segments(before, after).iter().map(mark).collect()
}

#[test]
fn it_is_told_word_by_word() {
    assert_eq!(
        told("The clinic opens on Monday.", "The clinic opens on Friday."),
        "The clinic opens on -Monday-+Friday+."
    );
    assert_eq!(told("", "New."), "+New.+");
    assert_eq!(told("Same.", "Same."), "Same.");
    assert_eq!(told("l’été à Québec", "l’hiver à Québec"), "-l’été-+l’hiver+ à Québec");
}

#[test]
fn words_are_found_again_where_they_went_unless_they_changed() {
    let (before, after) = ("We open on Monday at nine.", "Dear all, we open on Monday at ten.");
    let monday = before.find("Monday").unwrap();
    let there = moved(before, after, (monday, monday + 6)).unwrap();
    assert_eq!(after.get(there.0..there.1), Some("Monday"));
    let nine = before.find("nine").unwrap();
    assert_eq!(moved(before, after, (nine, nine + 4)), None);
    assert_eq!(moved("One two.", "One and two.", (0, 7)), None, "something was put between them");
}

fn part(key: PartKey, path: &str, words: &str) -> Part {
    Part { key, path: path.to_owned(), words: words.to_owned() }
}

#[test]
fn parts_are_matched_by_what_they_are_and_not_by_their_path() {
    let channel = PartKey::Variant(uuid::Uuid::from_u128(7).into());
    let earlier = [part(PartKey::Text, "text", "One."), part(channel, "variants.x[1]", "Two.")];
    let later = [part(PartKey::Text, "text", "One."), part(channel, "variants.x", "Three.")];
    let changed = changes(&earlier, &later);
    assert_eq!(changed.iter().map(|change| change.path.as_str()).collect::<Vec<_>>(), ["variants.x"]);
    let gone = changes(&earlier, &later[..1]);
    assert_eq!(gone[0].segments, [Segment { kind: ChangeKind::Removed, words: "Two.".to_owned() }]);
}

#[test]
fn the_longest_texts_are_told_in_bounded_work() {
    let words = |seed: usize, kinds: usize| -> String {
        (0..16_000).flat_map(|at| [format!("w{}", (at * seed + at / 7) % kinds), " ".to_owned()]).collect()
    };
    let pairs = [
        (words(31, 5_000), words(17, 4_999)),
        (words(3, 7), words(5, 7)),
        ("a ".repeat(32_000), "b ".repeat(32_000)),
        ("a b ".repeat(16_000), "b a ".repeat(16_000)),
    ];
    for (before, after) in pairs {
        let kept =
            segments(&before, &after).into_iter().filter(|segment| segment.kind != ChangeKind::Removed);
        assert_eq!(kept.map(|segment| segment.words).collect::<String>(), after);
    }
}

#[test]
fn a_long_text_is_told_word_by_word_too_where_its_sentences_are_the_same() {
    let sentence = |at: usize| format!("Clinic number {at} opens on Monday at nine. ");
    let before: String = (0..400).map(sentence).collect();
    let after =
        before.replace("number 3 opens", "number 3 closes").replace("number 390 opens", "number 390 shuts");
    let found = segments(&before, &after);
    let added = found.iter().filter(|segment| segment.kind == ChangeKind::Added);
    assert_eq!(added.map(|segment| segment.words.as_str()).collect::<Vec<_>>(), ["closes", "shuts"]);
}

proptest! {
    #[test]
    fn the_pieces_are_the_texts(before in "[ab é.\n]{0,60}", after in "[ab é.\n]{0,60}") {
        let found = segments(&before, &after);
        let all = |not: ChangeKind| -> String {
            found.iter().filter(|segment| segment.kind != not).map(|segment| segment.words.as_str()).collect()
        };
        prop_assert_eq!(all(ChangeKind::Added), before);
        prop_assert_eq!(all(ChangeKind::Removed), after);
    }
}
