//! What lines of JSON say around a draft is read for what it means. It does not know what rules make of words.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::LazyLock;

use guidelines::{Handbook, answer_line, office_facts, starter_handbook};
use serde_json::{Value, json};

static HANDBOOK: LazyLock<Handbook> = LazyLock::new(|| {
    let mut document = starter_handbook();
    document.office = office_facts(
        r#"{"office": "Northern Sleep Office", "phones": ["604-555-0107"], "email_domains": ["sleep.example.org"],
            "internal_hosts": ["files.sleep.example.org"], "public_hosts": ["sleep.example.org"]}"#,
    )
    .unwrap();
    Handbook::from_document(&document).unwrap()
});

/// What is found of a draft: rules and targets.
fn found(draft: &Value) -> Vec<(String, String)> {
    let line = json!({ "id": "a", "draft": draft }).to_string();
    let answer: Value = serde_json::from_str(&answer_line(&line, &HANDBOOK).unwrap()).unwrap();
    let word =
        |finding: &Value, key: &str| finding.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let findings = answer.get("findings").and_then(Value::as_array).unwrap();
    findings.iter().map(|finding| (word(finding, "rule"), word(finding, "target"))).collect()
}

fn says(draft: &Value, rule: &str) -> Option<String> {
    found(draft).into_iter().find(|(name, _)| name == rule).map(|(_, target)| target)
}

fn post(post: &Value) -> Value {
    json!({ "now": "2027-02-01T12:00:00-05:00", "post": post })
}

#[test]
fn links_of_cards_are_read_like_links_in_the_text() {
    let with =
        |text: &str, url: &str| post(&json!({ "text": text, "links": [{ "url": url, "status": 200 }] }));
    for (url, rule) in [
        ("https://files.sleep.example.org/board/12", "GP6b.internal-link"),
        ("https://clinic.sharepoint.com/sites/night", "GP6b.internal-link"),
        ("https://ann:Otter77@sleep.example.org/a.csv", "GP6b.secret"),
        ("http://sleep.example.org/guide", "X.insecure"),
        ("https://tinyurl.com/2p8abc", "X.shortener"),
    ] {
        assert_eq!(says(&with("The guide is out.", url), rule).as_deref(), Some("links[0]"), "{url}");
    }
    let public = found(&with("The guide is out.", "https://sleep.example.org/guide"));
    assert!(public.iter().all(|(_, target)| target != "links[0]"), "{public:?}");
    let told = with("Guide: http://sleep.example.org/guide", "http://sleep.example.org/guide/");
    let insecure: Vec<_> = found(&told).into_iter().filter(|(rule, _)| rule == "X.insecure").collect();
    assert_eq!(insecure, [("X.insecure".to_owned(), "text".to_owned())]);
    let plain = post(&json!({ "text": "The guide is out.", "links": ["https://files.sleep.example.org/b"] }));
    assert!(says(&plain, "GP6b.internal-link").is_some());
}

#[test]
fn embargoes_hold_for_links_and_declared_topics() {
    let draft = |post: Value, scheduled: &str| {
        let mut post = post;
        post["scheduled_at"] = json!(scheduled);
        let embargoes = json!([
            { "topic": "trial results", "until": "2027-03-04T10:00:00-05:00" },
            { "url": "https://journal.example.com/p/77", "until": "2027-03-04T10:00:00-05:00" },
        ]);
        json!({ "initiative": { "name": "NightWell", "plan": { "embargoes": embargoes } }, "post": post })
    };
    let by_topic = json!({ "text": "It works, and here is how.", "topic": "Trial results" });
    let by_link = json!({ "text": "Read this.", "links": [{ "url": "https://journal.example.com/p/77" }] });
    for post in [by_topic, by_link] {
        assert!(says(&draft(post.clone(), "2027-03-04T06:59:00-08:00"), "GP6b.embargo").is_some(), "{post}");
        assert_eq!(says(&draft(post.clone(), "2027-03-04T07:00:00-08:00"), "GP6b.embargo"), None, "{post}");
    }
    let other = json!({ "text": "Come to our picnic.", "topic": "events" });
    assert_eq!(says(&draft(other, "2027-03-04T06:00:00-08:00"), "GP6b.embargo"), None);
}

