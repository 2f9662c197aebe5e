//! `masthead check`, `rules` and `handbook`: exit codes, formats, and that none of them needs server or database.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{Said, folder, fresh, say};
use crate::support::program::Deployment;

fn piped(deployment: &Deployment, arguments: &[&str], input: &[u8]) -> Said {
    let mut command: Command = deployment.command(arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that refuses the arguments does not wait for input.
    drop(child.stdin.take().unwrap().write_all(input));
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

const BAD: &str = "Flu shots on Monday.\nAsk Jo on her own cell, 250-555-0199.";

#[tokio::test]
async fn a_text_is_checked_from_a_file_or_standard_input() {
    let deployment = fresh().await;
    let clean = piped(&deployment, &["check", "--channel", "x", "-"], b"Flu shots are back on Monday.");
    assert_eq!((clean.code, clean.out.as_str(), clean.err.as_str()), (Some(0), "", ""));
    let file = folder(&deployment).join("post.txt");
    std::fs::write(&file, BAD).unwrap();
    let path = file.to_str().unwrap();
    let found = say(&deployment, &["check", path]);
    assert_eq!((found.code, found.err.as_str()), (Some(1), ""));
    assert!(found.out.contains(":2:25: BLOCK CC1b.phone: "), "{}", found.out);
    assert!(found.out.contains("clause CC1b: “") && !found.out.contains("250-555-0199"), "{}", found.out);
    let json: Value = say(&deployment, &["check", path, "--format", "json"]).json();
    assert_eq!(json["findings"][0]["rule"], "CC1b.phone");
    assert_eq!(say(&deployment, &["check", path, "--json"]).json(), json);
    let sarif = say(&deployment, &["check", path, "--format", "sarif"]).json();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&"CC1b.phone".into(), &"error".into()));
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
    assert!(!sarif.to_string().contains("250-555-0199"));
    let tag = piped(&deployment, &["check", "--fail-on", "warn"], b"News from #patientsafetyweek today.");
    assert_eq!(tag.code, Some(0), "an advice is printed and passes: {tag:?}");
    assert!(tag.out.contains("ADVISE X.hashtag-case"), "{}", tag.out);
}

#[tokio::test]
async fn wrong_use_is_told_from_findings() {
    let deployment = fresh().await;
    let missing = say(&deployment, &["check", "no-such-file.txt"]);
    let channel = piped(&deployment, &["check", "--channel", "myspace"], b"x");
    let bytes = piped(&deployment, &["check"], &[0xff, 0xfe]);
    let handbook = piped(&deployment, &["check", "--handbook", "-"], b"title = 3");
    let line = piped(&deployment, &["check", "--jsonl"], b"{\"id\":1,\"text\":\"a\"}\nnot json\n");
    for (said, words) in [
        (&missing, "no-such-file.txt"),
        (&channel, "use one of"),
        (&bytes, "UTF-8"),
        (&handbook, "no handbook"),
        (&line, "line 2"),
    ] {
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.starts_with("masthead: ") && said.err.contains(words), "{said:?}");
    }
    assert_eq!(line.out.lines().count(), 1, "what was read before is answered");
}

#[tokio::test]
async fn lines_of_json_are_answered_line_by_line() {
    let deployment = fresh().await;
    let draft = serde_json::json!({ "id": "b", "draft": {
        "author": { "capacity": "official" },
        "post": { "text": "Our new poster!", "channels": ["x"], "media": [{ "type": "image", "alt": "" }] },
    } });
    let lines = format!("{}\n{draft}\n", serde_json::json!({ "id": "a", "text": BAD }));
    let said = piped(&deployment, &["check", "--jsonl", "-"], lines.as_bytes()).well();
    let answers: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&answers[0]["id"], &answers[1]["id"]), (&"a".into(), &"b".into()));
    let phone = &answers[0]["findings"][0];
    assert_eq!((&phone["label"], &phone["start"]), (&"PERSONAL_PHONE".into(), &45.into()));
    let rules = answers[1]["findings"].as_array().unwrap();
    assert!(rules.iter().any(|finding| finding["rule"] == "X.alt-missing"), "{}", answers[1]);
}

#[tokio::test]
async fn rules_and_handbooks_explain_themselves() {
    let deployment = fresh().await;
    let rules = say(&deployment, &["rules", "--json"]).well().json();
    assert!(rules.as_array().unwrap().iter().any(|rule| rule["rule"] == "CC1b.phone"));
    let one = say(&deployment, &["rules", "cc1b.PHONE"]).well();
    assert!(one.out.contains("Examples that fire"), "{}", one.out);
    say(&deployment, &["rules", "CC9.none"]).refused(&["masthead rules"]);
    let starter = say(&deployment, &["handbook", "starter"]).well().out;
    let file = folder(&deployment).join("handbook.toml");
    std::fs::write(&file, &starter).unwrap();
    let taken = say(&deployment, &["handbook", "check", file.to_str().unwrap()]).well();
    assert!(taken.out.contains("would be taken"), "{}", taken.out);
    let broken = starter.replace("severity = \"BLOCK\"", "severity = \"FATAL\"");
    std::fs::write(&file, broken).unwrap();
    say(&deployment, &["handbook", "check", file.to_str().unwrap()]).refused(&["FATAL", "no handbook"]);
    let quiet = format!("{starter}\n").replacen(
        "id = \"CC1b.phone\"",
        "examples = { fires = [\"no number at all\"] }\nid = \"CC1b.phone\"",
        1,
    );
    std::fs::write(&file, quiet).unwrap();
    let said = say(&deployment, &["handbook", "check", file.to_str().unwrap()]);
    assert_ne!(said.code, Some(0), "a rule that fails an example of its own is not taken");
}
