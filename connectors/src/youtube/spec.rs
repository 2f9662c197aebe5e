//! What is sent, held against Google's own description of it. It knows names, types, and what a method needs; it knows nothing of
//! answers.

use serde_json::Value;
use url::Url;

const EXCERPT: &str = include_str!("../../tests/spec/youtube.json");

fn excerpt() -> Value {
    serde_json::from_str(EXCERPT).unwrap()
}

/// What of `value` the schema of this name does not know, or knows as something else.
pub(super) fn strange_to_google(name: &str, value: &Value) -> Vec<String> {
    let schemas = &excerpt()["schemas"];
    assert!(schemas[name].is_object(), "no schema {name}");
    strange(value, &schemas[name], name, schemas)
}

fn strange(value: &Value, schema: &Value, path: &str, schemas: &Value) -> Vec<String> {
    let schema = schema.get("$ref").and_then(Value::as_str).map_or(schema, |name| &schemas[name]);
    let nested = |(at, value): (String, &Value), schema: &Value| strange(value, schema, &at, schemas);
    match (schema["type"].as_str(), value) {
        (Some("string"), Value::String(_)) | (Some("boolean"), Value::Bool(_)) => Vec::new(),
        (Some("array"), Value::Array(items)) => {
            items.iter().flat_map(|item| nested((format!("{path}[]"), item), &schema["items"])).collect()
        }
        (Some("object"), Value::Object(fields)) => fields
            .iter()
            .flat_map(|(name, value)| nested((format!("{path}.{name}"), value), &schema["properties"][name]))
            .collect(),
        _ => vec![path.to_owned()],
    }
}

/// The method that a request, given as `GET /youtube/v3/comments?…`, calls; none where Google knows no such method, or the
/// method does not know what is asked, or needs more.
pub(crate) fn method_of(request: &str) -> Option<String> {
    let (verb, target) = request.split_once(' ').unwrap();
    let url = Url::parse("http://fake").unwrap().join(target).unwrap();
    let given: Vec<Value> = url.query_pairs().map(|(name, _)| name.as_ref().into()).collect();
    let excerpt = excerpt();
    let mut methods = excerpt["methods"].as_object().unwrap().iter();
    let (name, method) = methods.find(|(_, method)| {
        method["httpMethod"] == verb && url.path().strip_prefix('/') == method["path"].as_str()
    })?;
    let known = method["parameters"].as_array().unwrap();
    let needed = method["needed"].as_array().unwrap();
    let fits =
        given.iter().all(|name| known.contains(name)) && needed.iter().all(|name| given.contains(name));
    fits.then(|| name.clone())
}

#[test]
fn a_request_that_is_not_googles_is_seen() {
    let rows = [
        ("GET /youtube/v3/comments?part=snippet&parentId=a", Some("youtube.comments.list")),
        ("GET /youtube/v3/comments?part=snippet&parent=a", None),
        ("GET /youtube/v3/comments?parentId=a", None),
        ("PATCH /youtube/v3/comments?part=snippet", None),
        ("GET /youtube/v3/comment?part=snippet", None),
    ];
    for (request, method) in rows {
        assert_eq!(method_of(request).as_deref(), method, "{request}");
    }
}