#[test]
fn advice_counts_from_those_who_may_give_it() {
    let draft = |advice: Value| {
        json!({ "author": { "name": "Ann Roy", "capacity": "official" },
            "post": { "text": "A new film.", "in_doubt": true, "attestations": { "advice": advice } } })
    };
    for advice in [
        json!({ "by": "Lee Wong", "role": "Supervisor", "text": "Fine." }),
        json!({ "by": "Lee Wong", "role": "chef de projet", "text": "D'accord." }),
        json!({ "by": "Lee Wong", "role": "Marketing and Communications Coordinator" }),
        json!({ "by": "Lee Wong" }),
        json!("Lee Wong (project manager): fine"),
        json!(true),
    ] {
        assert_eq!(says(&draft(advice.clone()), "CC7.doubt"), None, "{advice}");
    }
    for advice in [
        json!({ "by": "Kim Dale", "role": "intern", "text": "Fine." }),
        json!({ "by": "Kim Dale", "role": "collègue", "text": "D'accord." }),
        json!({ "by": "Kim Dale", "role": "research coordinator" }),
        json!({ "by": "Ann Roy", "role": "project manager", "text": "I think so." }),
        json!({ "by": "Lee Wong", "role": "supervisor", "text": "" }),
        json!({ "by": null, "role": null, "on": null }),
        json!(false),
        json!(null),
    ] {
        assert!(says(&draft(advice.clone()), "CC7.doubt").is_some(), "{advice}");
    }
}

#[test]
fn stewards_who_left_answer_for_nothing() {
    let rule = "IC3.no-steward";
    let draft = |account: Value, initiative: Value| {
        json!({ "now": "2027-02-01T12:00:00-05:00", "account": account, "initiative": initiative,
            "post": { "text": "Hello." } })
    };
    let project = json!({ "handle": "nightwell", "kind": "project" });
    let heir = |left: Value| json!({ "name": "N", "steward_after_end": "Lee Wong", "steward_left_on": left });
    assert!(says(&draft(project.clone(), heir(json!("2027-01-31"))), rule).is_some());
    assert_eq!(says(&draft(project.clone(), heir(json!("2027-05-31"))), rule), None);
    assert_eq!(says(&draft(project.clone(), heir(json!(null))), rule), None);
    let office = |stewards: Value| json!({ "handle": "sleep", "kind": "office", "stewards": stewards });
    let left = json!([{ "name": "A" }, { "name": "B", "left_on": "2026-12-01" }]);
    assert!(says(&draft(office(left), json!({})), rule).is_some());
    let both = json!([{ "name": "A" }, { "name": "B", "left_on": null }]);
    assert_eq!(says(&draft(office(both), json!({})), rule), None);
    let kept = json!({ "kind": "project", "end_of_project_plan": "The office merges it.", "steward_left_on": "2026-12-01" });
    assert_eq!(says(&draft(kept, json!({})), rule), None);
}

#[test]
fn what_was_never_acknowledged_is_told_from_what_is_not_known() {
    let rule = "CC5.permanence-ack";
    let draft = |author: Value| json!({ "author": author, "post": { "text": "Hello." } });
    assert!(says(&draft(json!({ "permanence_ack_on": null })), rule).is_some());
    assert!(says(&draft(json!({ "permanence_acknowledged": false })), rule).is_some());
    assert_eq!(says(&draft(json!({ "permanence_acknowledged_on": "2026-05-02" })), rule), None);
    assert_eq!(says(&draft(json!({ "name": "Ann Roy" })), rule), None);
}

