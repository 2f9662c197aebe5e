//! What is checked while it is timed: the development set's posts, and an office around them. It does not know rules.

use std::fs;

use guidelines::{AuthorView, ChannelView, DraftView, InitiativeView, KeptBack, PlanView, Surroundings};
use serde_json::Value;

/// Texts and lines to check.
#[derive(Debug)]
pub(crate) struct Texts {
    /// The texts of all labelled posts and drafts.
    pub(crate) posts: Vec<String>,
    /// Drafts with all that surrounds them, as JSON lines.
    pub(crate) drafts: Vec<String>,
    /// Posts joined to texts of 400 to 600 characters.
    pub(crate) long: Vec<String>,
}

impl Texts {
    pub(crate) fn of_set(folder: &str) -> Self {
        let lines = |name: &str| -> Vec<String> {
            let text = fs::read_to_string(format!("{folder}/{name}.jsonl")).unwrap();
            text.lines().map(str::to_owned).collect()
        };
        let drafts = lines("rules");
        let labelled = lines("pii");
        let words = |line: &String, path: &str| -> String {
            let value: Value = serde_json::from_str(line).unwrap();
            value.pointer(path).unwrap().as_str().unwrap().to_owned()
        };
        let posts = labelled.iter().map(|line| words(line, "/text"));
        let posts: Vec<String> =
            posts.chain(drafts.iter().map(|line| words(line, "/draft/post/text"))).collect();
        let long = joined(&posts);
        Self { posts, drafts, long }
    }
}

/// Each post with as many that follow as make it long enough; what became too long is left out.
fn joined(posts: &[String]) -> Vec<String> {
    let following = |first: usize| {
        let mut text = String::new();
        for post in posts.iter().cycle().skip(first) {
            text.push_str(post);
            let length = text.chars().count();
            if length >= 400 {
                return (length <= 600).then_some(text);
            }
            text.push('\n');
        }
        None
    };
    let long: Vec<String> = (0..posts.len()).filter_map(following).collect();
    assert!(long.len() > 100, "too few texts to speak of the slowest in a hundred");
    long
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// An initiative with a plan, on an office's channel.
pub(crate) fn surroundings() -> Surroundings {
    let kept_back = ["budget", "vendor", "interim results"]
        .map(|topic| KeptBack { topic: topic.to_owned(), until: None });
    let plan = PlanView {
        approved: true,
        coordinator_consulted: Some(true),
        audiences: Some(list(&["families", "nurses"])),
        stakeholders: Some(list(&["clinics"])),
        key_messages: Some(list(&["Care at home helps people stay well"])),
        shareable: Some(list(&["events", "team news"])),
        kept_back: kept_back.to_vec(),
        hashtags: vec!["#CareAtHome".to_owned()],
        goals: Some(list(&["reach 400 families"])),
        measures: Some(list(&["sign-ups a week"])),
        ..PlanView::default()
    };
    Surroundings {
        channel: Some(ChannelView {
            handle: "careoffice".to_owned(),
            bio: Some("News of the care office. Posts by Ann and Ben. careoffice.example/contact".to_owned()),
            contact: Some(true),
            operators_named: Some(true),
            ..ChannelView::default()
        }),
        author: Some(AuthorView { name: "Ann Roe".to_owned(), ..AuthorView::default() }),
        initiative: Some(InitiativeView {
            name: "Care at home".to_owned(),
            notified: Some(true),
            blog_posts: Some(3),
            plan: Some(plan),
            ..InitiativeView::default()
        }),
        draft: DraftView { topic: Some("events".to_owned()), ..DraftView::default() },
        ..Surroundings::default()
    }
}
