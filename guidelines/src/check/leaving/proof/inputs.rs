//! What is submitted amid what, to prove something of all of it: the rules' own examples, both sets, and whatever chance
//! makes of the pieces that rules react to.

mod amid;

use std::sync::LazyLock;

use proptest::{option, prelude::*, sample::select};
use serde_json::Value;

use crate::{
    Capacity, ChannelKind, ChannelView, Example, MediaView, Part, Platform, Severity, Submission,
    Surroundings, exchange::on_each_channel, rules,
};

/// Every severity.
pub(super) fn severities() -> [Severity; 3] {
    [Severity::Block, Severity::Warn, Severity::Advise]
}

/// Every example of every manual.
pub(super) fn each_example(each: &mut impl FnMut(&Submission<'_>)) {
    for rule in rules() {
        for example in rule.manual().fires.iter().chain(rule.manual().quiet) {
            let (text, around) = (example.whole_text(), example.surroundings());
            each(&example.submission(&text, around.as_ref()));
        }
    }
}

/// Every example of the rules that read a biography, amid several.
pub(super) fn each_example_amid_biographies(each: &mut impl FnMut(&Submission<'_>)) {
    for rule in rules().iter().filter(|rule| rule.manual().reads.contains(Part::Bio)) {
        for (example, bio) in
            rule.manual().fires.iter().flat_map(|one| PIECES.iter().map(move |bio| (one, bio)))
        {
            let (text, mut around) = (example.whole_text(), example.surroundings().unwrap_or_default());
            let kind = ChannelKind::Personal;
            let channel = around.channel.get_or_insert(ChannelView { kind, ..ChannelView::default() });
            channel.bio = Some((*bio).to_owned());
            each(&example.submission(&text, Some(&around)));
        }
    }
}

/// Every draft of both sets as it stands, and every labelled text amid what surrounds one example or another.
pub(super) fn each_of_sets(each: &mut impl FnMut(&Submission<'_>)) {
    let drafts = [
        include_str!("../../../../sets/development/rules.jsonl"),
        include_str!("../../../../sets/second/rules.jsonl"),
    ];
    for line in drafts.iter().flat_map(|set| set.lines()) {
        let given: Value = serde_json::from_str(line).unwrap();
        on_each_channel(&given["draft"], &mut *each);
    }
    let examples = rules().iter().flat_map(|rule| rule.manual().fires);
    let around: Vec<Surroundings> = examples.filter_map(Example::surroundings).collect();
    for (index, text) in TEXTS.iter().enumerate() {
        let capacities = [Some(Capacity::Official), Some(Capacity::PersonalOpinion), None];
        each(&Submission {
            platform: Some(Platform::Mastodon),
            capacity: capacities[usize::from(index % 7 == 0) + usize::from(index % 13 == 0)],
            around: around.get(index % around.len()),
            ..Submission::of_text(text)
        });
    }
}

/// The labelled texts of both sets.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let sets = [
        include_str!("../../../../sets/development/pii.jsonl"),
        include_str!("../../../../sets/second/pii.jsonl"),
    ];
    let lines = sets.iter().flat_map(|set| set.lines());
    let values = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    values.map(|value| value["text"].as_str().unwrap().to_owned()).collect()
});

/// A submission that chance has made.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    text: String,
    platform: Option<Platform>,
    capacity: Option<Capacity>,
    link: Option<&'static str>,
    alt: Option<&'static str>,
    around: Option<Surroundings>,
}

impl Drawn {
    pub(super) fn submission(&self) -> Submission<'_> {
        let medium = |alt| MediaView {
            document: Some(true),
            ..MediaView::of("slides.pdf", "application/pdf", Some(alt))
        };
        Submission {
            platform: self.platform,
            capacity: self.capacity,
            link: self.link,
            more_links: vec![LINKS[1]],
            media: self.alt.map(medium).into_iter().collect(),
            around: self.around.as_ref(),
            ..Submission::of_text(&self.text)
        }
    }
}

/// Words that rules react to, in a text or around it.
const PIECES: &[&str] = &[
    "Our clinic opens on Monday. ",
    "604-555-0184 ",
    "Her SIN is 130 692 544. ",
    "sam@gmail.com ",
    "CONFIDENTIAL ",
    "#SleepWell ",
    "We sleep better, say nurses in our study. ",
    "The budget for the interim results is out. ",
    "No results yet at the North Lab. ",
    "Views are my own. ",
    "My employer is corrupt. ",
    "\"I finally sleep through the night again,\" she told us. ",
    "Our app cures insomnia. ",
    "https://intranet.office.example.org/x ",
    "https://example.org/gone ",
    "Correction: 80 nurses, not 90. ",
    "Open house on March 3 at 5 pm. ",
    "Portes ouvertes le 4 mars à 17 h. ",
    "Pacific eHealth Strategy Office ",
    "see https://doi.org/10.1000/182 ",
    "Media inquiries welcome. ",
    "Please do not message this account. ",
    "She lives at 12 Elm Street, Vancouver. ",
    "Card 4539 5787 6362 1486. ",
    "Her PHN is 9698 658 215. ",
    "Born on May 3, 1987, she waits. ",
    "Patient MRN 00482913 is here. ",
    "The password is Tr0ub4dor&3x. ",
    "\u{1d4d7}\u{1d4ee}\u{1d4f5}\u{1d4f5}\u{1d4f8} \u{1d4fd}\u{1d4f1}\u{1d4ee}\u{1d4fb}\u{1d4ee} ",
    "",
];

const LINKS: [&str; 4] = [
    "https://example.org/gone",
    "https://example.org/here",
    "https://example.org/interim-results.pdf",
    "https://intranet.office.example.org/x",
];

fn piece() -> impl Strategy<Value = &'static str> {
    select(PIECES)
}

fn words() -> impl Strategy<Value = String> {
    let set = any::<prop::sample::Index>().prop_map(|index| index.get(&TEXTS).clone());
    let made =
        prop::collection::vec(prop_oneof![6 => piece().prop_map(str::to_owned), 1 => "\\PC{0,9}"], 0..5);
    let known = Just("Our guide to sleeping well on night shifts is out.".to_owned());
    prop_oneof![2 => known, 1 => set, 3 => made.prop_map(|pieces| pieces.concat())]
}

/// Anything that can be submitted.
pub(super) fn drawn() -> impl Strategy<Value = Drawn> {
    let platforms = option::of(select(Platform::ALL.to_vec()));
    let capacities = option::weighted(0.9, select(vec![Capacity::Official, Capacity::PersonalOpinion]));
    let link = option::of(select(&LINKS[..]));
    let around = option::weighted(0.95, amid::surroundings());
    (words(), platforms, capacities, link, option::of(piece()), around).prop_map(
        |(text, platform, capacity, link, alt, around)| Drawn { text, platform, capacity, link, alt, around },
    )
}
