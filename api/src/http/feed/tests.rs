//! Whatever an entry says, each form stays well formed and nothing in it runs.

use chrono::{DateTime, Utc};
use entity::{
    ChannelId, FeedEntryId, MemberId, OfficeId, channel,
    channel::{ChannelState, Connection, CredentialState, DirectoryRecord, Platform},
    feed_entry::{self, AttachedCaption, Attachment, Attachments},
};
use office::feed::PublicFeed;
use quick_xml::{Reader, events::Event};
use serde_json::Value;
use uuid::Uuid;

use super::{Form, atom, html, http_date, json, readings, view::View};

const EVIL: &str = "<script>alert('1')</script> \"&]]> \u{0}\u{b}";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn record() -> DirectoryRecord {
    DirectoryRecord {
        platform: Platform::Feed,
        handle: "news".to_owned(),
        url: "https://press.example.org/feed/press/news".to_owned(),
        display_name: format!("News {EVIL}"),
        purpose: EVIL.to_owned(),
        audience: String::new(),
        language: "en\" onload=\"x".to_owned(),
        bio_line: EVIL.to_owned(),
        monitored_hours: String::new(),
        contact: None,
    }
}

fn the_channel(published: Option<DirectoryRecord>) -> channel::Model {
    channel::Model {
        id: ChannelId(Uuid::from_u128(2)),
        office_id: OfficeId(Uuid::from_u128(1)),
        initiative_id: None,
        platform: Platform::Feed,
        handle: "news".to_owned(),
        url: "https://not-approved.example.org".to_owned(),
        display_name: "being edited".to_owned(),
        purpose: String::new(),
        audience: String::new(),
        language: "en".to_owned(),
        bio_line: String::new(),
        monitored_hours: String::new(),
        contact: None,
        signature: None,
        justification: String::new(),
        state: ChannelState::Active,
        requested_by: MemberId(Uuid::nil()),
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        settings: Connection::default(),
        credential_sealed: None,
        credential_state: CredentialState::Healthy,
        credential_checked_at: None,
        credential_expires_at: None,
        authorization_id: None,
        credential_app_id: None,
        credential_scopes: None,
        refresh_sealed: None,
        refresh_at: None,
        refresh_lease_until: None,
        refresh_fence: 0,
        refresh_failures: 0,
        refresh_cause: None,
        refreshed_at: None,
        profile: None,
        profile_due_at: None,
        profile_cause: None,
        reads_back: false,
        published,
        published_at: None,
        record_pending: true,
        review_due_on: None,
        review_verdict: None,
        public_page: None,
        credential_keeper_id: None,
        last_post_id: None,
        version: 1,
        created_at: at("2027-03-01T00:00:00Z"),
        updated_at: at("2027-03-01T00:00:00Z"),
    }
}

fn entry(number: u128, title: Option<&str>, text: &str) -> feed_entry::Model {
    let attachment = Attachment {
        sha256: "ab".repeat(32),
        media_type: "image/png".to_owned(),
        file_name: "a.png".to_owned(),
        alt_text: Some(format!("alt {EVIL}")),
        captions: Vec::new(),
    };
    feed_entry::Model {
        id: FeedEntryId(Uuid::from_u128(number)),
        office_id: OfficeId(Uuid::from_u128(1)),
        channel_id: ChannelId(Uuid::from_u128(2)),
        key: number.to_string(),
        title: title.map(str::to_owned),
        text: text.to_owned(),
        link: Some("javascript:alert(1)".to_owned()),
        language: Some("x\"><script>".to_owned()),
        attachments: Attachments(vec![attachment]),
        published_at: at("2027-03-02T09:05:00Z"),
        updated_at: at("2027-03-03T09:05:00Z"),
        withdrawn_at: None,
    }
}

fn feed() -> PublicFeed {
    PublicFeed {
        office: entity::office::Model {
            id: OfficeId(Uuid::from_u128(1)),
            slug: "press".to_owned(),
            name: format!("Press {EVIL}"),
            time_zone: "UTC".to_owned(),
            language: "de".to_owned(),
            publish_late_minutes: 60,
            duty_public: false,
            reminded_on: None,
            version: 1,
            created_at: at("2027-03-01T00:00:00Z"),
        },
        channel: the_channel(Some(record())),
        entries: vec![
            entry(8, Some(EVIL), EVIL),
            entry(7, None, "First line https://example.org/?a=1&b=2\nmore"),
        ],
        updated_at: at("2027-03-03T09:05:00Z"),
    }
}

#[test]
fn the_page_holds_no_markup_of_users() {
    let feed = feed();
    let page = html::render(&View::new("https://m.example.org", &feed));
    for bad in ["<script", "javascript:", "\u{0}", "alert('", "onload=\"", "not-approved", "being edited"] {
        assert!(!page.contains(bad), "{bad:?} in {page}");
    }
    let id = Uuid::from_u128(8);
    assert!(page.contains(&format!("<article id=\"{id}\"")));
    assert!(page.contains("<html lang=\"de\">"));
    assert!(page.contains("2 March 2027, 09:05 UTC"));
    assert!(page.contains("src=\"../../media/press/abab"));
    assert!(page.contains("alt=\"alt &lt;script&gt;"));
    assert!(page.contains("<a href=\"https://example.org/?a=1&amp;b=2\""));
    assert!(page.contains("type=\"application/atom+xml\" title=\"Atom\" href=\"./news.atom\""));
    assert!(html::policy().starts_with("default-src 'none'; style-src 'sha256-"));
}

