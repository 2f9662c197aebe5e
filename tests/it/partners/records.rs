//! Recording partners, changing them, ending partnerships.

use serde_json::{Value, json};

use super::{QUICK, code_of, message_of, partner};
use crate::support::{desk::Desk, engine::engines, program::Deployment, served::Served, story::Story};

const FIELDS: &str = "partner { id version name why language accounts { address platform } initiative { name } \
                      keeper { name } endsOn endedAt endedBy { name } createdBy { name } }";

#[tokio::test]
async fn a_partner_is_recorded_changed_and_ended() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let mut input = partner("North Clinics", &["twitter @NorthClinics", "@North@social.example.org"]);
        input["initiativeId"] = json!(story.initiative);
        input["keeperId"] = json!(story.author_id);
        input["endsOn"] = json!("2030-12-31");
        let made = story.manager.act("createPartner", input, FIELDS).await["partner"].clone();
        assert_eq!((&made["language"], &made["keeper"]["name"]), (&json!("en"), &json!("Ada Okafor")));
        assert_eq!(
            made["accounts"],
            json!([{ "address": "https://x.com/northclinics", "platform": "X" },
                   { "address": "https://social.example.org/@north", "platform": "MASTODON" }])
        );

        // Who looks after it may change it, and another member may not.
        let change = |version: i64, more: Value| {
            let mut input = json!({ "partnerId": made["id"], "expectedVersion": version });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        let refused =
            story.manager.attempt("updatePartner", change(1, json!({ "why": "Other" })), FIELDS).await;
        assert_eq!(code_of(&refused), "NOT_RESPONSIBLE");
        let accounts = json!({ "accounts": ["https://x.com/northclinics", "north.example.org"], "endsOn": null,
            "initiativeId": null });
        let changed = story.author.act("updatePartner", change(1, accounts), FIELDS).await["partner"].clone();
        assert_eq!(
            changed["accounts"][1],
            json!({ "address": "https://north.example.org", "platform": null })
        );
        assert_eq!((&changed["endsOn"], &changed["initiative"]), (&Value::Null, &Value::Null));
        let stale = story.author.attempt("updatePartner", change(1, json!({ "why": "Other" })), FIELDS).await;
        assert_eq!(code_of(&stale), "CONFLICT");

        // The account that was given up is free, and the one that was kept is not.
        let other =
            story.coordinator.attempt("createPartner", partner("Others", &["x:NORTHCLINICS"]), FIELDS).await;
        assert_eq!((code_of(&other), &other["userErrors"][0]["field"]), ("TAKEN", &json!(["accounts", "0"])));
        assert!(message_of(&other).contains("North Clinics"), "{other}");
        let others = partner("Others", &["@north@social.example.org"]);
        story.coordinator.act("createPartner", others, FIELDS).await;

        let ended = story.author.act("endPartner", change(2, json!({})), FIELDS).await["partner"].clone();
        assert_eq!(ended["endedBy"]["name"], "Ada Okafor");
        let again = story.author.attempt("endPartner", change(3, json!({})), FIELDS).await;
        assert_eq!(code_of(&again), "ILLEGAL_STATE");
        // Its name and its accounts are free.
        let anew = partner("north  clinics", &["https://mobile.twitter.com/NorthClinics"]);
        story.manager.act("createPartner", anew, FIELDS).await;
        listed(&story).await;
        on_the_command_line(&deployment);
    }
}

async fn listed(story: &Story) {
    let list = "query L($filter: PartnerFilter) { partners(first: 10, filter: $filter) { totalCount nodes { name } } }";
    let rows: [(Value, &[&str]); 6] = [
        (json!({}), &["Others", "north  clinics"]),
        (json!({ "withEnded": true, "search": "clinics" }), &["North Clinics", "Others", "north  clinics"]),
        (json!({ "platform": "X" }), &["north  clinics"]),
        (json!({ "search": "social.example.org" }), &["Others"]),
        (json!({ "keeperId": story.author_id }), &[]),
        (json!({ "withoutKeeper": true }), &[]),
    ];
    for (filter, names) in rows {
        let told = story.author.ask(list, json!({ "filter": filter })).await["partners"].clone();
        let mut found: Vec<&str> =
            told["nodes"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap()).collect();
        found.sort_unstable();
        let normal: Vec<String> =
            names.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let found: Vec<String> =
            found.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(found, normal, "{filter}");
        assert_eq!(told["totalCount"], json!(names.len()));
    }
    // Whoever looked after it and left is told of.
    let input = json!({ "memberId": story.manager_id });
    let preview = "query P($id: ID!) { departurePreview(memberId: $id) { partners { name } } }";
    let seen = story.administrator.ask(preview, json!({ "id": story.manager_id })).await;
    assert_eq!(seen["departurePreview"]["partners"].as_array().unwrap().len(), 1, "{seen}");
    story.administrator.act("departMember", input, "member { id }").await;
    let kept = "{ tasks(first: 9, kinds: [KEEP_PARTNER]) { nodes { act clause subject { ... on Partner { name } } } } }";
    let waits = story.coordinator.ask(kept, json!({})).await["tasks"]["nodes"].clone();
    assert_eq!((&waits[0]["act"], &waits[0]["clause"]), (&json!("updatePartner"), &json!("GP5")), "{waits}");
    assert_eq!(waits[0]["subject"]["name"], seen["departurePreview"]["partners"][0]["name"]);
    let told = story.author.ask(list, json!({ "filter": { "withoutKeeper": true } })).await;
    assert_eq!(told["partners"]["totalCount"], 1, "{told}");
    let none =
        story.author.ask("query P($id: ID!) { partner(id: $id) { name } }", json!({ "id": "garbage" })).await;
    assert_eq!(none["partner"], Value::Null);
}

