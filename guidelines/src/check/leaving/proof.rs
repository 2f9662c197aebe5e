//! What lets a clear text leave unread, proved: rules keep to what their manuals say that they read, none is graver than its
//! manual says, and what then is left to ask finds all that blocks.

mod inputs;

use std::sync::LazyLock;

use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use self::inputs::{each_example, each_example_amid_biographies, each_of_sets, severities};
use super::*;
use crate::{
    Handbook, HandbookDocument, Hit, LinkView, Part, Parts, Severity, Weight, office_facts, rules,
    starter_handbook,
};

/// The starter for the office of the sets, with its severities as they are and in other ways, and in two layers.
static HANDBOOKS: LazyLock<Vec<Handbook>> = LazyLock::new(|| {
    let starter = || {
        let facts = include_str!("../../../sets/development/office.json");
        HandbookDocument {
            office: office_facts(facts).unwrap(),
            supplement_adopted: true,
            ..starter_handbook()
        }
    };
    let graded = |severity: &dyn Fn(usize) -> Severity| {
        let mut document = starter();
        for (index, rule) in document.rules.iter_mut().enumerate() {
            rule.severity = severity(index);
            rule.hotwords = vec!["nurse*".to_owned(), "study".to_owned()];
            rule.exclusions = if index % 5 == 0 { vec!["lab".to_owned()] } else { Vec::new() };
        }
        document
    };
    let mixed = |by: usize| graded(&|index| severities()[(index * by + by) % 3]);
    let layered = HandbookDocument { university: Some(Box::new(mixed(2))), ..mixed(4) };
    let documents = [starter(), graded(&|_| Severity::Block), graded(&|_| Severity::Warn), mixed(1), layered];
    documents.iter().map(|document| Handbook::from_document(document).unwrap()).collect()
});

/// What a rule says of a submission amid some surroundings; nothing where it is not woken.
fn said_of(rule: &ActiveRule, submission: &Submission<'_>, around: Option<&Surroundings>) -> Vec<Hit> {
    let submission = Submission { around, ..submission.clone() };
    let reading = Reading::of(&submission);
    let hits = rule.check.check(&reading);
    let reads = rule.manual.reads;
    if reads.without(Parts::of(&[Part::Bio])).is_empty() {
        assert!(!reading.looked_around(), "{} asks what surrounds the words, and does not say so", rule.id);
    }
    let grave = hits.iter().any(|hit| hit.weight == Weight::Grave);
    assert!(!grave || rule.manual.grave, "{} is grave, and does not say so", rule.id);
    hits
}

/// Every rule that a submission wakes says what it says amid nothing but what its manual says that it reads; and if that
/// is only the words and what became of links, what it says of the words alone where no link has fared badly.
fn keep_to_their_manuals(submission: &Submission<'_>) {
    let handbook = &HANDBOOKS[0];
    let woken = handbook.alarm().woken(&Reading::of(submission).fields);
    let calm = submission.around.map(|around| {
        let links = around.links.iter().filter(|link| !tells_of_links(&only_link(link))).cloned();
        Surroundings { links: links.collect(), ..around.clone() }
    });
    let calm = Submission { around: calm.as_ref(), ..submission.clone() };
    for (rule, _) in handbook.active().iter().zip(woken).filter(|(_, woken)| *woken) {
        let reads = rule.manual.reads;
        let own = submission.around.filter(|_| !reads.is_empty()).map(|around| around.only(reads));
        let told = said_of(rule, submission, submission.around);
        let told_of_own = said_of(rule, submission, own.as_ref());
        assert_eq!(told, told_of_own, "{} reads more than {reads:?} of {submission:?}", rule.id);
        if rule.is_of_words() {
            let of_words = rule.check.check(&Reading::of_words(submission));
            let amid_calm = rule.check.check(&Reading::of(&calm));
            assert_eq!(amid_calm, of_words, "{} judges more than words: {submission:?}", rule.id);
        }
    }
}

fn only_link(link: &LinkView) -> Surroundings {
    Surroundings { links: vec![link.clone()], ..Surroundings::default() }
}

/// How often words were clear, and how often something around clear words blocked.
#[derive(Debug, Default)]
struct Counts {
    clear: usize,
    held: usize,
}

