//! A platform where somebody speaks below a post, and where what it lists can be told otherwise. It does not know the tests.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    Clock as _, PlatformKind,
    conformance::rig::{Rig, delivered, message_for, now},
    fake::Heard,
};

pub(super) const KINDS: [PlatformKind; 3] =
    [PlatformKind::Facebook, PlatformKind::LinkedIn, PlatformKind::YouTube];

/// Where a platform lists what was said, and in which of its words.
#[derive(Clone, Copy)]
pub(super) struct Dialect {
    pub(super) list: &'static str,
    pub(super) items: &'static str,
    pub(super) words: &'static str,
    pub(super) time: &'static str,
    pub(super) author: &'static str,
}

pub(super) fn dialect(kind: PlatformKind) -> Dialect {
    match kind {
        PlatformKind::Facebook => Dialect {
            list: "/comments?",
            items: "/data",
            words: "/message",
            time: "/created_time",
            author: "/from",
        },
        PlatformKind::LinkedIn => Dialect {
            list: "organizationalEntityNotifications",
            items: "/elements",
            words: "/decoratedGeneratedActivity/comment/text",
            time: "/lastModifiedAt",
            author: "/decoratedGeneratedActivity/comment/owner",
        },
        PlatformKind::YouTube => Dialect {
            list: "/commentThreads?",
            items: "/items",
            words: "/snippet/topLevelComment/snippet/textDisplay",
            time: "/snippet/topLevelComment/snippet/publishedAt",
            author: "/snippet/topLevelComment/snippet/authorDisplayName",
        },
        other => panic!("{other}"),
    }
}

/// One post that somebody may speak below.
pub(super) struct Scene {
    pub(super) rig: Rig,
    pub(super) ours: String,
    pub(super) cursor: Option<String>,
    pub(super) dialect: Dialect,
}

impl Scene {
    pub(super) async fn new(kind: PlatformKind) -> Self {
        let rig = Rig::new(kind).await;
        let ours = delivered(rig.connector.publish(&message_for(kind, "k1")).await).remote_id;
        let mut scene = Self { rig, ours, cursor: None, dialect: dialect(kind) };
        scene.read().await;
        scene
    }

    pub(super) fn say(&self, text: &str) {
        let (author, answers) = ("ana".to_owned(), Some(self.ours.clone()));
        self.rig.fake().hear(Heard { author, text: text.to_owned(), answers, ..Heard::default() });
    }

    /// Reads on until there is no more.
    pub(super) async fn read(&mut self) -> Vec<String> {
        let mut told = Vec::new();
        for _ in 0..110 {
            let inbox = self.rig.connector.inbound(self.cursor.as_deref()).await.unwrap();
            told.extend(inbox.items.into_iter().map(|item| item.text));
            self.cursor = inbox.cursor.or_else(|| self.cursor.take());
            if !inbox.more {
                told.sort();
                return told;
            }
        }
        panic!("{}: the reading does not end", self.rig.connector.kind());
    }

    /// What the platform says of this is changed; the list is told otherwise as well.
    pub(super) fn twist(&self, mut twist: impl FnMut(&mut Vec<Value>) + Send + 'static) {
        let Dialect { list, items, .. } = self.dialect;
        self.rig.fake().twist(move |target, answer| {
            if let Some(Value::Array(items)) = answer.pointer_mut(items).filter(|_| target.contains(list)) {
                twist(items);
            }
        });
    }

    /// One item is told with another value in the place of this.
    pub(super) fn retell(&self, said: &'static str, place: &'static str, value: Value) {
        let words = self.dialect.words;
        self.twist(move |items| {
            let it = items.iter_mut().find(|item| item.pointer(words) == Some(&said.into()));
            if let Some(place) = it.and_then(|item| item.pointer_mut(place)) {
                *place = value.clone();
            }
        });
    }

    /// Both clocks are so long after the beginning; ours is never put back.
    pub(super) fn both_clocks(&self, passed: TimeDelta) {
        let then = now() + passed;
        self.rig.clock.pass((then - self.rig.clock.now()).to_std().unwrap_or_default());
        self.rig.fake().set_now(Some(then));
    }

    /// Every list goes on, at a place that the platform was at already, or with nothing.
    pub(super) fn goes_on(&self, same: bool) {
        let Dialect { list, items, .. } = self.dialect;
        let (mut first, mut number) = (None::<Value>, 0);
        self.rig.fake().twist(move |target, answer| {
            if !target.contains(list) {
                return;
            }
            number += 1;
            let place = if same { "again".to_owned() } else { format!("on{number}") };
            let is_first = !["after=", "pageToken="].iter().any(|more| target.contains(more))
                && !target.contains("start=50");
            match (&mut first, is_first, answer.pointer_mut(items)) {
                (first, true, Some(items)) => *first = Some(items.clone()),
                (Some(first), false, Some(items)) => *items = if same { first.clone() } else { json!([]) },
                _ => {}
            }
            if let Some(answer) = answer.as_object_mut() {
                let paging =
                    json!({ "cursors": { "after": place }, "next": "https://elsewhere.example/?access_token=x" });
                answer.insert("paging".to_owned(), paging);
                answer.insert("nextPageToken".to_owned(), place.into());
            }
        });
    }
}
