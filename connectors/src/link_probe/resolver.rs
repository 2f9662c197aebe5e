//! Resolves names for link checks and vets every address that a name has. What it answers is what is connected to: the
//! name is not asked again, so that one which answers differently the second time gains nothing.

use std::{io, net::SocketAddr, sync::Arc};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::host::Reachable;

/// One of the name's addresses is private.
#[derive(Debug, thiserror::Error)]
#[error("this host's address is not one that may be connected to")]
pub(super) struct AddressRefused;

/// There is no such name.
#[derive(Debug, thiserror::Error)]
#[error("there is no such host")]
pub(super) struct HostUnknown;

/// The resolver did not answer.
#[derive(Debug, thiserror::Error)]
#[error("the host's name cannot be resolved now")]
struct NoAnswer;

/// Who knows addresses by name.
#[derive(Debug)]
pub(super) enum Names {
    /// The machine's own resolver.
    System,
    /// What a test says, call by call.
    #[cfg(test)]
    Said(std::sync::Mutex<std::collections::VecDeque<io::Result<Vec<std::net::IpAddr>>>>),
}

impl Names {
    async fn look_up(&self, name: &str) -> io::Result<Vec<SocketAddr>> {
        match self {
            Self::System => Ok(tokio::net::lookup_host((name, 0)).await?.collect()),
            #[cfg(test)]
            Self::Said(answers) => {
                let next = answers.lock().unwrap().pop_front().unwrap();
                next.map(|found| found.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect())
            }
        }
    }
}

#[derive(Debug)]
pub(super) struct VettedResolver {
    reachable: Arc<Reachable>,
    names: Arc<Names>,
}

impl VettedResolver {
    pub(super) fn new(reachable: Arc<Reachable>, names: Names) -> Self {
        Self { reachable, names: Arc::new(names) }
    }
}

impl Resolve for VettedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (reachable, names) = (Arc::clone(&self.reachable), Arc::clone(&self.names));
        Box::pin(async move {
            let found = match names.look_up(name.as_str()).await {
                Ok(found) if found.is_empty() => return Err(NoAnswer.into()),
                Ok(found) => found,
                Err(error) if is_unknown(&error) => return Err(HostUnknown.into()),
                Err(_no_answer) => return Err(NoAnswer.into()),
            };
            // One private address is enough: whoever answers with both wants the other tried.
            if found.iter().any(|address| !reachable.permits_ip(address.ip())) {
                return Err(AddressRefused.into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether the machine's resolver says that there is no such name, rather than that it cannot tell. Rust gives its answer
/// in words only (glibc's, then musl's); other words count as "cannot tell", which is the safe side.
fn is_unknown(error: &io::Error) -> bool {
    const WORDS: [&str; 4] = [
        "Name or service not known",
        "No address associated with hostname",
        "Name does not resolve",
        "Name has no usable address",
    ];
    let said = error.to_string();
    WORDS.iter().any(|words| said.contains(words))
}
