//! What the rules about who speaks, where and for what say of whole drafts, and that nothing makes them fall over.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::as_conversions,
    reason = "a test that cannot go on has failed"
)]

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use guidelines::{
    AmplifiedView, Capacity, ChannelKind, ChannelView, DraftView, Handbook, InitiativeView, KeptBack,
    ListEntry, Neighbour, Original, PlanView, Platform, Severity, SourceKind, Submission, Surroundings,
    VariantView, check, starter_handbook,
};
use proptest::prelude::*;

static HANDBOOK: LazyLock<Handbook> = LazyLock::new(|| {
    let mut document = starter_handbook();
    document.office.names = vec![ListEntry::plain("Northern Sleep Research Office")];
    Handbook::from_document(&document).unwrap()
});

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_900_000_000, 0).unwrap()
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

/// A draft in order: nothing around it is amiss.
fn in_order() -> Surroundings {
    let plan = PlanView {
        reading_grade: None,
        approved: true,
        coordinator_consulted: Some(true),
        audiences: Some(texts(&["night nurses"])),
        stakeholders: Some(texts(&["the nurses' union"])),
        key_messages: Some(texts(&["Sleep is part of the job"])),
        shareable: Some(texts(&["recruitment", "workshops"])),
        kept_back: ["roster data", "SomnoBand", "payroll"]
            .map(|topic| KeptBack { topic: topic.to_owned(), until: None })
            .to_vec(),
        hashtags: texts(&["NightWell"]),
        goals: Some(texts(&["200 nurses"])),
        measures: Some(texts(&["sign-ups"])),
        contentious: Vec::new(),
    };
    Surroundings {
        now: Some(now()),
        scheduled_at: Some(now()),
        channel: Some(ChannelView {
            handle: "northernsleep".to_owned(),
            bio: Some("Northern Sleep Research Office. Posts by Ida K. sleep.example.org/contact".to_owned()),
            contact: Some(true),
            operators_named: Some(true),
            ..ChannelView::default()
        }),
        initiative: Some(InitiativeView {
            name: "NightWell".to_owned(),
            notified: Some(true),
            blog_posts: Some(1),
            plan: Some(plan),
            ..InitiativeView::default()
        }),
        ..Surroundings::default()
    }
}

fn found(text: &str, capacity: Capacity, around: &Surroundings) -> Vec<(String, Severity)> {
    let submission = Submission {
        platform: Some(Platform::Bluesky),
        capacity: Some(capacity),
        around: Some(around),
        ..Submission::of_text(text)
    };
    check(&submission, &HANDBOOK).findings.into_iter().map(|f| (f.rule, f.severity)).collect()
}

fn official(text: &str, around: &Surroundings) -> Vec<(String, Severity)> {
    found(text, Capacity::Official, around)
}

fn says(found: &[(String, Severity)], rule: &str) -> Option<Severity> {
    found.iter().find(|(id, _)| id == rule).map(|(_, severity)| *severity)
}

#[test]
fn a_draft_in_order_is_left_alone() {
    for text in [
        "NightWell looks for night nurses who would like to try our sleep diary. #NightWell",
        "Workshop on Thursday, 4 pm, for all who work nights. Bring a friend! #NightWell",
        "Atelier jeudi à 16 h pour le personnel de nuit. #NightWell",
    ] {
        assert_eq!(official(text, &in_order()), [], "{text}");
    }
}

#[test]
fn what_the_plan_keeps_back_is_found_in_any_form() {
    for text in [
        "Our roster data show who sleeps least. #NightWell",
        "What the data of the rosters say #NightWell",
        "Look at these somnobands! #NightWell #SomnoBand",
        "The Somno Band fits every wrist. #NightWell",
        "Our payroll is late. #NightWell",
        "Slides: https://sleep.example.org/roster-data.pdf #NightWell",
    ] {
        assert_eq!(says(&official(text, &in_order()), "GP6c.not-shareable"), Some(Severity::Block), "{text}");
    }
    for text in [
        "How your roster shapes your day: a workshop. All data stay with you. #NightWell",
        "The jazz band Somnolence plays at our party. #NightWell",
        "Bring your payroll questions to the union's desk. #NightWell",
        "A payroll-friendly way to save for holidays #NightWell",
    ] {
        assert_eq!(says(&official(text, &in_order()), "GP6c.not-shareable"), None, "{text}");
    }
}

