//! The office as the public sees it: every form of its directory, held against what should be listed, against each other and
//! against what a client kept of the last look; and its feeds. Nobody here has a token.

use std::collections::{BTreeMap, BTreeSet};

use jsonwebtoken::jwk::JwkSet;
use serde_json::{Value, json};

use super::kept::Kept;
use crate::{
    directory::{forms::fits, signed::opened},
    support::client::Client,
};

/// Handle and status of a channel.
pub(super) type Listed<'a> = (&'a str, &'a str);

/// The address of a channel, as its record has it.
pub(super) fn address(handle: &str) -> String {
    format!("https://press.example.org/feed/press/{handle}")
}

/// Somebody outside of the office, with all that they keep.
pub(super) struct Public {
    anybody: Client,
    kept: Kept,
    /// A copy of the directory made of the changes alone: status and record, by channel.
    copy: BTreeMap<String, (String, Value)>,
    /// The changes that were told, oldest first.
    told: Vec<String>,
    cursor: String,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What stands between the two, each time.
fn between<'a>(document: &'a str, before: &str, behind: &str) -> Vec<&'a str> {
    document.split(before).skip(1).map(|rest| rest.split(behind).next().unwrap()).collect()
}

impl Public {
    pub(super) fn new(anybody: Client) -> Self {
        let kept = Kept::new(anybody.clone());
        Self { anybody, kept, copy: BTreeMap::new(), told: Vec::new(), cursor: "0".to_owned() }
    }

