//! Partners: the network that the office supports. Calls `office::partners`.

mod mutation;
mod object;
mod query;

pub(crate) use mutation::PartnerMutation;
pub(crate) use object::Partner;
pub(crate) use query::PartnerQuery;
