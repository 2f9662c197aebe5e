//! Which layer wins, what is refused, and that the defaults of the crates are those of the file.

use super::*;

fn loaded(flags: &[(&str, &str)], environment: &[(&str, &str)]) -> anyhow::Result<Loaded> {
    let values =
        flags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned(), format!("--{key}")));
    load(&Flags { file: None, values: values.collect() }, &Environment::of(environment))
}

fn problem(flags: &[(&str, &str)], environment: &[(&str, &str)]) -> String {
    loaded(flags, environment).unwrap_err().to_string()
}

#[test]
fn the_defaults_fit_and_are_those_of_the_crates() {
    let Loaded { settings, values } = loaded(&[], &[]).unwrap();
    assert_eq!(format!("{:?}", settings.limits), format!("{:?}", office::Limits::default()));
    assert_eq!(format!("{:?}", settings.api), format!("{:?}", ApiSettings::default()));
    assert_eq!(settings.http_limits(), HttpLimits::default());
    // Every field of the API's settings is in the file, but for those that [server] gives.
    let fields = format!("{:#?}", ApiSettings::default());
    let fields = fields
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| !line.starts_with([' ', ']']));
    let missing: Vec<_> = fields
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name)
        .filter(|name| !["listen", "public_url"].contains(name))
        .filter(|name| !values.iter().any(|(key, _)| key == format!("api.{name}")))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn flags_win_over_environment_over_file_over_defaults() {
    let dir = tempfile::tempdir().unwrap();
    let text = "[server]\nport = 1\n[worker]\nconcurrency = 3\n[log]\nlevel = \"warn\"\n";
    std::fs::write(dir.path().join(FILE), text).unwrap();
    let environment = [
        ("MASTHEAD_DATA_DIR", dir.path().to_str().unwrap()),
        ("PORT", "2"),
        ("MASTHEAD__LOG__LEVEL", "debug"),
        ("MASTHEAD__API__ALLOWED_ORIGINS", "https://a.example, https://b.example"),
        ("MASTHEAD_TEST_DIR", "not a setting"),
    ];
    let loaded = loaded(&[("server.port", "4")], &environment).unwrap();
    assert_eq!(loaded.settings.server.port, 4);
    assert_eq!(loaded.settings.worker.concurrency, 3);
    assert_eq!(loaded.settings.log.level, "debug");
    assert_eq!(loaded.settings.api.allowed_origins, ["https://a.example", "https://b.example"]);
    let text = loaded.to_text();
    for wanted in ["# flag --server.port", "# environment MASTHEAD__LOG__LEVEL", "# default", "masthead.toml"]
    {
        assert!(text.contains(wanted), "{wanted} in\n{text}");
    }
}

#[test]
fn secrets_are_not_printed() {
    let environment = [
        ("DATABASE_URL", "postgres://me:hunter2@db.example/masthead?password=hunter2"),
        ("MASTHEAD_MASTER_KEY", "hunter2"),
    ];
    let loaded = loaded(&[], &environment).unwrap();
    for text in [loaded.to_text(), loaded.to_json().to_string(), format!("{:?}", loaded.settings)] {
        assert!(!text.contains("hunter2"), "{text}");
    }
    assert!(loaded.to_text().contains("db.example"));
}

#[test]
fn every_mistake_is_named_with_what_to_do() {
    let said =
        problem(&[("server.prot", "1"), ("worker.concurrency", "many"), ("limits.list_items", "0")], &[]);
    for wanted in ["did you mean server.port?", "must be a whole number, not many", "limits.list_items"] {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    assert!(problem(&[], &[("MASTHEAD__SERVER__HOTS", "x")]).contains("server.host"));
    assert!(problem(&[("limits.lease_seconds", "60")], &[]).contains("at least 85"));
    assert!(problem(&[("limits.look_up_after_seconds", "5")], &[]).contains("at least 20"));
    assert!(problem(&[("limits.fitted_quality", "101")], &[]).contains("from 1 to 100"));
    assert!(problem(&[("limits.fitted_edge_min", "5000")], &[]).contains("limits.fitted_edge_max"));
    assert!(problem(&[("server.public_url", "example.org/path")], &[]).contains("without a path"));
    assert!(problem(&[], &[("DATABASE_URL", "mysql://x")]).contains("postgres://"));
    assert!(problem(&[("log.format", "xml")], &[]).contains("xml"));
}
