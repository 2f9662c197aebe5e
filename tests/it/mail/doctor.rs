//! Whether the settings of mail are right: TLS, sign-in, and a test message.

use serde_json::Value;

use super::told;
use crate::support::{engine::Engine, program::Deployment};

/// A server that wants TLS and sign-in; its port is so many after the first.
async fn deployment(after: u16, tls: &str, authority: bool, password: &str) -> Option<Deployment> {
    let (host, port) = (told("HOST")?, told("PORT")?.parse::<u16>().unwrap() + after);
    let (user, file) = (told("USERNAME")?, if authority { told("CA_FILE")? } else { String::new() });
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let settings = format!(
        "[mail]\nhost = \"{host}\"\nport = {port}\ntls = \"{tls}\"\nca_file = \"{file}\"\nusername = \"{user}\"\n\
         password = \"{password}\"\nfrom = \"desk@example.org\"\nanswer_seconds = 5\n"
    );
    std::fs::create_dir_all(deployment.folder()).unwrap();
    std::fs::write(deployment.folder().join("masthead.toml"), settings).unwrap();
    Some(deployment)
}

fn check(deployment: &Deployment) -> Value {
    let output = deployment.command(&["doctor", "--json"]).output().unwrap();
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    let checks = facts["checks"].as_array().unwrap();
    checks.iter().find(|check| check["name"] == "mail server").unwrap().clone()
}

#[tokio::test]
async fn doctor_tells_right_settings_from_wrong_ones_and_shows_no_password() {
    let Some(password) = told("PASSWORD") else { return };
    for (after, tls) in [(1, "starttls"), (2, "implicit")] {
        let right = deployment(after, tls, true, &password).await.unwrap();
        assert_eq!(check(&right)["status"], "ok", "{tls}: {}", check(&right));
        let stranger = deployment(after, tls, false, &password).await.unwrap();
        assert_eq!(check(&stranger)["status"], "wrong", "{tls}: its authority is not trusted");
        let wrong = deployment(after, tls, true, "not the password").await.unwrap();
        let said = check(&wrong);
        assert!(said["seen"].as_str().unwrap().contains("SIGN_IN_535"), "{said}");
        assert!(!said.to_string().contains("not the password"), "{said}");
    }
    let none = Deployment::fresh(&Engine::Sqlite).await;
    assert_eq!(check(&none)["status"], "note");
}

#[tokio::test]
async fn a_test_message_arrives_and_an_address_that_is_unknown_is_said_to_be() {
    let Some(password) = told("PASSWORD") else { return };
    let deployment = deployment(1, "starttls", true, &password).await.unwrap();
    let sent = deployment.run(&["mail", "test", &format!("test+{}@example.org", std::process::id())]);
    assert_eq!(sent["sent"], true);
    let url = format!("{}/mail", told("MAILBOX").unwrap());
    let kept = reqwest::get(url).await.unwrap().json::<Value>().await.unwrap();
    let id = format!("<{}>", sent["messageId"].as_str().unwrap());
    assert!(kept.as_array().unwrap().iter().any(|mail| mail["messageId"] == id.as_str()), "{sent}");
    let output = deployment.command(&["mail", "test", "reject@example.org"]).output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("550"));
}