/// What blocks is what blocks: after a whole check, after the short one, and after the short one amid no more than it needs.
fn finds_all_that_blocks<'h>(
    submission: &Submission<'_>,
    handbooks: impl Iterator<Item = &'h Handbook>,
    counts: &mut Counts,
) {
    for handbook in handbooks {
        if !words_clear(submission, handbook) {
            continue;
        }
        let needed = submission.around.map(|around| around.only(handbook.leaving_needs()));
        let bare = Submission { around: None, ..submission.clone() };
        let short = Submission { around: needed.as_ref(), ..submission.clone() };
        let mut whole = check(submission, handbook);
        whole.findings.retain(|finding| finding.severity == Severity::Block);
        assert_eq!(check_leaving(submission, handbook), whole, "{submission:?}");
        assert_eq!(check_leaving(&short, handbook), whole, "{submission:?}");
        let mut alone = check(&bare, handbook);
        alone.findings.retain(|finding| finding.severity == Severity::Block);
        assert!(!words_clear(&bare, handbook) || check_leaving(&bare, handbook) == alone, "{bare:?}");
        counts.clear += 1;
        counts.held += usize::from(whole.blocks());
    }
}

#[test]
fn examples_and_sets_bear_it_out() {
    let mut counts = Counts::default();
    let mut turns = HANDBOOKS.iter().cycle();
    let mut proves = |submission: &Submission<'_>| {
        keep_to_their_manuals(submission);
        finds_all_that_blocks(submission, turns.by_ref().take(2), &mut counts);
    };
    each_example(&mut proves);
    each_of_sets(&mut proves);
    assert!(counts.clear > 2_000 && counts.held > 300, "too few to prove anything: {counts:?}");
}

#[test]
fn what_a_biography_bears_out_is_known_when_another_rule_holds_a_post() {
    let mut counts = Counts::default();
    each_example_amid_biographies(&mut |submission| {
        finds_all_that_blocks(submission, HANDBOOKS.iter(), &mut counts);
    });
    assert!(counts.held > 20, "too few to prove anything: {counts:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn whatever_is_said_amid_whatever_bears_it_out(drawn in inputs::drawn()) {
        keep_to_their_manuals(&drawn.submission());
        finds_all_that_blocks(&drawn.submission(), HANDBOOKS.iter(), &mut Counts::default());
    }
}

#[test]
fn the_starter_needs_no_neighbours() {
    let needs = HANDBOOKS[0].leaving_needs();
    assert!(needs.contains(Part::Plan) && needs.contains(Part::Answers) && needs.contains(Part::Links));
    let spared = [Part::Neighbours, Part::Waiting, Part::Blog, Part::Stewards, Part::Author, Part::Variants];
    assert!(!needs.meets(Parts::of(&spared)), "{needs:?}");
    assert!(HANDBOOKS[1].leaving_needs().contains(Part::Neighbours));
    let grave: Vec<_> = rules().iter().filter(|rule| rule.manual().grave).map(|rule| rule.id()).collect();
    assert_eq!(grave, ["GP6c.no-plan", "CC2.disclaimer-missing"]);
}

#[test]
fn nothing_is_declared_in_vain() {
    let active = HANDBOOKS[0].active();
    let declared = active.iter().flat_map(|rule| rule.manual.reads.iter().map(move |part| (rule, part)));
    // That it has surroundings at all says that a text goes to a channel.
    let declared = declared.filter(|(rule, _)| rule.id != "CC2.capacity-undeclared");
    let mut idle: Vec<(&ActiveRule, Part)> = declared.collect();
    let mut try_all = |submission: &Submission<'_>| {
        let Some(around) = submission.around else { return };
        idle.retain(|(rule, part)| {
            let less = around.only(rule.manual.reads.without(Parts::of(&[*part])));
            said_of(rule, submission, Some(around)) == said_of(rule, submission, Some(&less))
        });
    };
    each_example(&mut try_all);
    each_example_amid_biographies(&mut try_all);
    let mut chance = TestRunner::deterministic();
    for _ in 0..600 {
        try_all(&inputs::drawn().new_tree(&mut chance).unwrap().current().submission());
    }
    let idle: Vec<_> = idle
        .iter()
        .map(|(rule, part)| format!("{} never says anything else for its {part:?}", rule.id))
        .collect();
    assert!(idle.is_empty(), "{idle:#?}");
}
