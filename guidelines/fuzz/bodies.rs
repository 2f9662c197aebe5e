//! What must hold of any bytes at all: no panic, the same answer twice, places that exist. Shared by the fuzz targets and
//! by the test that replays their corpus. It does not know where the bytes come from.

use guidelines::{
    Capacity, CaptionView, Handbook, HandbookDocument, MediaView, Platform, Report, Shadow, Span, Submission,
    answer_line, check, starter_handbook,
};

/// Longer texts only repeat what shorter ones show, slowly.
const LONGEST: usize = 4_000;

thread_local! {
    static STARTER: Handbook =
        Handbook::from_document(&starter_handbook()).expect("the starter is a handbook");
}

fn text_of(data: &[u8]) -> String {
    let data = data.get(..LONGEST).unwrap_or(data);
    String::from_utf8_lossy(data).into_owned()
}

fn index(number: u32) -> usize {
    usize::try_from(number).expect("a place in a short text")
}

/// Any text as every part of a submission, through every rule.
pub(crate) fn check_text(data: &[u8]) {
    let text = text_of(data);
    let pick = usize::from(data.first().copied().unwrap_or_default());
    let submission = Submission {
        platform: Platform::ALL.get(pick % (Platform::ALL.len() + 1)).copied(),
        capacity: (pick % 2 == 0).then_some(Capacity::Official),
        link: (pick % 3 == 0).then_some(text.as_str()),
        media: vec![MediaView::of(&text, "image/png", (pick % 5 != 0).then_some(text.as_str()))],
        captions: vec![CaptionView { medium: 0, language: "en", label: Some(&text), words: &text }],
        ..Submission::of_text(&text)
    };
    STARTER.with(|handbook| {
        let report = check(&submission, handbook);
        assert_eq!(report, check(&submission, handbook), "the same text, another report");
        places_exist(&report, &text);
    });
}

fn places_exist(report: &Report, text: &str) {
    for finding in &report.findings {
        if let Some(span) = finding.span {
            place_exists(span, text);
        }
        if let Some(fix) = &finding.fix {
            let range = index(fix.byte_start)..index(fix.byte_end);
            assert!(text.get(range).is_some(), "a fix of no place: {finding:?}");
        }
    }
}

fn place_exists(span: Span, text: &str) {
    let (start, end) = (index(span.byte_start), index(span.byte_end));
    assert!(text.get(start..end).is_some(), "no place: {span:?}");
    let units = |to: usize| text.get(..to).unwrap_or_default().encode_utf16().count();
    assert_eq!((index(span.utf16_start), index(span.utf16_end)), (units(start), units(end)), "{span:?}");
}

/// Any bytes as a handbook, in JSON and in TOML.
pub(crate) fn handbook_document(data: &[u8]) {
    let json = serde_json::from_slice::<HandbookDocument>(data).ok();
    let toml =
        || std::str::from_utf8(data).ok().and_then(|text| toml::from_str::<HandbookDocument>(text).ok());
    let Some(document) = json.or_else(toml) else { return };
    let again = Handbook::from_document(&document).map(|handbook| handbook.digest_input().to_owned());
    match (Handbook::from_document(&document), again) {
        (Ok(handbook), Ok(digest)) => {
            assert_eq!(handbook.digest_input(), digest, "the same document, another identity");
            let text = "Call Sam at 604-555-0184 or write to sam@gmail.com. We WIN IT ALL NOW!";
            places_exist(&check(&Submission::of_text(text), &handbook), text);
        }
        (Err(error), Err(same)) => assert_eq!(error.to_string(), same.to_string()),
        (one, other) => panic!("the same document, {one:?} and {other:?}"),
    }
}

/// Any line of the exchange format.
pub(crate) fn answer_line_any(data: &[u8]) {
    let line = String::from_utf8_lossy(data).into_owned();
    STARTER.with(|handbook| {
        let answer = answer_line(&line, handbook).map_err(|error| error.to_string());
        let again = answer_line(&line, handbook).map_err(|error| error.to_string());
        assert_eq!(answer, again, "the same line, another answer");
        let Ok(answer) = answer else { return };
        let answer: serde_json::Value = serde_json::from_str(&answer).expect("an answer is JSON");
        assert!(answer.get("findings").is_some_and(serde_json::Value::is_array));
    });
}

/// Any text, folded and found again.
pub(crate) fn shadow(data: &[u8]) {
    let text = text_of(data);
    let shadow = Shadow::of(&text);
    let folded = shadow.folded();
    let lower = shadow.lower();
    assert_eq!(lower.len(), folded.len(), "a lower case of another length");
    assert!(folded.char_indices().all(|(at, _)| lower.is_char_boundary(at)), "letters have moved");
    let edges: Vec<usize> = folded.char_indices().map(|(at, _)| at).chain([folded.len()]).collect();
    let steps = edges.len() / 64 + 1;
    for (number, start) in edges.iter().enumerate().step_by(steps) {
        let end = edges.get(number + 1 + number % 7).unwrap_or(edges.last().unwrap_or(start));
        let range = *start..*end;
        let raw = shadow.raw_range(&range);
        assert!(text.get(raw.clone()).is_some(), "{range:?} stands for no part of the text: {raw:?}");
        let span = shadow.span(&range);
        place_exists(span, &text);
        assert_eq!(index(span.byte_start)..index(span.byte_end), raw);
        let back = shadow.folded_range(&span);
        assert!(back.start <= range.start && range.end <= back.end, "{range:?} comes back as {back:?}");
        let sentence = shadow.sentence_around(&range);
        assert!(
            sentence.start <= range.start && range.end <= sentence.end,
            "{range:?} is not in {sentence:?}"
        );
        assert!(folded.get(sentence.clone()).is_some(), "{sentence:?} cuts a letter");
    }
    pieces_stand_where_they_say(&shadow);
}

fn pieces_stand_where_they_say(shadow: &Shadow<'_>) {
    let protected = shadow.protected();
    assert!(protected.is_sorted_by(|a, b| a.range.end <= b.range.start), "protected parts overlap");
    assert!(protected.iter().all(|part| shadow.folded().get(part.range.clone()).is_some()));
    assert!(shadow.words().all(|word| shadow.folded().get(word.range) == Some(word.text)));
    assert!(shadow.links().iter().all(|link| shadow.folded().get(link.range.clone()) == Some(link.text)));
}
