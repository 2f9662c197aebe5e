//! Surroundings that chance has made, of every part and of none.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::{option, prelude::*, sample::select};

use super::{LINKS, piece, words};
use crate::{
    Attestation, AttestationKind, AuthorView, ChannelKind, ChannelView, DraftView, Exemption, InitiativeView,
    KeptBack, LinkState, LinkView, Neighbour, Original, PlanView, QuoteView, Surroundings, VariantView,
    Waiting,
};

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (-400i64..400).prop_map(|hours| DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(hours))
}

fn day() -> impl Strategy<Value = NaiveDate> {
    instant().prop_map(|at| at.date_naive())
}

fn owned() -> impl Strategy<Value = String> {
    piece().prop_map(str::to_owned)
}

pub(super) fn surroundings() -> impl Strategy<Value = Surroundings> {
    let times = (option::of(instant()), option::of(instant()), option::of(day()), option::of(day()));
    let link = (
        select(&LINKS[..]),
        select(vec![LinkState::Alive, LinkState::Dead, LinkState::Unknown, LinkState::Internal]),
    );
    let link = link.prop_map(|(url, state)| LinkView { url: url.to_owned(), state, checked_at: None });
    let waiting = (any::<bool>(), 0..99u32);
    let waiting = waiting.prop_map(|(question, hours)| Waiting { id: "item-1".to_owned(), question, hours });
    let lists = (
        prop::collection::vec(neighbour(), 0..3),
        prop::collection::vec(link, 0..2),
        prop::collection::vec(waiting, 0..2),
    );
    (
        times,
        option::weighted(0.9, channel()),
        option::of(author()),
        option::weighted(0.9, initiative()),
        draft(),
        lists,
    )
        .prop_map(
            |(
                (now, scheduled_at, published, reviewed),
                channel,
                author,
                initiative,
                draft,
                (neighbours, links, waiting),
            )| {
                Surroundings {
                    now,
                    scheduled_at,
                    university_published_on: published,
                    university_reviewed_on: reviewed,
                    channel,
                    author,
                    initiative,
                    draft,
                    neighbours,
                    links,
                    waiting,
                    amplified: None,
                }
            },
        )
}

fn neighbour() -> impl Strategy<Value = Neighbour> {
    (any::<bool>(), any::<bool>(), instant(), words()).prop_map(|(same_channel, published, at, text)| {
        Neighbour { id: "post-7".to_owned(), same_channel, published, at, text }
    })
}

fn channel() -> impl Strategy<Value = ChannelView> {
    let kinds = select(vec![ChannelKind::Office, ChannelKind::Project, ChannelKind::Personal]);
    let known = (
        option::of(any::<bool>()),
        option::of(any::<bool>()),
        option::of(any::<bool>()),
        option::of(0..3u32),
    );
    (kinds, option::weighted(0.3, owned()), known, option::of(owned()), option::of(owned())).prop_map(
        |(kind, bio, (contact, operators_named, notified, stewards), own_reason, succession)| ChannelView {
            handle: "sleepwell".to_owned(),
            kind,
            bio,
            contact,
            operators_named,
            stewards,
            own_reason,
            succession,
            notified,
        },
    )
}

fn author() -> impl Strategy<Value = AuthorView> {
    let exemption = (option::of(owned()), option::of(day())).prop_map(|(approved_by, until)| Exemption {
        reason: "threats".to_owned(),
        approved_by,
        until,
    });
    (option::of(exemption), option::of(any::<bool>())).prop_map(|(exemption, permanence_acknowledged)| {
        AuthorView { name: "Sam Lee".to_owned(), exemption, permanence_acknowledged }
    })
}

fn initiative() -> impl Strategy<Value = InitiativeView> {
    let told = (option::weighted(0.8, Just(true)), option::of(day()));
    let blog = (option::of(0..2u32), option::of(day()));
    (told, option::of(day()), blog, option::weighted(0.8, plan())).prop_map(
        |((notified, notified_on), started_on, (blog_posts, blog_due_on), plan)| InitiativeView {
            name: "SleepWell".to_owned(),
            notified,
            notified_on,
            started_on,
            ends_on: None,
            blog_posts,
            blog_due_on,
            plan,
        },
    )
}

fn topics() -> impl Strategy<Value = Vec<String>> {
    const TOPICS: &[&str] =
        &["interim results", "budget", "North Lab", "sleep", "https://example.org/gone", ""];
    prop::collection::vec(select(TOPICS).prop_map(str::to_owned), 0..3)
}

fn plan() -> impl Strategy<Value = PlanView> {
    let kept = (select(vec!["budget", "interim results", "sleep"]), option::of(instant()));
    let kept = kept.prop_map(|(topic, until)| KeptBack { topic: topic.to_owned(), until });
    let lists = (option::of(topics()), option::of(topics()), option::of(topics()), topics(), topics());
    let grade = option::of(1..9u32);
    (any::<bool>(), option::of(any::<bool>()), lists, prop::collection::vec(kept, 0..2), grade).prop_map(
        |(
            approved,
            coordinator_consulted,
            (messages, shareable, goals, hashtags, contentious),
            kept_back,
            reading_grade,
        )| PlanView {
            approved,
            coordinator_consulted,
            key_messages: messages.clone(),
            shareable,
            kept_back,
            hashtags,
            goals: goals.clone(),
            measures: messages,
            audiences: goals,
            contentious,
            reading_grade,
            ..PlanView::default()
        },
    )
}

fn draft() -> impl Strategy<Value = DraftView> {
    let original = || words().prop_map(|text| Original { url: Some(LINKS[1].to_owned()), text });
    let quote = (owned(), option::of(owned()), option::of(owned()));
    let quote = quote.prop_map(|(text, speaker, permission)| QuoteView { text, speaker, permission });
    let answers = prop::collection::vec(select(AttestationKind::ALL.to_vec()), 0..3).prop_map(|kinds| {
        kinds.into_iter().map(|kind| Attestation { kind, answer: "given".to_owned() }).collect()
    });
    let variant = words().prop_map(|text| VariantView { path: "variants.x".to_owned(), text });
    let lists = (prop::collection::vec(variant, 0..2), prop::collection::vec(quote, 0..2), answers);
    let topic = option::of(topics().prop_map(|topics| topics.concat()));
    let originals = (option::weighted(0.2, original()), option::weighted(0.4, original()));
    (lists, topic, option::of(owned()), originals, option::weighted(0.1, Just(()))).prop_map(
        |((variants, quotes, attestations), topic, key_message, (correction_of, edit_of), doubt)| DraftView {
            variants,
            topic,
            key_message,
            correction_of,
            edit_of,
            quotes,
            in_doubt: doubt.is_some(),
            attestations,
        },
    )
}
