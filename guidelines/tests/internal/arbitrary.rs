//! Whatever the text says, the rules answer, and what they mark are places in it.

use guidelines::{LinkState, LinkView, MediaView, Platform, QuoteView, Submission, Surroundings, check};
use proptest::prelude::*;

use super::HANDBOOK;

/// Pieces that the rules of these rooms react to, mixed with anything.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,8}",
        any::<String>(),
        prop::sample::select(vec![
            "password ",
            "mot de passe : ",
            "\"",
            "«",
            "é",
            "PIN ",
            "code ",
            "4471#",
            "token=",
            "a1b2c3d4e5f6a7b8c9",
            "eyJ",
            ".",
            "https://",
            "http://",
            "user:pw1@",
            "\\\\fs01\\",
            "C:\\",
            "10.0.0.1",
            ":8080",
            "/",
            "?sig=",
            "intranet",
            ".local",
            "(",
            ")",
            "From: ",
            "\n",
            "> ",
            "Subject: ",
            "wrote:",
            "FW: ",
            "[10:42] Ann: ",
            " - ",
            "in an e-mail ",
            "embargoed until ",
            "May 4, ",
            "6 a.m. ",
            "do not share ",
            "outside ",
            "confidential ",
            "in camera ",
            "à huis clos",
            "at the stand-up ",
            "told us ",
            "\u{1d400}",
            "\u{336}",
            "\u{1f600}",
            "\u{fe0f}",
            " ",
            "bit.ly/x",
            "word ",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn marks_are_places(text in texts(), alt in texts()) {
        let link = LinkView { url: alt.clone(), state: LinkState::Dead, checked_at: None };
        let mut around = Surroundings { links: vec![link], ..Surroundings::default() };
        around.draft.quotes = vec![QuoteView { text: alt.clone(), ..QuoteView::default() }];
        let submission = Submission {
            platform: Some(Platform::Bluesky),
            link: Some(&alt),
            media: vec![MediaView::of(&alt, "image/png", Some(&text))],
            around: Some(&around),
            ..Submission::of_text(&text)
        };
        let report = HANDBOOK.with(|handbook| check(&submission, handbook));
        for finding in report.findings.iter().filter(|finding| finding.target == "text") {
            if let Some(span) = finding.span {
                prop_assert!(text.get(span.byte_start as usize..span.byte_end as usize).is_some(), "{}", finding.rule);
            }
        }
    }
}
