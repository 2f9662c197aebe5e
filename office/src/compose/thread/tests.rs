//! Texts as people write them, in several languages, and what holds of every text.

use proptest::prelude::*;

use super::*;

fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Splits where a part takes so many graphemes.
fn split_at(text: &str, longest: usize, signature: Option<&str>) -> Result<Vec<String>, Unsplit> {
    let fits = |words: &str| graphemes(words) <= longest;
    split(text, &Form { fits: &fits, longest, signature, below: None, most: 25 })
}

#[track_caller]
fn parts(text: &str, longest: usize, expected: &[&str]) {
    assert_eq!(split_at(text, longest, None).unwrap(), expected);
}

#[test]
fn what_fits_whole_is_no_thread() {
    parts("The clinic opens on Monday.", 27, &[]);
    parts("", 10, &[]);
}

#[test]
fn a_text_is_cut_at_the_ends_of_its_sentences() {
    parts(
        "You need not travel to be seen. Book a video visit from home! Do you have no camera? Then call us.",
        70,
        &[
            "You need not travel to be seen. Book a video visit from home! 1/2",
            "Do you have no camera? Then call us. 2/2",
        ],
    );
}

#[test]
fn abbreviations_and_addresses_are_no_ends_of_sentences() {
    parts(
        "Book with Dr. Okafor or J. Minh today. See www.example.org/book?Who=anyone for the hours.",
        45,
        &[
            "Book with Dr. Okafor or J. Minh today. 1/3",
            "See www.example.org/book?Who=anyone for 2/3",
            "the hours. 3/3",
        ],
    );
}

#[test]
fn german_is_cut_where_germans_pause() {
    parts(
        "Ab Montag können Sie z. B. Ihre Hausärztin per Video sprechen. Größere Übertragungsmengen sind nicht nötig. „Es ist ganz einfach.“ Rufen Sie uns an.",
        90,
        &[
            "Ab Montag können Sie z. B. Ihre Hausärztin per Video sprechen. 1/2",
            "Größere Übertragungsmengen sind nicht nötig. „Es ist ganz einfach.“ Rufen Sie uns an. 2/2",
        ],
    );
}

#[test]
fn french_keeps_its_marks_with_their_words() {
    parts(
        "Vous pouvez dès lundi consulter depuis chez vous ! « Bonjour », dit-elle : voilà.",
        56,
        &["Vous pouvez dès lundi consulter depuis chez vous ! 1/2", "« Bonjour », dit-elle : voilà. 2/2"],
    );
    parts("Consultez un médecin en vidéo !", 30, &["Consultez un médecin en 1/2", "vidéo ! 2/2"]);
}

#[test]
fn japanese_is_cut_at_its_own_marks_and_never_before_one() {
    parts(
        "月曜日から、ご自宅でビデオ診療を受けられます。予約はお電話で。カメラがない方は「相談窓口」までご連絡ください。",
        36,
        &[
            "月曜日から、ご自宅でビデオ診療を受けられます。予約はお電話で。 1/2",
            "カメラがない方は「相談窓口」までご連絡ください。 2/2",
        ],
    );
    // A sentence that is too long: at a pause, and where there is none, not before a small letter or a mark.
    parts(
        "北部の患者の皆さまは、遠くまで出かけなくても医師にかかることができるようになりましたっ。",
        20,
        &[
            "北部の患者の皆さまは、 1/4",
            "遠くまで出かけなくても医師にかか 2/4",
            "ることができるようになりまし 3/4",
            "たっ。 4/4",
        ],
    );
}

#[test]
fn chinese_and_arabic_are_cut_at_their_own_marks() {
    parts(
        "从星期一起，您可以在家看医生。请先预约！",
        19,
        &["从星期一起，您可以在家看医生。 1/2", "请先预约！ 2/2"],
    );
    parts(
        "يمكنك زيارة الطبيب من البيت. هل لديك كاميرا؟ اتصل بنا.",
        34,
        &["يمكنك زيارة الطبيب من البيت. 1/2", "هل لديك كاميرا؟ اتصل بنا. 2/2"],
    );
}

#[test]
fn lines_stay_lines_and_the_counter_stands_on_its_own() {
    parts(
        "What is new:\n- Visits by video\n- Longer hours\n\nWhere: at home, from Monday on",
        50,
        &["What is new:\n- Visits by video\n- Longer hours\n1/2", "Where: at home, from Monday on 2/2"],
    );
}