fn on_the_command_line(deployment: &Deployment) {
    let say = |arguments: &[&str]| {
        let output = deployment.command(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let table = say(&["partner", "list"]);
    assert!(table.contains("Others") && table.contains("https://social.example.org/@north"), "{table}");
    assert!(!table.contains("North Clinics"), "{table}");
    let csv = say(&["partner", "list", "--with-ended", "--format", "csv"]);
    assert!(csv.starts_with("\"partner\",\"account\",\"platform\","), "{csv}");
    assert!(csv.contains("\"North Clinics\",\"https://x.com/northclinics\",\"X\""), "{csv}");
    let json: Value =
        serde_json::from_str(&say(&["partner", "list", "--format", "json", "--search", "Others"])).unwrap();
    assert_eq!((&json[0]["partner"], json.as_array().unwrap().len()), (&json!("Others"), 1));
}

#[tokio::test]
async fn what_is_ours_or_no_account_is_no_partner() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine)
            .await
            .with(QUICK)
            .with(&["limits.partners=2", "limits.partner_accounts=2"]);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let x = story.channel("X", "pressoffice", "https://x.com/pressoffice", &[&story.feed]).await;
        let own = story.manager.attempt(
            "createPartner",
            partner("We", &["@elsewhere@social.example.org", "Twitter @PressOffice"]),
            FIELDS,
        );
        let own = own.await;
        assert_eq!((code_of(&own), &own["userErrors"][0]["field"]), ("INVALID", &json!(["accounts", "1"])));
        assert!(message_of(&own).starts_with("this is ours, no partner"), "{own}");
        let rows: [(Value, &str); 7] = [
            (partner("A", &["https://x.com/north/status/20"]), "INVALID"),
            (partner("A", &["nothing at all"]), "INVALID"),
            (partner("A", &["x:north", "https://twitter.com/north"]), "INVALID"),
            (partner("A", &["x:a", "x:b", "x:c"]), "TOO_LONG"),
            (partner(" ", &[]), "REQUIRED"),
            (json!({ "name": "A", "why": "" }), "REQUIRED"),
            (json!({ "name": "A", "why": "Them", "endsOn": "2020-01-01" }), "INVALID"),
        ];
        for (input, code) in rows {
            let refused = story.manager.attempt("createPartner", input.clone(), FIELDS).await;
            assert_eq!(code_of(&refused), code, "{input}: {refused}");
        }
        let north = partner("North Clinics", &["x:northclinics"]);
        story.manager.act("createPartner", north, FIELDS).await;
        let wish = Story::wish("X", "northclinics", "https://x.com/NorthClinics", &[&story.feed, &x]);
        let wish = story.author.attempt("requestChannel", wish, "channel { id }").await;
        assert_eq!((code_of(&wish), &wish["userErrors"][0]["field"]), ("TAKEN", &json!(["url"])));
        assert!(message_of(&wish).contains("the partner North Clinics"), "{wish}");
        let alike =
            story.manager.attempt("createPartner", partner("north\u{200b} CLINICS", &[]), FIELDS).await;
        assert_eq!((code_of(&alike), &alike["userErrors"][0]["field"]), ("TAKEN", &json!(["name"])));
        // The o is a Greek one.
        let looks = partner("Nοrth Clinics", &[]);
        assert_eq!(code_of(&story.manager.attempt("createPartner", looks, FIELDS).await), "TAKEN");
        story.manager.act("createPartner", partner("South Clinics", &[]), FIELDS).await;
        let full = story.manager.attempt("createPartner", partner("East Clinics", &[]), FIELDS).await;
        assert_eq!(code_of(&full), "TOO_LONG");
        let denied = story.author.answer(
            "mutation M($input: CreatePartnerInput!) { createPartner(input: $input) { partner { id } } }",
            json!({ "input": partner("West Clinics", &[]) }),
        );
        assert_eq!(denied.await["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
}

#[tokio::test]
async fn the_files_of_our_feed_are_ours() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let coordinator = served.client("coordinator").await;
        for file in ["news-0", "news-0.atom", "news-0.json"] {
            let file = format!("https://press.example.org/feed/press/{file}");
            let own = coordinator.attempt("createPartner", partner("We", &[&file]), FIELDS).await;
            assert!(message_of(&own).starts_with("this is ours, no partner"), "{file}: {own}");
        }
        served.end().await;
    }
}