#[test]
fn an_opinion_needs_its_label_where_readers_may_take_it_for_the_offices() {
    let personal = |bio: &str| {
        let channel =
            ChannelView { kind: ChannelKind::Personal, bio: Some(bio.to_owned()), ..ChannelView::default() };
        Surroundings { channel: Some(channel), ..in_order() }
    };
    let opinion = |text: &str, around: &Surroundings| found(text, Capacity::PersonalOpinion, around);
    let shared = opinion("Shift work is a scandal.", &in_order());
    assert_eq!(says(&shared, "CC2.personal-on-office-account"), Some(Severity::Block));
    assert_eq!(says(&shared, "CC2.disclaimer-missing"), None);
    let named = opinion("Shift work is a scandal.", &personal("Data person, Northern Sleep Research Office"));
    assert_eq!(named, [("CC2.disclaimer-missing".to_owned(), Severity::Warn)]);
    for (text, bio) in [
        ("Shift work is a scandal.", "Northern Sleep Research Office. All views mine."),
        ("Shift work is a scandal. Ces propos n'engagent que moi.", "Northern Sleep Research Office"),
        ("Tomatoes are ripe.", "Gardener"),
    ] {
        assert_eq!(opinion(text, &personal(bio)), [], "{text} / {bio}");
    }
    let unclear = official("NightWell meets on Friday.", &personal("Gardener"));
    assert_eq!(unclear, [("CC1a.representative-unclear".to_owned(), Severity::Warn)]);
    for bio in ["Nurse at NightWell", "I post for @northernsleepresearch", "Infirmière, NSRO"] {
        assert_eq!(official("NightWell meets on Friday.", &personal(bio)), [], "{bio}");
    }
}

#[test]
fn a_label_is_appended_in_the_language_of_the_text() {
    for (text, label) in [
        ("Shift work is a scandal", "my own"),
        ("Le travail de nuit est un scandale et nous le savons", "personnelle"),
    ] {
        let submission = Submission {
            platform: Some(Platform::X),
            capacity: Some(Capacity::PersonalOpinion),
            ..Submission::of_text(text)
        };
        let report = check(&submission, &HANDBOOK);
        let finding = report.findings.iter().find(|f| f.rule == "CC2.disclaimer-missing").unwrap();
        assert_eq!(finding.severity, Severity::Block);
        let fix = finding.fix.as_ref().unwrap();
        let mended =
            [&text[..fix.byte_start as usize], &fix.replacement, &text[fix.byte_end as usize..]].concat();
        assert!(mended.starts_with(text) && mended.contains(label), "{mended}");
        let again = Submission { text: &mended, ..submission };
        assert!(
            check(&again, &HANDBOOK).findings.iter().all(|f| f.rule != "CC2.disclaimer-missing"),
            "{mended}"
        );
    }
}

#[test]
fn an_edit_that_changes_facts_says_so() {
    let edit = |was: &str, is: &str| {
        let original = Original { url: None, text: was.to_owned() };
        let draft = DraftView { edit_of: Some(original), ..DraftView::default() };
        says(&official(is, &Surroundings { draft, ..in_order() }), "GP4.silent-edit")
    };
    assert_eq!(edit("We asked 90 nurses.", "We asked 80 nurses."), Some(Severity::Block));
    assert_eq!(edit("Meet us in Smithers.", "Meet us in Terrace."), Some(Severity::Block));
    assert_eq!(edit("Naps aren't paid.", "Naps are paid."), Some(Severity::Block));
    assert_eq!(edit("Le 3 juin à 9 h", "Le 3 juin à 10 h"), Some(Severity::Block));
    for (was, is) in [
        ("We asked 90 nurses.", "We asked 80 nurses. (Corrected: we had said 90.)"),
        ("Le 3 juin à 9 h", "Mise à jour : le 3 juin à 10 h"),
        ("June 3rd, 9am", "June 3 at 9:00 a.m."),
        ("we asked ninety nurses", "We asked 90 nurses!"),
        ("Naps arent paid", "Naps aren't paid"),
    ] {
        assert_eq!(edit(was, is), None, "{was} / {is}");
    }
}