#[test]
fn a_cameras_model_tells_nobody_where_it_was() {
    let rule = "CC1b.location-metadata";
    let draft =
        |exif: Value| post(&json!({ "text": "A walk.", "media": [{ "alt": "A shore", "exif": exif }] }));
    for exif in [
        json!({ "gps": true }),
        json!({ "GPSLatitude": 49.2, "Make": "Canon" }),
        json!(["Model", "GPSPosition"]),
        json!({ "gps": { "lat": 49.1, "lon": -123.0 } }),
        json!({ "OwnerName": "Ann Roy" }),
    ] {
        assert!(says(&draft(exif.clone()), rule).is_some(), "{exif}");
    }
    for exif in [
        json!({ "gps": false, "camera": "X100" }),
        json!({ "gps": null, "Make": "Canon", "DateTime": "2027:01:01" }),
        json!(["Model", "Software"]),
        json!({ "gps": { "lat": null, "lon": null } }),
        json!("stripped"),
        json!({}),
        json!(null),
    ] {
        assert_eq!(says(&draft(exif.clone()), rule), None, "{exif}");
    }
}

#[test]
fn what_is_said_in_a_film_is_read_from_its_captions() {
    let rule = "CC1b.phone";
    let draft = |captions: Value| {
        let film = json!({ "media_type": "video/mp4", "alt": "A door opens", "captions": captions });
        post(&json!({ "text": "A film.", "media": [film] }))
    };
    let said = |text: &str| json!([{ "language": "en", "text": "A door opens." }, { "language": "fr", "text": text }]);
    let found = found(&draft(said("Call Jane at home on 604 555 0142 tonight.")));
    let phone = found.iter().find(|(found, _)| found == rule);
    assert_eq!(phone.map(|(_, target)| target.as_str()), Some("media[0].captions[fr]"), "{found:?}");
    assert_eq!(says(&draft(said("Come in.")), rule), None);
    assert_eq!(says(&draft(json!(null)), rule), None);
}

#[test]
fn details_in_a_bio_are_somebodys() {
    let bio =
        |bio: &str| json!({ "account": { "kind": "project", "bio": bio }, "post": { "text": "Hello." } });
    for (text, rule) in [
        ("Sleep news. Ann's mobile: 778 555 0191", "CC1b.phone"),
        ("Nouvelles du sommeil. Écrivez à ann.roy@hotmail.com", "CC1b.email"),
        ("Sleep news. Drop by Ann's home, 1289 Alder Street, Nelson", "CC1b.address"),
        ("Sleep news. Draft: https://files.sleep.example.org/x", "GP6b.internal-link"),
        ("Sleep news. password: Heron-Tide!57", "GP6b.secret"),
    ] {
        assert_eq!(says(&bio(text), rule).as_deref(), Some("channel.bio"), "{text}");
    }
    for text in [
        "Sleep news. Call 604-555-0107 or write to hello@sleep.example.org",
        "Posts by Ann R. and Lee W. Founded on May 4, 2015. sleep.example.org/contact",
    ] {
        let told = found(&bio(text));
        assert!(
            !told.iter().any(|(rule, _)| rule.starts_with("CC1b") || rule.starts_with("GP6b")),
            "{told:?}"
        );
    }
}

#[test]
fn contentious_topics_are_found_where_they_are_only_declared() {
    let plan = json!({ "contentious": [], "contentious_topics": ["ward closures"] });
    let draft = |topic: &str| {
        json!({ "initiative": { "name": "N", "plan": plan.clone() },
            "post": { "text": "How we decided, step by step.", "topic": topic } })
    };
    assert!(says(&draft("Ward closure"), "CC3.media-attention").is_some());
    assert_eq!(says(&draft("ward concerts"), "CC3.media-attention"), None);
}

#[test]
fn refusals_are_no_permissions() {
    let quoted = |permission: Value| {
        post(&json!({ "text": "\"I sleep like a stone now,\" says Lee Wong.",
            "quotes": [{ "text": "I sleep like a stone now", "speaker": "Lee Wong", "permission": permission }] }))
    };
    for permission in [json!("pending"), json!("refused"), json!(false), json!(null), json!("")] {
        assert!(says(&quoted(permission.clone()), "GP4.quote-unsourced").is_some(), "{permission}");
    }
    for permission in [json!("by e-mail, 2027-01-12"), json!(true)] {
        assert_eq!(says(&quoted(permission.clone()), "GP4.quote-unsourced"), None, "{permission}");
    }
}
