//! The mail of the year as its recipients read it. Every message is held against `mail.txt`, word for word; only ids are
//! told by name. `UPDATE=1` writes that file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use super::postbox::Postbox;

/// A message, decoded.
pub(super) struct Letter {
    pub(super) day: String,
    /// The part of the address before the `@`.
    pub(super) to: String,
    pub(super) subject: String,
}

/// What arrived, and what was read of it.
pub(super) struct Letters {
    postbox: Postbox,
    /// The end of each Message-ID of this office.
    domain: String,
    /// Initiatives: their ids and what they are called here.
    names: BTreeMap<String, String>,
    seen: usize,
    message_ids: BTreeSet<String>,
    journal: String,
}

impl Letters {
    pub(super) fn new(postbox: Postbox, domain: &str) -> Self {
        Self {
            postbox,
            domain: domain.to_owned(),
            names: BTreeMap::new(),
            seen: 0,
            message_ids: BTreeSet::new(),
            journal: String::new(),
        }
    }

    /// What an initiative is called in `mail.txt`.
    pub(super) fn name(&mut self, id: &Value, name: &str) {
        self.names.insert(id.as_str().unwrap().to_owned(), name.to_owned());
    }

    /// What arrived since the last look: by day and recipient, each recipient's in the order of arrival.
    pub(super) async fn arrived(&mut self) -> Vec<Letter> {
        let kept = self.postbox.kept().await;
        let ours: Vec<&str> = kept
            .iter()
            .map(|mail| mail["raw"].as_str().unwrap())
            .filter(|raw| raw.contains(&self.domain))
            .collect();
        let new: Vec<&str> = ours.iter().skip(self.seen).copied().collect();
        self.seen = ours.len();
        let mut read: Vec<_> = new.into_iter().map(|raw| self.read(raw)).collect();
        read.sort_by_key(|(letter, _)| (letter.day.clone(), letter.to.clone()));
        let mut letters = Vec::new();
        for (letter, text) in read {
            self.journal.push_str(&format!(
                "----- {}, to {}: {}\n\n{}\n\n",
                letter.day,
                letter.to,
                letter.subject,
                text.trim_end_matches('\n')
            ));
            letters.push(letter);
        }
        letters
    }

    /// One message: its headers are right, it has one part, and that is plain text.
    fn read(&mut self, raw: &str) -> (Letter, String) {
        let (head, body) = raw.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let header = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.strip_prefix(&format!("{name}: ")));
            let found = lines.next().map(str::to_owned);
            assert_eq!(lines.next(), None, "{name} twice: {head}");
            found
        };
        let is = |name: &str, value: &str| assert_eq!(header(name).as_deref(), Some(value), "{head}");
        is("From", &format!("\"The desk\" <desk@{}>", self.domain));
        is("Content-Type", "text/plain; charset=utf-8");
        is("Content-Transfer-Encoding", "quoted-printable");
        is("Auto-Submitted", "auto-generated");
        is("List-Id", &format!("<press.masthead.{}>", self.domain));
        let id = header("Message-ID").unwrap();
        assert!(self.message_ids.insert(id.clone()), "{id} arrived twice");
        let text = self.named(&decoded(body), header("References").as_deref());
        let address = header("To").unwrap();
        let address = address.rsplit('<').next().unwrap().trim_end_matches('>');
        let date = chrono::DateTime::parse_from_rfc2822(&header("Date").unwrap()).unwrap();
        let letter = Letter {
            day: date.date_naive().to_string(),
            to: address.strip_suffix("@example.org").unwrap().to_owned(),
            subject: header("Subject").unwrap(),
        };
        (letter, text)
    }

    /// Ids by name; the thread is that of the initiative to which the link leads, or none.
    fn named(&self, text: &str, thread: Option<&str>) -> String {
        let about = self.names.iter().find(|(id, _)| text.contains(&format!("/initiative/{id}\n")));
        let uuid = about.map(|(id, _)| {
            let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(id).unwrap()).unwrap();
            plain.strip_prefix("Initiative:").unwrap().to_owned()
        });
        let expected = uuid.map(|uuid| format!("<initiative.{uuid}@{}>", self.domain));
        assert_eq!(thread, expected.as_deref(), "{text}");
        about.map_or_else(|| text.to_owned(), |(id, name)| text.replace(id, name))
    }

    /// Exactly what `mail.txt` says was read in the whole year.
    pub(super) fn are_as_written(&self) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/year/mail.txt");
        if std::env::vars_os().any(|(name, _)| name == "UPDATE") {
            fs::write(&file, &self.journal).unwrap();
        }
        let written = fs::read_to_string(&file).unwrap_or_default();
        let differs = written.lines().zip(self.journal.lines()).find(|(one, other)| one != other);
        assert!(
            written == self.journal,
            "the mail is not that of tests/it/year/mail.txt, first at {differs:?}: run UPDATE=1 cargo test --test it year, \
             and read the difference as its recipients would"
        );
    }
}

/// Quoted-printable (RFC 2045) as text with line feeds.
fn decoded(body: &str) -> String {
    let body = body.replace("=\r\n", "").replace("\r\n", "\n");
    let mut bytes = Vec::new();
    let mut pieces = body.split('=');
    bytes.extend(pieces.next().unwrap().bytes());
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        bytes.extend(piece[2..].bytes());
    }
    String::from_utf8(bytes).unwrap()
}
