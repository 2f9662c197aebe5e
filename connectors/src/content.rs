//! The content of a picture or film, read piece by piece: a film need not fit into memory. It does not know where content
//! is kept, nor what it shows.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use bytes::Bytes;

use crate::http::Failure;

/// Bytes that are read from the store at once.
const PIECE: u64 = 4 * 1024 * 1024;

/// Where content is kept.
#[async_trait]
pub trait ContentStore: Send + Sync + fmt::Debug {
    /// The bytes from `from` on, exactly `length` of them.
    async fn range(&self, from: u64, length: u64) -> Result<Bytes, ContentError>;
}

/// The content could not be read: the store is away, or no longer has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the content could not be read from the store")]
pub struct ContentError;

/// Content of a known length.
#[derive(Clone)]
pub struct Content(Kept);

#[derive(Clone)]
enum Kept {
    Whole(Bytes),
    Stored { length: u64, store: Arc<dyn ContentStore> },
}

impl Content {
    /// Content that stays where it is kept until it is read.
    pub fn stored(length: u64, store: Arc<dyn ContentStore>) -> Self {
        Self(Kept::Stored { length, store })
    }

    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        match &self.0 {
            Kept::Whole(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Kept::Stored { length, .. } => *length,
        }
    }

    /// The bytes from `from` on, at most `most` of them; none at the end.
    pub(crate) async fn piece(&self, from: u64, most: u64) -> Result<Bytes, Failure> {
        let length = self.length().saturating_sub(from).min(most);
        if length == 0 {
            return Ok(Bytes::new());
        }
        match &self.0 {
            Kept::Whole(bytes) => {
                let within = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
                Ok(bytes.slice(within(from)..within(from + length)))
            }
            Kept::Stored { store, .. } => {
                let read = store.range(from, length).await.map_err(unreadable)?;
                let whole = u64::try_from(read.len()).is_ok_and(|got| got == length);
                if whole { Ok(read) } else { Err(unreadable(ContentError)) }
            }
        }
    }

    /// All of it. To be asked only of what the platform takes in one piece, after its size was checked.
    pub(crate) async fn whole(&self) -> Result<Bytes, Failure> {
        self.piece(0, u64::MAX).await
    }

    /// A body of a request that reads on as it is sent.
    pub(crate) fn body(&self) -> reqwest::Body {
        if let Kept::Whole(bytes) = &self.0 {
            return bytes.clone().into();
        }
        let content = self.clone();
        reqwest::Body::wrap_stream(futures::stream::try_unfold((content, 0), |(content, from)| async move {
            let piece = content.piece(from, PIECE).await.map_err(|_failure| ContentError)?;
            let read = u64::try_from(piece.len()).unwrap_or(u64::MAX);
            Ok::<_, ContentError>((read > 0).then(|| (piece, (content, from + read))))
        }))
    }
}

fn unreadable(_error: ContentError) -> Failure {
    Failure::not_sent("MEDIA_UNREADABLE", "its media could not be read from the store")
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self(Kept::Whole(bytes))
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({} bytes)", self.length())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Kept(Vec<u8>);

    #[async_trait]
    impl ContentStore for Kept {
        async fn range(&self, from: u64, length: u64) -> Result<Bytes, ContentError> {
            let (from, length) = (usize::try_from(from).unwrap(), usize::try_from(length).unwrap());
            self.0.get(from..from + length).map(Bytes::copy_from_slice).ok_or(ContentError)
        }
    }

    #[tokio::test]
    async fn pieces_are_the_same_however_it_is_kept() {
        let bytes: Vec<u8> = (0..=250).collect();
        let stored = Content::stored(251, Arc::new(Kept(bytes.clone())));
        let whole = Content::from(Bytes::from(bytes.clone()));
        for (from, most) in [(0, 10), (240, 100), (251, 5), (400, 5), (0, u64::MAX)] {
            let piece = stored.piece(from, most).await.unwrap();
            assert_eq!(piece, whole.piece(from, most).await.unwrap(), "{from} {most}");
        }
        assert_eq!(stored.whole().await.unwrap(), bytes);
    }

    #[tokio::test]
    async fn a_store_that_lost_some_is_a_message_that_was_not_sent() {
        let short = Content::stored(300, Arc::new(Kept(vec![1; 251])));
        assert_eq!(short.whole().await.unwrap_err().cause.code, "MEDIA_UNREADABLE");
    }
}
