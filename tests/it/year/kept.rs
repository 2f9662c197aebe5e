//! What a client keeps of documents, and asks again by: each look holds the validators against what really changed.

use std::collections::BTreeMap;

use crate::support::client::Client;

/// A document as it was.
struct Copy {
    etag: String,
    modified: Option<String>,
    text: String,
}

/// Copies, by path.
pub(super) struct Kept {
    anybody: Client,
    copies: BTreeMap<String, Copy>,
}

impl Kept {
    pub(super) fn new(anybody: Client) -> Self {
        Self { anybody, copies: BTreeMap::new() }
    }

    async fn asked(&self, path: &str, name: &str, value: &str) -> u16 {
        let request = self.anybody.http().get(self.anybody.address(path)).header(name, value);
        request.send().await.unwrap().status().as_u16()
    }

    /// The document. Whoever kept the last one is told that it is still so exactly if it is.
    pub(super) async fn read(&mut self, path: &str) -> String {
        let response = self.anybody.get(path).await;
        assert_eq!(response.status().as_u16(), 200, "{path}");
        let header =
            |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (etag, modified) = (header("etag").unwrap(), header("last-modified"));
        let text = response.text().await.unwrap();
        let before = self.copies.get(path);
        if let Some(before) = before {
            let same = before.text == text;
            assert_eq!(before.etag == etag, same, "{path}");
            let still = |so| if so { 304 } else { 200 };
            assert_eq!(self.asked(path, "if-none-match", &before.etag).await, still(same), "{path}");
            if let Some(date) = &before.modified {
                // The date may move for what this form does not show, and must for what it does.
                let stands = before.modified == modified;
                assert!(same || !stands, "{path} changed, and is still of {date}");
                assert_eq!(
                    self.asked(path, "if-modified-since", date).await,
                    still(stands),
                    "{path}: {date}"
                );
            }
        }
        if before.is_none_or(|before| before.etag != etag) {
            assert_eq!(self.asked(path, "if-none-match", &etag).await, 304, "{path}");
        }
        if let Some(date) =
            modified.as_ref().filter(|_| before.is_none_or(|before| before.modified != modified))
        {
            assert_eq!(self.asked(path, "if-modified-since", date).await, 304, "{path}");
        }
        self.copies.insert(path.to_owned(), Copy { etag, modified, text: text.clone() });
        text
    }
}
