//! Runs the commands of pages in one bash, in order, as a reader pastes them, and compares what they say with the `text`
//! blocks that follow them. Knows bash; nothing of the office.

use std::{path::Path, process::Stdio, time::Duration};

use tokio::{io::AsyncWriteExt as _, process::Command};

use super::fences::Block;

/// Where the readers of the pages are told that the service is.
const TOLD: &str = "http://127.0.0.1:8080";

/// Longer than all the commands of a page take; a loop that waits in vain ends here.
const LIMIT: Duration = Duration::from_mins(5);

/// A reader at a terminal.
pub(super) struct Reader<'a> {
    /// Where the service is in truth.
    pub(super) url: &'a str,
    /// The data folder of the service.
    pub(super) data: &'a Path,
    /// What they answer to the questions of `read`, in order.
    pub(super) answers: Vec<String>,
}

impl Reader<'_> {
    /// Pastes the `sh` blocks of these scenes, and reads what comes.
    pub(super) async fn paste(&self, blocks: &[Block], scenes: &[&str]) {
        let chosen = |block: &Block| block.language() == "sh" && scenes.contains(&block.scene());
        let mut script = String::new();
        for block in blocks.iter().filter(|block| chosen(block)) {
            script.extend([&format!("echo '{}'\n", mark(block)), &block.commands()].map(String::as_str));
        }
        assert!(!script.is_empty(), "there is nothing to run for {scenes:?}");
        let said = self.bash(&script.replace(TOLD, self.url)).await;
        for pair in blocks.windows(2) {
            let [block, after] = pair else { continue };
            if chosen(block) && after.language() == "text" {
                expect(block, after, &said);
            }
        }
    }

    /// Runs a script to its end and gives all that it said.
    async fn bash(&self, script: &str) -> String {
        let home = tempfile::TempDir::new().unwrap();
        let program = Path::new(env!("CARGO_BIN_EXE_masthead")).parent().unwrap();
        let script = format!("set -euo pipefail\nexec 2>&1\nPATH='{}':$PATH\n{script}", program.display());
        let file = home.path().join("pasted.sh");
        std::fs::write(&file, script).unwrap();
        let mut command = Command::new("bash");
        command.arg(file).current_dir(home.path()).env("HOME", home.path());
        command.env("MASTHEAD_DATA_DIR", self.data).env_remove("DATABASE_URL").env_remove("PORT");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let mut keyboard = child.stdin.take().unwrap();
        keyboard.write_all(self.answers.join("\n").as_bytes()).await.unwrap();
        keyboard.write_all(b"\n").await.unwrap();
        drop(keyboard);
        let output = tokio::time::timeout(LIMIT, child.wait_with_output()).await;
        let output = output.unwrap_or_else(|_| panic!("the commands did not end")).unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{}: it said\n{said}", output.status);
        said
    }
}

fn mark(block: &Block) -> String {
    format!("=== {}", block.place)
}

/// Each line of the page was said, in this order. `…` at the end of a line stands for the rest of it.
fn expect(block: &Block, told: &Block, said: &str) {
    let (_, said) = said.split_once(&mark(block)).unwrap();
    let said = said.split("\n=== ").next().unwrap();
    let mut lines = said.lines();
    for wanted in told.body.lines() {
        let heard = match wanted.strip_suffix('…') {
            Some(begin) => lines.any(|line| line.starts_with(begin)),
            None => lines.any(|line| line.trim_end_matches(',') == wanted.trim_end_matches(',')),
        };
        assert!(heard, "{}: `{wanted}` was not said. What was:\n{said}", told.place);
    }
}