#[test]
fn the_signature_is_on_the_last_part_which_makes_room_for_it() {
    let found = split_at("One sentence stands here. Another one stands here.", 30, Some("^AO"));
    assert_eq!(found.unwrap(), ["One sentence stands here. 1/3", "Another one stands 2/3", "here. ^AO 3/3"]);
    let whole = split_at("One sentence stands here.", 27, Some("^AO")).unwrap();
    assert_eq!(whole, ["One sentence stands 1/2", "here. ^AO 2/2"]);
}

#[test]
fn a_link_below_the_first_part_has_its_room() {
    let fits = |words: &str| graphemes(words) <= 55;
    let form =
        Form { fits: &fits, longest: 55, signature: None, below: Some("https://example.org/"), most: 25 };
    let found = split("We open on Monday. You can book now. Call us if you have no camera.", &form).unwrap();
    assert_eq!(found, ["We open on Monday. 1/2", "You can book now. Call us if you have no camera. 2/2"][..]);
    assert!(fits(&format!("{}\n\nhttps://example.org/", found[0])));
}

#[test]
fn a_word_that_no_part_holds_is_named() {
    let long = "a".repeat(40);
    assert_eq!(split_at(&format!("Look: {long} there"), 40, None), Err(Unsplit::WordTooLong(long)));
    let link = format!("https://example.org/{}", "ä/ö".repeat(10));
    assert_eq!(split_at(&format!("Look: {link} there"), 40, None), Err(Unsplit::WordTooLong(link)));
}

#[test]
fn more_than_nine_parts_have_room_for_longer_counters_and_there_is_a_most() {
    let text = "word ".repeat(125);
    let found = split_at(&text, 30, None).unwrap();
    assert!((10..=25).contains(&found.len()), "{found:?}");
    assert_eq!((found[0].as_str(), graphemes(&found[9]) <= 30), ("word word word word word 1/25", true));
    assert_eq!(split_at(&"word ".repeat(126), 30, None), Err(Unsplit::TooManyParts));
}

/// What was written, without what splitting changes.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A part without its counter.
fn uncounted(part: &str) -> &str {
    part.rsplit_once(char::is_whitespace).unwrap().0
}

const LINK: &str = "https://example.org/a?B=c.D!e";

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-zA-ZäöÜé]{1,12}[.!?,]{0,2}",
        2 => "[月火水木金土日、。「」っーあいうアイウ]{1,30}",
        1 => Just(LINK.to_owned()),
        1 => "[#@(«][a-z]{1,8}[)»]?",
        1 => "[\u{1F3E5}\u{1F600}👩‍⚕️]{1,3}",
    ];
    let gap = prop_oneof![6 => Just(" "), 1 => Just("\n\n"), 1 => Just("  ")];
    prop::collection::vec((word, gap), 1..120)
        .prop_map(|all| all.into_iter().map(|(word, gap)| word + gap).collect::<String>())
}

proptest! {
    #[test]
    fn every_text_comes_out_in_order_in_parts_that_fit(text in words(), longest in 50_usize..200) {
        let signature = Some("^AO");
        let fits = |words: &str| graphemes(words) <= longest;
        let form = Form { fits: &fits, longest, signature, below: None, most: 1_000 };
        let found = split(&text, &form).unwrap();
        let out = if found.is_empty() { signed(&text, &form) } else { found.iter().map(|part| uncounted(part)).collect() };
        prop_assert_eq!(bare(&out), bare(&signed(&text, &form)));
        prop_assert_ne!(found.len(), 1);
        for (i, part) in found.iter().enumerate() {
            prop_assert!(fits(part), "{} is too long", part);
            let counter = format!("{}/{}", i + 1, found.len());
            prop_assert!(part.ends_with(counter.as_str()) && !uncounted(part).trim().is_empty());
            // Each part alone needs no other.
            let alone = Form { signature: None, ..Form { fits: &fits, longest, signature, below: None, most: 25 } };
            prop_assert_eq!(split(uncounted(part), &alone).unwrap(), Vec::<String>::new());
        }
        let links = |text: &str| text.matches(LINK).count();
        if !found.is_empty() {
            prop_assert_eq!(found.iter().map(|part| links(part)).sum::<usize>(), links(&text));
        }
    }

    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,300}", longest in 1_usize..60) {
        if let Ok(found) = split_at(&text, longest, None) {
            prop_assert!(found.iter().all(|part| graphemes(part) <= longest));
        }
    }
}
