//! Whatever people wrote into a record, no form lets it become markup, another line, or a vouching link.

use entity::{
    ChannelId, DirectoryChangeId, InitiativeId,
    channel::{DirectoryRecord, Platform},
};
use office::directory::{ChangeKind, Initiative};
use uuid::Uuid;

use super::*;

const EVIL: &str = "<script>alert(1)</script>\"'&\u{7}";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn record(platform: Platform, url: &str) -> DirectoryRecord {
    DirectoryRecord {
        platform,
        handle: "press".to_owned(),
        url: url.to_owned(),
        display_name: EVIL.to_owned(),
        purpose: EVIL.to_owned(),
        audience: EVIL.to_owned(),
        language: EVIL.to_owned(),
        bio_line: EVIL.to_owned(),
        monitored_hours: EVIL.to_owned(),
        contact: Some(EVIL.to_owned()),
    }
}

fn entry(status: Status, platform: Platform, url: &str) -> Entry {
    let closed = status == Status::Retired;
    Entry {
        channel_id: ChannelId(Uuid::nil()),
        office_slug: "press".to_owned(),
        office_name: EVIL.to_owned(),
        status,
        record: record(platform, url),
        published_at: Some(at("2027-03-01T09:00:00Z")),
        official_since: Some(at("2027-01-01T09:00:00Z")),
        official_until: closed.then(|| at("2027-04-01T09:00:00Z")),
        initiative: Some(Initiative { id: InitiativeId(Uuid::nil()), name: EVIL.to_owned() }),
        on_duty: vec![EVIL.to_owned()],
    }
}

fn listing() -> Listing {
    Listing {
        place: Place { base: "https://m.example.org".to_owned(), office: None },
        entries: vec![
            entry(Status::Active, Platform::Mastodon, "https://social.example/@press"),
            entry(Status::Dormant, Platform::X, "javascript:alert(1)"),
            entry(Status::Retired, Platform::Facebook, "https://facebook.example/gone"),
        ],
        head: Head { sequence: 7, changed_at: Some(at("2027-04-01T09:00:00Z")) },
        next: None,
    }
}

#[test]
fn no_form_of_the_list_runs_what_people_wrote() {
    let listing = listing();
    let texts = [
        html::render(&listing),
        embed::render(&listing),
        opml::render(&listing).unwrap(),
        Changes {
            place: listing.place.clone(),
            page: Page { items: vec![change(ChangeKind::Changed)], has_next: true, has_previous: false },
            since: 0,
            changed_at: None,
            first: None,
        }
        .atom()
        .unwrap(),
    ];
    for text in texts {
        assert!(text.contains("&lt;script&gt;") && !text.contains("<script"), "{text}");
        assert!(!text.contains("javascript:alert(1)\"") && !text.contains('\u{7}'), "{text}");
    }
    assert_eq!(csv::render(&listing.entries).lines().count(), 4);
}

fn change(kind: ChangeKind) -> DirectoryChange {
    DirectoryChange {
        id: DirectoryChangeId(Uuid::nil()),
        sequence: 7,
        at: at("2027-03-01T09:00:00Z"),
        kind,
        office_slug: "press".to_owned(),
        office_name: EVIL.to_owned(),
        channel_id: ChannelId(Uuid::nil()),
        initiative: None,
        record: record(Platform::Mastodon, "https://social.example/@press"),
    }
}

#[test]
fn what_is_closed_is_named_and_never_vouched_for() {
    let listing = listing();
    let page = html::render(&listing);
    assert!(page.contains("rel=\"me noopener\" href=\"https://social.example/@press\""));
    assert!(page.contains("Closed. Was official since") && !page.contains("href=\"https://facebook.example"));
    for form in [
        jsonld::render(&listing),
        opml::render(&listing).unwrap(),
        trust::render(&listing.place, &listing.entries),
    ] {
        assert!(
            form.contains("https://social.example/@press") && !form.contains("facebook.example"),
            "{form}"
        );
    }
    let told = Changes {
        place: listing.place,
        page: Page { items: vec![change(ChangeKind::Retired)], has_next: false, has_previous: false },
        since: 6,
        changed_at: None,
        first: None,
    };
    assert!(!told.atom().unwrap().contains("href=\"https://social.example/@press\""));
}

#[test]
fn trust_txt_has_one_statement_a_line() {
    let mut listing = listing();
    listing.entries.push(entry(
        Status::Active,
        Platform::Wordpress,
        "https://blog.example.org/\nsocial=https://evil.example/",
    ));
    let text = trust::render(&listing.place, &listing.entries);
    let statements: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(statements.first(), Some(&"social=https://social.example/@press"));
    assert_eq!(statements.len(), 2, "{statements:?}");
}

#[test]
fn the_policies_let_nothing_run() {
    for policy in [policy(), embed_policy()] {
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{policy}");
    }
    assert!(embed_policy().ends_with("frame-ancestors *") && policy().ends_with("frame-ancestors 'none'"));
}
