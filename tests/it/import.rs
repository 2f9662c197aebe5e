//! Bringing the members and channels of an office in from sheets, through the public API and from the command line.

use serde_json::{Value, json};

use crate::support::{
    engine::{Engine, engines},
    program::Deployment,
    story::Story,
};

const CHANNELS: &str = "platform,handle,url,display_name,purpose,audience,language,bio_line,monitored_hours,stewards\n\
    MASTODON,clinic,https://social.example/@clinic,Clinic,\"News, of the clinic\",Patients,en,Run by the press office,Weekdays,ada.okafor@example.org; max.ng@example.org\n\
    X,clinic,https://x.com/other,Clinic,News,Patients,en,Run by the press office,Weekdays,\n\
    MYSPACE,clinic,https://myspace.example/clinic,Clinic,News,Patients,en,Run by the press office,Weekdays,\n\
    INSTAGRAM,clinic,https://instagram.com/clinic,Clinic,News,Patients,en,Run by the press office,Weekdays,nobody@example.org\n\
    MASTODON,clinic2,https://social.example/users/Clinic2,Clinic,News,Patients,en,Run by the press office,Weekdays,\n\
    MASTODON,Clinic,https://social.example/@clinic,Clinic,News,Patients,en,Run by the press office,Weekdays,\n\
    FEED,news,https://press.example.org/feed/press/news,News,News,Patients,en,Run by the press office,Weekdays,\n";

const LINES: &str = "lines { line handle outcome channel { id state stewards { member { name } } } userErrors { field code } }";

fn outcomes(payload: &Value) -> Vec<&str> {
    payload["lines"].as_array().unwrap().iter().map(|line| line["outcome"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn channels_come_in_line_by_line_and_a_repeat_changes_nothing() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let count = "{ channels(first: 1) { totalCount } }";
        let expected = ["CREATED", "REFUSED", "REFUSED", "REFUSED", "CREATED", "REFUSED", "KNOWN"];
        let try_out = json!({ "csv": CHANNELS, "dryRun": true });
        let told = story.coordinator.act("importChannels", try_out, LINES).await;
        assert_eq!(outcomes(&told), expected, "{told}");
        assert!(told["lines"][0]["channel"].is_null());
        assert_eq!(
            story.coordinator.ask(count, json!({})).await["channels"]["totalCount"],
            1,
            "nothing is written"
        );
        let earnest = json!({ "csv": CHANNELS, "dryRun": false });
        let told = story.coordinator.act("importChannels", earnest.clone(), LINES).await;
        assert_eq!(outcomes(&told), expected, "a dry run tells what is done then");
        let fields: Vec<_> = told["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["userErrors"][0]["field"][0].clone())
            .collect();
        assert_eq!(json!(fields), json!([null, "url", "platform", "stewards", null, "handle", null]));
        let first = &told["lines"][0]["channel"];
        assert_eq!(
            (first["state"].as_str().unwrap(), first["stewards"].as_array().unwrap().len()),
            ("APPROVED", 2)
        );
        let again = story.coordinator.act("importChannels", earnest, LINES).await;
        let known = ["KNOWN", "REFUSED", "REFUSED", "REFUSED", "KNOWN", "REFUSED", "KNOWN"];
        assert_eq!(outcomes(&again), known, "{again}");
        assert_eq!(story.coordinator.ask(count, json!({})).await["channels"]["totalCount"], 3);
        let closed = json!({ "channelId": first["id"] });
        story.coordinator.act("retireChannel", closed, "channel { state }").await;
        let try_out = json!({ "csv": CHANNELS, "dryRun": true });
        let told = story.coordinator.act("importChannels", try_out, LINES).await;
        assert_eq!(outcomes(&told)[0], "REFUSED", "a sheet opens nothing again");
        let input = json!({ "input": { "csv": CHANNELS, "dryRun": true } });
        let document =
            "mutation I($input: ImportChannelsInput!) { importChannels(input: $input) { lines { line } } }";
        let foreign = story.author.answer(document, input).await;
        assert_eq!(foreign["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
}

#[tokio::test]
async fn members_come_in_without_passwords_and_a_broken_sheet_not_at_all() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let sheet = "name;email;roles\nNoor Haddad;noor@example.org;MEMBER; PROJECT_MANAGER\n";
        let fields = "lines { line email outcome member { roles } userErrors { code } }";
        let broken = story
            .administrator
            .attempt("importMembers", json!({ "csv": sheet, "dryRun": false }), fields)
            .await;
        assert_eq!(broken["userErrors"][0]["code"], "INVALID", "a cell too many: {broken}");
        let sheet = "name;email;roles\nNoor Haddad;Noor@example.org;\"MEMBER; PROJECT_MANAGER\"\nAda;ada@example.org;MEMBER\n\
            Eve;eve@example.org;KING\nNobody;nowhere;MEMBER\nNoor;nоor@example.org;MEMBER\nNoor;ｎoor@example.org;MEMBER\n";
        let told =
            story.administrator.act("importMembers", json!({ "csv": sheet, "dryRun": false }), fields).await;
        assert_eq!(
            outcomes(&told),
            ["CREATED", "KNOWN", "REFUSED", "REFUSED", "REFUSED", "REFUSED"],
            "{told}"
        );
        assert_eq!(told["lines"][0]["member"]["roles"], json!(["MEMBER", "PROJECT_MANAGER"]));
    }
}

#[tokio::test]
async fn the_command_line_tells_each_line_and_fails_when_one_was_refused() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    Story::tell(&program.facts).await;
    assert_eq!(program.stop(), 0);
    let sheet = deployment.folder().join("channels.csv");
    std::fs::write(&sheet, CHANNELS).unwrap();
    let run = |dry: &[&str]| {
        let mut arguments =
            vec!["channel", "import", sheet.to_str().unwrap(), "--by", "cora.ford@example.org"];
        arguments.extend(dry);
        let output = deployment.command(&arguments).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, told, why) = run(&["--dry-run"]);
    assert_eq!(code, Some(1), "{why}");
    assert!(told.contains("WOULD BE CREATED") && why.contains("4 of 7 lines were refused"), "{told}{why}");
    let (_, told, _) = run(&[]);
    assert_eq!(told.matches(" CREATED").count(), 2, "{told}");
    let members = deployment.folder().join("members.csv");
    std::fs::write(&members, "email,name,roles\nnoor@example.org,Noor Haddad,MEMBER\n").unwrap();
    let told = deployment.run(&["member", "import", members.to_str().unwrap()]);
    assert_eq!(told[0]["outcome"], "CREATED");
}
