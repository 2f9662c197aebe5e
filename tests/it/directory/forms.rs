//! Every form of the directory is what it says it is, and the JSON is as its schema tells.

use serde_json::{Value, json};

use super::{document, office};
use crate::support::engine::Engine;

/// The words of JSON Schema that ours uses.
pub(crate) fn fits(root: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        return fits(root, root.pointer(reference.strip_prefix('#').unwrap()).unwrap(), value, at);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        Value::Null => vec![json!(kind)],
        one => vec![one.clone()],
    };
    assert!(types.contains(&json!(kind)), "{at} is {kind}");
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.contains(value), "{at}: {value}");
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        let there = value.is_null() || value.get(required.as_str().unwrap()).is_some();
        assert!(there, "{at} lacks {required}");
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        let known =
            schema["properties"].get(name).unwrap_or_else(|| panic!("{at}.{name} is not in the schema"));
        fits(root, known, inner, &format!("{at}.{name}"));
    }
    for inner in value.as_array().into_iter().flatten() {
        fits(root, &schema["items"], inner, &format!("{at}[]"));
    }
}

#[tokio::test]
async fn every_form_says_what_it_is() {
    let (_deployment, _program, story) = office(&Engine::Sqlite, &[]).await;
    let anybody = &story.anonymous;
    for scope in ["/directory", "/directory/press"] {
        for (suffix, kind, holds, lacks) in [
            ("", "text/html", "<h3 dir=\"auto\">old.press</h3>", "<script"),
            ("/embed", "text/html", "https://www.instagram.com/press", "old.press"),
            (".json", "application/json", "\"RETIRED\"", "\"next\""),
            (".csv", "text/csv", "\"RETIRED\"", "listing"),
            (".opml", "text/x-opml", "xmlUrl=", "old.press"),
            (".atom", "application/atom+xml", "old.press (Instagram) is no longer official", "rel=\"next\""),
            (".jsonld", "application/ld+json", "\"sameAs\":[", "old.press"),
        ] {
            let path = format!("{scope}{suffix}");
            let response = anybody.get(&path).await;
            assert_eq!(response.status().as_u16(), 200, "{path}");
            let headers = response.headers().clone();
            assert!(headers["content-type"].to_str().unwrap().starts_with(kind), "{path}");
            assert_eq!(headers["access-control-allow-origin"], "*", "{path}");
            assert_eq!(headers["cache-control"], "public, max-age=60", "{path}");
            let text = response.text().await.unwrap();
            assert!(text.contains(holds), "{path} lacks {holds}: {text}");
            assert!(!text.contains(lacks), "{path} has {lacks}: {text}");
        }
        let framed =
            anybody.get(&format!("{scope}/embed")).await.headers()["content-security-policy"].clone();
        assert!(framed.to_str().unwrap().ends_with("frame-ancestors *"));
        let page = anybody.get(scope).await.headers()["content-security-policy"].clone();
        assert!(page.to_str().unwrap().ends_with("frame-ancestors 'none'"));
    }
    let trust = anybody.get("/.well-known/trust.txt").await.text().await.unwrap();
    assert!(
        trust.contains("\nsocial=https://www.instagram.com/press\n") && !trust.contains("old.press"),
        "{trust}"
    );
}

#[tokio::test]
async fn the_json_is_as_its_schema_tells() {
    let (_deployment, _program, story) = office(&Engine::Sqlite, &[]).await;
    let schema = document(&story.anonymous, "/directory/schema.json").await;
    for path in [
        "/directory.json",
        "/directory/press.json",
        "/directory.json?since=0",
        "/directory.json?since=1&first=1",
    ] {
        let told = document(&story.anonymous, path).await;
        assert_eq!(told["$schema"], schema["$id"], "{path}");
        assert_eq!(told["schemaVersion"], 1);
        fits(&schema, &schema, &told, path);
    }
}