#[test]
fn a_series_is_no_duplicate() {
    let beside = |text: &str, other: &str| {
        let neighbour = Neighbour {
            id: "7".to_owned(),
            same_channel: true,
            published: true,
            at: now() - TimeDelta::days(7),
            text: other.to_owned(),
        };
        let around = Surroundings { neighbours: vec![neighbour], ..in_order() };
        says(&official(text, &around), "CC4.duplicate")
    };
    let first = "Night nurses: our sleep diary is free, takes two minutes a day and is yours to keep.";
    assert_eq!(beside(&format!("{first} https://a.example #NightWell"), first), Some(Severity::Warn));
    assert_eq!(beside("Sunday question 4: tea or coffee?", "Sunday question 3: bath or shower?"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_surroundings_make_them_fall_over(
        text in "(\\PC{0,6}|3 mai à 18 h|12,5 %|\\$1,200|ne pas |never |#Ab|https://é\\.ca/x|６ pm|vingt-cinq|ı|ſ| ){0,12}",
        other in "(\\PC{0,6}|Nov 3, 10 |to 5 pm|1 h|4 \\$|plus |@a\\.b|May |İ|26/11|é h|\n){0,12}",
        topic in "\\PC{0,12}",
    ) {
        let original = Original { url: Some(topic.clone()), text: other.clone() };
        let draft = DraftView {
            variants: vec![VariantView { path: "variants.x".to_owned(), text: other.clone() }],
            topic: Some(topic.clone()),
            key_message: Some(other.clone()),
            correction_of: Some(original.clone()),
            edit_of: Some(original),
            ..DraftView::default()
        };
        let mut around = Surroundings { draft, ..in_order() };
        let plan = around.initiative.as_mut().unwrap().plan.as_mut().unwrap();
        plan.kept_back = [&topic, &other].map(|topic| KeptBack { topic: topic.clone(), until: None }).to_vec();
        plan.hashtags.push(topic.clone());
        around.neighbours = vec![Neighbour {
            id: topic.clone(), same_channel: true, published: false, at: now(), text: other.clone(),
        }];
        for kind in [ChannelKind::Office, ChannelKind::Project, ChannelKind::Personal] {
            around.channel = Some(ChannelView { kind, bio: Some(other.clone()), ..ChannelView::default() });
            for capacity in [Capacity::Official, Capacity::PersonalOpinion] {
                let once = found(&text, capacity, &around);
                prop_assert_eq!(&once, &found(&text, capacity, &around));
            }
        }
    }
}

/// No finding is about words where there are none: only the rules about what surrounds them speak.
#[test]
fn what_is_passed_on_is_not_blamed_for_saying_nothing() {
    let plan = PlanView { hashtags: texts(&["#NightShift"]), ..in_order().initiative.unwrap().plan.unwrap() };
    let initiative = InitiativeView { plan: Some(plan), ..in_order().initiative.unwrap() };
    let other = Neighbour {
        id: "post-7".to_owned(),
        same_channel: true,
        published: true,
        at: now() - TimeDelta::days(1),
        text: String::new(),
    };
    for (of, expected) in [(SourceKind::Partner, None), (SourceKind::Unknown, Some("GP5.unknown-source"))] {
        let url = "https://social.example.org/@somebody/115".to_owned();
        let around = Surroundings {
            amplified: Some(AmplifiedView { url, of }),
            initiative: Some(initiative.clone()),
            neighbours: vec![other.clone()],
            ..in_order()
        };
        for platform in [Platform::Mastodon, Platform::Bluesky, Platform::X, Platform::LinkedIn] {
            let submission = Submission {
                platform: Some(platform),
                capacity: Some(Capacity::Official),
                around: Some(&around),
                ..Submission::of_text("")
            };
            let found = check(&submission, &HANDBOOK).findings;
            let rules: Vec<&str> = found.iter().map(|finding| finding.rule.as_ref()).collect();
            assert_eq!(rules, Vec::from_iter(expected), "{platform:?}");
        }
    }
}
