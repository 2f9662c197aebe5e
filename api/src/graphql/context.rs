//! What a resolver finds in its context: who asks, the office, the loaders. Knows one request; keeps nothing between two.

use std::{net::IpAddr, sync::Arc};

use async_graphql::Context;
use chrono::{DateTime, Utc};
use office::{Office, Requester, channels::Authorizer};

use super::loaders::Loaders;
use crate::{
    ApiSettings,
    auth::{SignInTries, TokenIssuer},
    error::ApiError,
};

/// Who sent a request, as far as the transport found out.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// Who asks; none without a token.
    pub(crate) requester: Option<Requester>,
    /// When the token ends; none for integrations and for callers without one.
    pub(crate) expires_at: Option<DateTime<Utc>>,
    /// The sign-in that the access token descends from.
    pub(crate) session: Option<uuid::Uuid>,
    /// Whose budget pays: a hash of the token, or the address.
    pub(crate) bucket: String,
    /// The request, for the audit and the log.
    pub(crate) request_id: String,
    /// Where the request came from.
    pub(crate) peer: Option<IpAddr>,
}

/// What is the same for all requests of the process.
#[derive(Debug, Clone)]
pub(crate) struct Services {
    pub(crate) office: Office,
    pub(crate) settings: Arc<ApiSettings>,
    pub(crate) tokens: Arc<TokenIssuer>,
    pub(crate) sign_in_tries: Arc<SignInTries>,
    pub(crate) public_url: Arc<str>,
    pub(crate) authorizer: Arc<dyn Authorizer>,
}

/// What is attached to each request.
#[derive(Debug)]
pub(crate) struct RequestData {
    services: Services,
    caller: Caller,
    loaders: Option<Loaders>,
}

impl RequestData {
    /// Of one request. Mutations read without the loaders' cache: they change what was read before.
    pub(crate) fn new(services: Services, caller: Caller, cached: bool) -> Self {
        let office_id = caller.requester.as_ref().map(|requester| requester.office_id);
        let loaders = office_id.map(|office_id| Loaders::new(services.office.clone(), office_id, cached));
        Self { services, caller, loaders }
    }
}

/// What resolvers ask their context.
pub(crate) trait ContextExt<'a> {
    /// Who asks; an error without sign-in. Begin here: `ctx.requester()?.permit::<op::X>()?`.
    fn requester(&self) -> Result<&'a Requester, ApiError>;
    /// Who sent the request, signed in or not.
    fn caller(&self) -> Result<&'a Caller, ApiError>;
    /// The office.
    fn office(&self) -> Result<&'a Office, ApiError>;
    /// Loaders of this request.
    fn loaders(&self) -> Result<&'a Loaders, ApiError>;
    /// What is the same for all requests.
    fn services(&self) -> Result<&'a Services, ApiError>;
}

impl<'a> ContextExt<'a> for Context<'a> {
    fn requester(&self) -> Result<&'a Requester, ApiError> {
        data(self)?.caller.requester.as_ref().ok_or_else(ApiError::unauthenticated)
    }
    fn caller(&self) -> Result<&'a Caller, ApiError> {
        Ok(&data(self)?.caller)
    }
    fn office(&self) -> Result<&'a Office, ApiError> {
        Ok(&data(self)?.services.office)
    }
    fn loaders(&self) -> Result<&'a Loaders, ApiError> {
        data(self)?.loaders.as_ref().ok_or_else(ApiError::unauthenticated)
    }
    fn services(&self) -> Result<&'a Services, ApiError> {
        Ok(&data(self)?.services)
    }
}

fn data<'a>(ctx: &Context<'a>) -> Result<&'a RequestData, ApiError> {
    ctx.data_opt::<RequestData>()
        .ok_or_else(|| ApiError::new(crate::error::Code::Internal, "the request carries no data"))
}
