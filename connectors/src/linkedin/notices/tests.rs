//! How a notification is read.

use serde_json::{Value, json};

use super::*;

fn us() -> Organization {
    Organization::parse(Some("7")).unwrap()
}

fn comment(notification: i64, number: i64, at: i64, text: &str) -> Value {
    json!({ "notificationId": notification, "organizationalEntity": "urn:li:organization:7",
        "action": "COMMENT", "sourcePost": "urn:li:activity:5", "lastModifiedAt": at,
        "decoratedSourcePost": { "entity": "urn:li:share:4", "owner": "urn:li:organization:7" },
        "generatedActivity": format!("urn:li:comment:(activity:5,{number})"),
        "decoratedGeneratedActivity": { "comment": { "owner": "urn:li:person:ana", "text": text } } })
}

fn read(notices: Value, known: &mut BTreeMap<String, i64>) -> Vec<Incoming> {
    new(serde_json::from_value(notices).unwrap(), known, 1000, &us())
}

fn only(notice: &Value) -> Option<Incoming> {
    let mut items = read(json!([notice]), &mut BTreeMap::new());
    assert!(items.len() <= 1);
    items.pop()
}

#[test]
fn what_is_told_in_any_order_is_sorted_and_told_once() {
    let mut known = BTreeMap::new();
    let told = read(
        json!([
            comment(9, 3, 30, "c"),
            comment(8, 1, 40, "a, changed"),
            comment(2, 2, 10, "b"),
            comment(3, 4, 35, "d"),
            comment(1, 1, 10, "a")
        ]),
        &mut known,
    );
    assert_eq!(told.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    assert!(read(json!([comment(10, 1, 20, "a")]), &mut known).is_empty());
    assert_eq!(known["urn:li:comment:(urn:li:activity:5,1)"], 40, "it is known since it was last spoken of");
}

#[test]
fn a_comment_is_named_as_comments_are_and_answers_our_post_by_its_own_name() {
    let item = only(&comment(1, 6, 10, "Is it *free*?")).unwrap();
    assert_eq!(item.remote_id, "urn:li:comment:(urn:li:activity:5,6)");
    assert_eq!((item.kind, item.author.as_str()), (IncomingKind::Comment, "ana"));
    assert_eq!((item.text.as_str(), item.answers.as_deref()), ("Is it *free*?", Some("urn:li:share:4")));
    let page = "https://www.linkedin.com/feed/update/urn:li:activity:5/\
                ?commentUrn=urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A5%2C6%29";
    assert_eq!(item.url.as_deref(), Some(page));
}

#[test]
fn what_is_told_without_its_words_is_told_all_the_same() {
    let mut bare = comment(1, 6, 10, "");
    for name in ["decoratedGeneratedActivity", "decoratedSourcePost"] {
        bare.as_object_mut().unwrap().remove(name);
    }
    let item = only(&bare).unwrap();
    assert_eq!((item.author.as_str(), item.text.as_str()), ("", ""));
    assert_eq!(item.answers.as_deref(), Some("urn:li:activity:5"));
    let mut elsewhere = comment(1, 6, 10, "Hello");
    elsewhere["decoratedSourcePost"]["owner"] = "urn:li:person:ben".into();
    assert_eq!(only(&elsewhere).unwrap().answers, None);
}

#[test]
fn a_share_is_a_mention_or_has_words_of_its_own_or_is_nothing() {
    let share = |action: &str, owner: &str, text: &str| {
        let mut share = comment(1, 6, 10, "");
        share["action"] = action.into();
        share["generatedActivity"] = "urn:li:share:9".into();
        share["decoratedGeneratedActivity"] =
            json!({ "share": { "entity": "urn:li:share:9", "owner": owner, "text": text } });
        only(&share)
    };
    let ana = "urn:li:person:ana";
    let mention = share("SHARE_MENTION", ana, "By @[The office](urn:li:organization:7)").unwrap();
    assert_eq!((mention.kind, mention.text.as_str()), (IncomingKind::Mention, "By The office"));
    assert_eq!((mention.remote_id.as_str(), mention.answers), ("urn:li:share:9", None));
    assert_eq!(mention.url.as_deref(), Some("https://www.linkedin.com/feed/update/urn:li:share:9/"));
    let quote = share("SHARE", ana, "Worth a look").unwrap();
    assert_eq!((quote.kind, quote.answers.as_deref()), (IncomingKind::Quote, Some("urn:li:share:4")));
    assert_eq!(share("SHARE", ana, " "), None);
    assert_eq!(share("SHARE", "urn:li:organization:7", "Once more"), None);
    assert_eq!(share("LIKE", ana, "Hello"), None);
}

#[test]
fn what_has_no_name_is_left_out() {
    for name in ["urn:li:comment:(activity:5,../6)", "urn:li:comment:(urn:li:person:5,6)", "urn:li:share:6"] {
        let mut odd = comment(1, 6, 10, "Hello");
        odd["generatedActivity"] = name.into();
        assert_eq!(only(&odd), None, "{name}");
    }
}