    /// Looks at everything: so is the directory, and this alone was told since the last look, as `KIND handle`.
    pub(super) async fn look(&mut self, listed: &[Listed<'_>], news: &[&str]) {
        let schema: Value = self.anybody.get("/directory/schema.json").await.json().await.unwrap();
        let json = self.kept.read("/directory.json").await;
        let list: Value = serde_json::from_str(&json).unwrap();
        fits(&schema, &schema, &list, "/directory.json");
        let rows = list["channels"].as_array().unwrap();
        let shown = |row: &Value| (text(&row["record"]["handle"]), text(&row["status"]));
        let found: Vec<_> = rows.iter().map(shown).collect();
        let expected: Vec<_> =
            listed.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect();
        assert_eq!(found, expected);
        for row in rows {
            assert!(row["officialSince"].is_string(), "{row}");
            assert_eq!(row["officialUntil"].is_string(), row["status"] == "RETIRED", "{row}");
        }
        let office: Value = serde_json::from_str(&self.kept.read("/directory/press.json").await).unwrap();
        assert_eq!(office["channels"], list["channels"]);
        self.for_programs(rows).await;
        self.for_people(rows).await;
        self.changes(&schema, &list, news).await;
        self.signed(&json).await;
        self.asked(rows, listed).await;
    }

    async fn for_programs(&mut self, rows: &[Value]) {
        let csv = self.kept.read("/directory.csv").await;
        let cells = |line: &str| line.trim_matches('"').split("\",\"").map(str::to_owned).collect::<Vec<_>>();
        let told: Vec<Vec<String>> = csv.lines().skip(1).map(cells).collect();
        let row = |row: &Value| {
            let record = &row["record"];
            let initiative = &row["initiative"]["name"];
            [
                &row["officeName"],
                &record["platform"],
                &record["handle"],
                &record["url"],
                &record["displayName"],
                &row["status"],
                &record["purpose"],
                &record["audience"],
                &record["language"],
                &record["bioLine"],
                &record["monitoredHours"],
                initiative,
                &row["officialSince"],
                &row["officialUntil"],
                &row["channelId"],
                &record["contact"],
                &record["platformName"],
            ]
            .map(text)
            .to_vec()
        };
        assert_eq!(told, rows.iter().map(row).collect::<Vec<_>>());
        let open: Vec<String> = rows
            .iter()
            .filter(|row| row["status"] != "RETIRED")
            .map(|row| text(&row["record"]["url"]))
            .collect();
        let opml = self.kept.read("/directory.opml").await;
        let feeds: Vec<String> = open.iter().map(|url| format!("{url}.atom")).collect();
        assert_eq!(between(&opml, "xmlUrl=\"", "\""), feeds);
        assert_eq!(between(&opml, "htmlUrl=\"", "\""), open);
        let linked: Value = serde_json::from_str(&self.kept.read("/directory.jsonld").await).unwrap();
        let organizations = linked["@graph"].as_array().unwrap();
        let same: Vec<&Value> =
            organizations.iter().flat_map(|one| one["sameAs"].as_array().unwrap()).collect();
        assert_eq!(same, open.iter().collect::<Vec<_>>());
        let trust = self.kept.read("/.well-known/trust.txt").await;
        let controlled: Vec<&str> = trust.lines().filter_map(|line| line.strip_prefix("control=")).collect();
        assert_eq!(controlled, open);
        assert!(!trust.contains("social="), "{trust}");
    }

    async fn for_people(&mut self, rows: &[Value]) {
        let page = self.kept.read("/directory").await;
        let heading = |row: &Value| {
            let (name, url) = (text(&row["record"]["displayName"]), text(&row["record"]["url"]));
            if row["status"] == "RETIRED" {
                name
            } else {
                format!("<a rel=\"me noopener\" href=\"{url}\">{name}</a>")
            }
        };
        assert_eq!(
            between(&page, "<h3 dir=\"auto\">", "</h3>"),
            rows.iter().map(heading).collect::<Vec<_>>()
        );
        let states: Vec<String> = rows.iter().map(|row| text(&row["status"])).collect();
        assert_eq!(between(&page, "class=\"state ", "\">"), states);
        assert_eq!(page.contains("No channel is listed."), rows.is_empty());
        let list = self.kept.read("/directory/embed").await;
        let item = |row: &Value| {
            let (name, url) = (text(&row["record"]["displayName"]), text(&row["record"]["url"]));
            let rests = if row["status"] == "DORMANT" { ", at rest" } else { "" };
            format!(
                "<a target=\"_blank\" rel=\"noopener\" href=\"{url}\">{name}</a> <span class=\"soft\">News page{rests}</span>"
            )
        };
        let open = rows.iter().filter(|row| row["status"] != "RETIRED");
        assert_eq!(between(&list, "<li dir=\"auto\">", "</li>"), open.map(item).collect::<Vec<_>>());
    }

    /// The changes since the last look are these, each told once, and a copy that is made of them is the list.
    async fn changes(&mut self, schema: &Value, list: &Value, news: &[&str]) {
        let at = format!("/directory.json?since={}", self.cursor);
        let told = self.anybody.get(&at).await.text().await.unwrap();
        let changes: Value = serde_json::from_str(&told).unwrap();
        fits(schema, schema, &changes, &at);
        let mut found = Vec::new();
        for change in changes["changes"].as_array().unwrap() {
            let (kind, channel) = (text(&change["kind"]), text(&change["channelId"]));
            found.push(format!("{kind} {}", text(&change["record"]["handle"])));
            self.told.push(text(&change["id"]));
            let before =
                self.copy.get(&channel).map_or_else(|| "ACTIVE".to_owned(), |(status, _)| status.clone());
            let status = match kind.as_str() {
                "PUBLISHED" => "ACTIVE".to_owned(),
                "CHANGED" => before,
                _ => kind,
            };
            self.copy.insert(channel, (status, change["record"].clone()));
        }
        assert_eq!(found, news);
        assert_eq!(changes["cursor"], list["cursor"]);
        let rows = list["channels"].as_array().unwrap();
        let rows =
            rows.iter().map(|row| (text(&row["channelId"]), (text(&row["status"]), row["record"].clone())));
        assert_eq!(rows.collect::<BTreeMap<_, _>>(), self.copy);
        let keys: JwkSet = self.anybody.get("/.well-known/jwks.json").await.json().await.unwrap();
        let signed = self.anybody.get(&at.replace(".json", ".jws")).await.text().await.unwrap();
        assert_eq!(opened(&keys, &signed).as_deref(), Some(told.as_bytes()));
        self.cursor = text(&changes["cursor"]);
        let atom = self.kept.read("/directory.atom").await;
        let entries = atom.split("<entry>").skip(1).collect::<String>();
        let newest_first: Vec<&str> = self.told.iter().rev().map(String::as_str).collect();
        assert_eq!(between(&entries, "<id>", "</id>"), newest_first);
        assert_eq!(newest_first.iter().collect::<BTreeSet<_>>().len(), newest_first.len(), "each once");
        let kinds: Vec<_> = news.iter().rev().map(|one| one.split(' ').next().unwrap()).collect();
        assert_eq!(between(&entries, "term=\"", "\"")[..kinds.len()], kinds);
    }

    /// Whoever has the published keys sees that the signed list is the list.
    async fn signed(&mut self, json: &str) {
        let signed = self.kept.read("/directory.jws").await;
        let keys: JwkSet = self.anybody.get("/.well-known/jwks.json").await.json().await.unwrap();
        assert_eq!(opened(&keys, &signed).as_deref(), Some(json.as_bytes()));
    }

    /// What anybody is told who asks by GraphQL: of the whole list, and of each address, also of one that is not listed.
    async fn asked(&self, rows: &[Value], listed: &[Listed<'_>]) {
        let all = "{ directory(first: 50) { nodes { handle status officialUntil } } }";
        let all = self.anybody.ask(all, json!({})).await["directory"]["nodes"].clone();
        // The forms write the same second each in their own way.
        let until = |row: &Value| text(&row["officialUntil"]).chars().take(19).collect::<String>();
        let asked = all.as_array().unwrap().iter();
        let asked: Vec<_> =
            asked.map(|one| (text(&one["handle"]), text(&one["status"]), until(one))).collect();
        let row = |row: &Value| (text(&row["record"]["handle"]), text(&row["status"]), until(row));
        assert_eq!(asked, rows.iter().map(row).collect::<Vec<_>>());
        let document =
            "query V($url: String!) { verify(url: $url) { answer officialUntil record { handle } } }";
        for handle in ["blog", "river"] {
            let found = self.anybody.ask(document, json!({ "url": address(handle) })).await["verify"].clone();
            let status = listed.iter().find(|(one, _)| *one == handle).map(|(_, status)| *status);
            let answer = match status {
                Some("ACTIVE") => "OFFICIAL",
                Some(other) => other,
                None => "UNKNOWN",
            };
            assert_eq!(found["answer"], answer, "{handle}: {found}");
            assert_eq!(found["officialUntil"].is_string(), answer == "RETIRED", "{handle}: {found}");
            assert_eq!(text(&found["record"]["handle"]), status.map_or("", |_| handle), "{found}");
        }
    }

    /// A channel's feed: these words at these addresses, newest first, in each form; and whether more is to come.
    pub(super) async fn feed(&self, handle: &str, out: &[(String, String)], status: Option<&str>) {
        let at = format!("/feed/press/{handle}");
        let Some(status) = status else {
            assert_eq!(self.anybody.get(&at).await.status().as_u16(), 404, "{at}: it is not public yet");
            return;
        };
        let feed: Value = self.anybody.get(&format!("{at}.json")).await.json().await.unwrap();
        let items = feed["items"].as_array().unwrap();
        let items: Vec<_> =
            items.iter().map(|item| (text(&item["content_text"]), text(&item["url"]))).collect();
        assert_eq!(items, out, "{at}.json");
        assert_eq!(feed["expired"] == true, status == "RETIRED", "{at}.json");
        let atom = self.anybody.get(&format!("{at}.atom")).await.text().await.unwrap();
        assert_eq!(atom.matches("<entry").count(), out.len(), "{at}.atom");
        let page = self.anybody.get(&at).await.text().await.unwrap();
        for (words, _) in out {
            assert!(atom.contains(words) && page.contains(words), "{at} lacks {words}");
        }
    }
}
