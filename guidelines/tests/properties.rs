//! What must hold of every text, whatever it says.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::as_conversions,
    reason = "a test that cannot go on has failed"
)]

use guidelines::{
    Capacity, CaptionView, Handbook, LengthRule, MediaView, Platform, Report, Submission, check, measure,
    overrun, rules, starter_handbook,
};
use proptest::prelude::*;

fn handbook() -> Handbook {
    Handbook::from_document(&starter_handbook()).unwrap()
}

thread_local! {
    static HANDBOOK: Handbook = handbook();
}

fn run(submission: &Submission<'_>) -> Report {
    HANDBOOK.with(|handbook| check(submission, handbook))
}

/// Pieces that rules react to, mixed with anything.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,12}",
        any::<String>(),
        prop::sample::select(vec![
            "604-555-0184",
            "６０４ ５５５ ０１８４",
            "lives at ",
            "12 Elm Street, ",
            "V6T 1Z3",
            "sam@gmail.com",
            "sam (at) shaw dot ca",
            "\n> quoted\n> again\n",
            "From: Ann\nTo: Ben\n",
            "CONFIDENTIAL",
            "embargoed until ",
            "#healthresearch",
            "WE WIN IT ALL NOW",
            "!!!",
            "https://example.org/ü",
            "@user@host.example",
            "e\u{301}",
            "\u{1F468}\u{200D}\u{1F469}",
            "\r\n",
            "\u{202e}",
            "\u{feff}",
            " ",
            "“",
            "”",
            "à",
            "six oh four five five five ",
            "« ",
            "In a staff memo: \"we close the lab in June, sorry\"",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn submission<'a>(text: &'a str, alt: &'a str, platform: Platform) -> Submission<'a> {
    Submission {
        platform: Some(platform),
        capacity: Some(Capacity::Official),
        link: Some(alt),
        media: vec![MediaView::of(alt, "image/png", Some(text))],
        captions: vec![CaptionView { medium: 0, language: "en", label: None, words: text }],
        ..Submission::of_text(text)
    }
}

fn target<'a>(submission: &Submission<'a>, name: &str) -> &'a str {
    match name {
        "text" => submission.text,
        "link" => submission.link.unwrap_or_default(),
        "media[0].alt" => submission.media[0].alt_text.unwrap_or_default(),
        "media[0].captions[en]" => submission.captions[0].words,
        "media[0].fileName" => submission.media[0].file_name,
        other => panic!("unknown target {other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn spans_are_places_in_their_targets_and_reports_repeat(
        text in texts(), alt in texts(), platform in prop::sample::select(Platform::ALL.to_vec()),
    ) {
        let submission = submission(&text, &alt, platform);
        let report = run(&submission);
        prop_assert_eq!(&report, &run(&submission));
        for finding in &report.findings {
            let Some(span) = finding.span else { continue };
            let words = target(&submission, &finding.target);
            let (start, end) = (span.byte_start as usize, span.byte_end as usize);
            prop_assert!(start <= end);
            prop_assert!(words.get(start..end).is_some(), "{finding:?}");
            prop_assert_eq!(span.utf16_start as usize, words[..start].encode_utf16().count());
            prop_assert_eq!(span.utf16_end as usize, words[..end].encode_utf16().count());
        }
        let order: Vec<_> = report.findings.iter().map(|f| (f.severity, f.target.clone(), f.span, f.rule.clone())).collect();
        prop_assert!(order.is_sorted());
    }

    #[test]
    fn secrets_are_never_repeated(
        area in "[2-7][0-9]{2}", line in "[0-9]{4}", name in "[a-z]{3,9}", number in 10u32..9999, street in "[A-Z][a-z]{3,9}",
    ) {
        let phone = format!("{area}-555-{line}");
        let email = format!("{name}.roe@gmail.com");
        let address = format!("{number} {street} Street");
        let text = format!("Ann lives at {address}. Her cell is {phone} and she reads {email} daily.");
        let report = run(&Submission::of_text(&text));
        for (rule, secret) in [("CC1b.phone", &phone), ("CC1b.email", &email), ("CC1b.address", &address)] {
            prop_assert!(report.findings.iter().any(|f| f.rule == rule), "{rule} in {text}");
            for finding in &report.findings {
                for shown in [finding.excerpt.as_deref(), Some(finding.message.as_str()), finding.suggestion.as_deref()] {
                    prop_assert!(!shown.unwrap_or_default().contains(secret.as_str()), "{finding:?}");
                }
            }
        }
        prop_assert!(report.blocks());
    }

    #[test]
    fn what_is_not_over_fits(text in texts(), platform in prop::sample::select(Platform::ALL.to_vec()), limit in 1u32..60) {
        let rule = LengthRule { limit, ..platform.length_rule() };
        match overrun(&text, &rule) {
            None => prop_assert!(measure(&text, &rule) <= limit),
            Some(over) => {
                prop_assert!(over.excess.end == text.len() && text.is_char_boundary(over.excess.start));
                prop_assert!(measure(&text[..over.excess.start], &rule) <= limit);
            }
        }
    }
}

#[test]
fn every_rule_is_in_the_starter() {
    let handbook = handbook();
    assert!(rules().iter().all(|rule| handbook.rules().any(|view| view.id == rule.id())));
    handbook.self_test().unwrap();
}