/// Text of all elements with this name, and all `href` of links with this `rel`, as a reader sees them.
fn read(xml: &[u8], element: &str, rel: &str) -> (Vec<String>, Vec<String>) {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_comments = true;
    let (mut inside, mut texts, mut links) = (false, Vec::new(), Vec::new());
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).unwrap() {
            Event::Eof => return (texts, links),
            Event::Start(start) if start.name().0 == element => {
                inside = true;
                texts.push(String::new());
            }
            Event::End(_) => inside = false,
            Event::Text(text) if inside => texts.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(name) if inside => {
                let escaped = format!("&{};", &*name);
                texts.last_mut().unwrap().push_str(&quick_xml::escape::unescape(&escaped).unwrap());
            }
            Event::Empty(empty) if empty.name().0 == "link" => {
                let value = |name: &str| {
                    let found = empty.try_get_attribute(name).unwrap().unwrap();
                    quick_xml::escape::unescape(&found.value).unwrap().into_owned()
                };
                if value("rel") == rel {
                    links.push(value("href"));
                }
            }
            _ => {}
        }
        buffer.clear();
    }
}

#[test]
fn atom_reads_back() {
    let feed = feed();
    let xml = atom::render(&View::new("https://m.example.org", &feed)).unwrap();
    let page = "https://press.example.org/feed/press/news";
    let (ids, alternates) = read(&xml, "id", "alternate");
    assert_eq!(ids, [2, 8, 7].map(|id| format!("urn:uuid:{}", Uuid::from_u128(id))));
    let anchors = [8, 7].map(|id| format!("{page}#{}", Uuid::from_u128(id)));
    assert_eq!(alternates, [page.to_owned()].into_iter().chain(anchors).collect::<Vec<_>>());
    let (titles, own) = read(&xml, "title", "self");
    assert_eq!(titles.get(1).unwrap(), "<script>alert('1')</script> \"&]]> ");
    assert_eq!(titles.get(2).unwrap(), "First line https://example.org/?a=1&b=2");
    assert_eq!(own, ["https://m.example.org/feed/press/news.atom"]);
    let (contents, enclosures) = read(&xml, "content", "enclosure");
    assert!(contents.iter().all(|content| !content.contains("<script")), "{contents:?}");
    assert!(contents.first().unwrap().starts_with("<p>&lt;script&gt;"));
    assert_eq!(enclosures.len(), 2);
    assert!(read(&xml, "id", "related").1.is_empty());
    assert_eq!(read(&xml, "updated", "").0.first().unwrap(), "2027-03-03T09:05:00Z");
}

/// A film with captions whose label tries to be markup.
fn captioned() -> PublicFeed {
    let film = Attachment {
        sha256: "cd".repeat(32),
        media_type: "video/mp4".to_owned(),
        file_name: "a.mp4".to_owned(),
        alt_text: None,
        captions: vec![AttachedCaption {
            language: "fr-CA".to_owned(),
            label: Some(EVIL.to_owned()),
            sha256: "ef".repeat(32),
        }],
    };
    let entry = feed_entry::Model { attachments: Attachments(vec![film]), ..entry(9, None, "A film") };
    PublicFeed { entries: vec![entry], ..feed() }
}

#[test]
fn a_film_has_its_captions_in_every_form() {
    let feed = captioned();
    let view = View::new("https://m.example.org", &feed);
    let page = html::render(&view);
    assert!(page.contains("<track kind=\"captions\" src=\"../../media/press/efef"), "{page}");
    assert!(page.contains("srclang=\"fr-CA\" label=\"&lt;script&gt;") && !page.contains("<script"), "{page}");
    let (_, enclosures) = read(&atom::render(&view).unwrap(), "id", "enclosure");
    assert!(enclosures.len() == 2 && enclosures[1].contains("/media/press/efef"), "{enclosures:?}");
    let document: Value = serde_json::from_slice(&json::render(&view)).unwrap();
    let captions = &document["items"][0]["attachments"][1];
    assert_eq!((&captions["mime_type"], &captions["title"]), (&"text/vtt".into(), &EVIL.into()));
    assert_eq!(captions["_captions"]["language"], "fr-CA");
}

#[test]
fn json_is_a_json_feed() {
    let feed = feed();
    let document: Value =
        serde_json::from_slice(&json::render(&View::new("https://m.example.org", &feed))).unwrap();
    assert_eq!(document["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(document["feed_url"], "https://m.example.org/feed/press/news.json");
    let first = &document["items"][0];
    assert!(!first["content_html"].as_str().unwrap().contains("<script"));
    assert_eq!(first["content_text"], EVIL);
    assert!(first.get("external_url").is_none());
    assert_eq!(first["attachments"][0]["mime_type"], "image/png");
    assert_eq!(first["date_modified"], "2027-03-03T09:05:00Z");
}

#[test]
fn a_channel_without_an_approved_record_shows_its_handle_only() {
    let feed = PublicFeed { channel: the_channel(None), ..feed() };
    let view = View::new("https://m.example.org", &feed);
    assert_eq!((view.title.as_str(), view.page.as_str()), ("news", "https://m.example.org/feed/press/news"));
    assert!(!html::render(&view).contains("not-approved"));
}

#[test]
fn an_address_has_one_form() {
    assert_eq!(readings("news"), [("news", Form::Html)]);
    assert_eq!(readings("news.atom"), [("news", Form::Atom), ("news.atom", Form::Html)]);
    assert_eq!(readings("news.json.json"), [("news.json", Form::Json), ("news.json.json", Form::Html)]);
    assert_eq!(readings(".json"), [(".json", Form::Html)]);
    assert_eq!(http_date(at("2027-03-02T09:05:00Z")), "Tue, 02 Mar 2027 09:05:00 GMT");
}
