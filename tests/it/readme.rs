//! The pages for users do what they say: every command of them is pasted into bash against a fresh service, and every
//! example of the API guide is asked.

use std::{
    collections::BTreeSet,
    fs::Permissions,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use connectors::fake::{Dialect, FakePlatform, SECRET, USERNAME};

use crate::support::{engine::Engine, program::Deployment, story::Story};

mod fences;
mod guide;
mod shell;

use shell::Reader;

/// Credentials are tried at once.
const QUICK: &[&str] = &["worker.credentials_every_seconds=1"];

fn environment(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests are told of servers by the environment")]
    let found = std::env::vars().find(|(known, _)| known == name);
    found.map(|(_, value)| value).filter(|value| !value.is_empty())
}

/// Address, user and application password of a real WordPress; `make test` starts one.
fn real_wordpress() -> Option<Vec<String>> {
    ["URL", "USER", "PASSWORD"].iter().map(|part| environment(&format!("WORDPRESS_TEST_{part}"))).collect()
}

/// The data folder, as private as the program would have made it.
fn folder(deployment: &Deployment) -> PathBuf {
    let folder = deployment.sqlite().unwrap().parent().unwrap().to_path_buf();
    std::fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
    folder
}

#[tokio::test]
async fn the_demo_answers_as_the_readme_says() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let demo = deployment.start(&["demo", "--port", "0"]);
    let token = demo.facts["tokens"]["coordinator"].as_str().unwrap().to_owned();
    let reader = Reader { url: demo.url(), data: &folder(&deployment), answers: vec![token] };
    reader.paste(&fences::blocks("README.md"), &["demo"]).await;
}

#[tokio::test]
async fn an_office_is_founded_and_run_as_the_pages_say() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await.with(QUICK);
    let program = deployment.serve();
    let mastodon = FakePlatform::start(Dialect::Mastodon).await.unwrap();
    mastodon.at_home();
    let server = mastodon.base_url().as_str().trim_end_matches('/').to_owned();
    let mut answers = vec![program.facts["setUpToken"].as_str().unwrap().to_owned()];
    let mut scenes = vec!["office", "operations"];
    if let Some(site) = real_wordpress() {
        answers.extend(site);
        answers.push("true".to_owned());
        answers.extend([server, USERNAME.to_owned(), SECRET.to_owned(), "true".to_owned()]);
        scenes.extend(["wordpress", "mastodon"]);
    }
    let pages = ["README.md", "docs/wordpress.md", "docs/operations.md", "docs/directory.md"];
    let blocks: Vec<_> = pages.iter().flat_map(|page| fences::blocks(page)).collect();
    let reader = Reader { url: program.url(), data: &folder(&deployment), answers };
    reader.paste(&blocks, &scenes).await;
    if scenes.contains(&"mastodon") {
        assert_eq!(mastodon.applied().len(), 1, "the Mastodon account has its post");
    }
}

#[tokio::test]
async fn the_examples_of_the_api_guide_run() {
    // A proposed handbook is tested while its proposer waits: on a busy machine, unoptimised, that takes its time.
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let mut known = guide::Known::new();
    let blocks = fences::blocks("docs/api.md");
    for (i, block) in blocks.iter().enumerate() {
        match block.language() {
            "graphql" => {
                let next = blocks.get(i + 1).filter(|next| next.language() == "json");
                guide::run(&story, &mut known, block, next).await;
            }
            "sh" => {
                let answers = vec![known["upload"].as_str().unwrap().to_owned()];
                let reader = Reader { url: program.url(), data: &folder(&deployment), answers };
                reader.paste(std::slice::from_ref(block), &["upload"]).await;
            }
            _ => {}
        }
    }
    assert!(known.len() > 5, "the guide's examples hang together");
}

#[test]
fn every_command_of_the_pages_is_run() {
    let mut left = BTreeSet::new();
    for block in fences::PAGES.iter().flat_map(|page| fences::blocks(page)) {
        let place = &block.place;
        left.extend(
            block
                .body
                .lines()
                .filter(|line| fences::NOT_RUN.iter().any(|(known, _)| known == line))
                .map(str::to_owned),
        );
        match (block.language(), block.scene()) {
            ("sh", "demo") => assert!(place.starts_with("README.md"), "{place}"),
            ("sh", "upload") | ("graphql" | "json", _) => {
                assert!(place.starts_with("docs/api.md"), "{place}");
            }
            ("sh", "office" | "operations" | "wordpress" | "mastodon") => {
                assert!(!place.starts_with("docs/api.md"), "{place}: nobody pastes this");
            }
            ("sh", _) => assert_eq!(block.commands(), "", "{place}: who runs this?"),
            ("text" | "toml" | "js", _) => {}
            (other, _) => panic!("{place}: nothing runs or shows `{other}`"),
        }
    }
    let listed: BTreeSet<_> = fences::NOT_RUN.iter().map(|(command, _)| (*command).to_owned()).collect();
    assert_eq!(left, listed, "the list of what is not run is short and true");
}

#[test]
fn the_pages_lead_to_what_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in fences::PAGES {
        let folder = root.join(page).parent().unwrap().to_path_buf();
        for part in fences::text(page).split("](").skip(1) {
            let target = part.split(')').next().unwrap().split('#').next().unwrap();
            let elsewhere = target.starts_with("http") || target.is_empty();
            assert!(elsewhere || folder.join(target).exists(), "{page}: {target} is not there");
        }
    }
}
