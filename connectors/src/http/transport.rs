//! How a failure of the transport is read: before the request left, or after. It does not know statuses or
//! platforms. Nothing of reqwest's own message is kept: it holds the address.

use std::{error::Error, io};

use super::{
    failure::Failure,
    guard::{HostRefused, ResolveFailed},
};

/// What a transport failure says of whether the platform did what was asked.
pub(crate) fn read(error: &reqwest::Error) -> Failure {
    if error.is_builder() {
        return Failure::refused("REQUEST_INVALID", "the request cannot be made from these settings");
    }
    let causes = causes(error);
    if causes.iter().any(|cause| cause.is::<HostRefused>()) {
        return Failure::from(HostRefused);
    }
    if causes.iter().any(|cause| cause.is::<ResolveFailed>()) {
        return Failure::not_sent("DNS_FAILED", "the host's name cannot be resolved");
    }
    if error.is_connect() {
        return read_connect(error.is_timeout(), &causes);
    }
    if error.is_timeout() {
        return Failure::unknown("TIMEOUT", "no answer came within the limit");
    }
    Failure::unknown("CONNECTION_LOST", "the connection ended before the whole answer came")
}

fn read_connect(timed_out: bool, causes: &[&(dyn Error + 'static)]) -> Failure {
    let broken = [io::ErrorKind::InvalidData, io::ErrorKind::UnexpectedEof];
    let mut io_errors = causes.iter().filter_map(|cause| cause.downcast_ref::<io::Error>());
    if timed_out {
        Failure::not_sent("CONNECT_TIMEOUT", "no connection was made within its limit")
    } else if io_errors.any(|cause| broken.contains(&cause.kind())) {
        Failure::not_sent("TLS_FAILED", "no secure connection could be agreed")
    } else {
        Failure::not_sent("CONNECT_FAILED", "no connection could be made")
    }
}

fn causes(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(current) = next {
        causes.push(current);
        // An io::Error keeps the one that it wraps out of `source`.
        let wrapped = current.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => current.source(),
        };
    }
    causes
}
