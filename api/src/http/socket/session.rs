//! One socket from its opening to its close: who it is, its operations, its deadlines. Knows the protocol's rules; the gate
//! and the schema decide about operations.

use std::{collections::HashMap, pin::pin, time::Duration};

use actix_web::web::Data;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, ProtocolError, Session};
use async_graphql::Response;
use futures::{
    StreamExt as _,
    stream::{self, AbortHandle, BoxStream, SelectAll, abortable},
};
use serde_json::{Map, Value};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};

use super::protocol::{Close, Incoming, Outgoing};
use crate::{
    auth::{self, Credentials, Denied},
    error,
    http::{
        State,
        graphql::{self, Operation},
    },
};

/// Pings in a row that a client may leave unanswered.
const SILENT_PINGS: u32 = 3;

/// An operation's next answer, or none when it has ended.
type Event = (String, Option<Response>);

/// One socket.
pub(super) struct Connection {
    state: Data<State>,
    session: Session,
    credentials: Credentials,
    begun: bool,
    deadline: Instant,
    silent: u32,
    running: HashMap<String, AbortHandle>,
    events: SelectAll<BoxStream<'static, Event>>,
}

/// Why the loop ends: with a word to the client, or because it is gone.
enum End {
    Close(Close),
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

impl Connection {
    pub(super) fn new(state: Data<State>, session: Session, credentials: Credentials) -> Self {
        let deadline = Instant::now() + Duration::from_secs(state.services.settings.ws_init_seconds);
        let (running, events) = (HashMap::new(), SelectAll::new());
        Self { state, session, credentials, begun: false, deadline, silent: 0, running, events }
    }

    /// Speaks until one side ends it.
    pub(super) async fn run(mut self, messages: AggregatedMessageStream) {
        let end = self.speak(messages).await;
        for handle in self.running.values() {
            handle.abort();
        }
        let reason = match end {
            End::Close(close) => {
                tracing::debug!(request.id = %self.credentials.request_id, code = close.code, "a socket closes");
                Some(close.into())
            }
            End::Gone => None,
        };
        drop(self.session.close(reason).await);
    }

    async fn speak(&mut self, messages: AggregatedMessageStream) -> End {
        let mut messages = pin!(messages);
        let mut pings = pings(self.state.services.settings.ws_ping_seconds);
        let drain = self.state.drain.clone();
        loop {
            let step = tokio::select! {
                biased;
                () = drain.cancelled() => Err(Close::restart().into()),
                () = sleep_until(self.deadline) => Err(self.out_of_time().into()),
                message = messages.next() => self.hear(message).await,
                Some(event) = self.events.next() => self.tell(event).await,
                _ = pings.tick() => self.ping().await,
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    /// The deadline is the init's until it came, then the token's end.
    fn out_of_time(&self) -> Close {
        if self.begun { Close::forbidden() } else { Close::late() }
    }

    async fn hear(&mut self, message: Option<Result<AggregatedMessage, ProtocolError>>) -> Result<(), End> {
        self.silent = 0;
        match message {
            Some(Ok(AggregatedMessage::Text(text))) => self.act(&text).await,
            Some(Ok(AggregatedMessage::Binary(_))) => {
                Err(Close::invalid("Invalid message: not a text").into())
            }
            Some(Ok(AggregatedMessage::Ping(bytes))) => {
                self.session.pong(&bytes).await.map_err(|_closed| End::Gone)
            }
            Some(Ok(AggregatedMessage::Pong(_))) => Ok(()),
            Some(Err(ProtocolError::Overflow | ProtocolError::Io(_))) => Err(Close::too_big().into()),
            Some(Ok(AggregatedMessage::Close(_))) => Err(Close::new(1000, "").into()),
            Some(Err(_)) | None => Err(End::Gone),
        }
    }

    async fn act(&mut self, text: &str) -> Result<(), End> {
        match Incoming::read(text, self.state.services.settings.json_depth)? {
            Incoming::ConnectionInit { payload } => self.begin(payload.unwrap_or_default()).await,
            Incoming::Ping { payload } => self.send(&Outgoing::Pong { payload }).await,
            Incoming::Pong {} => Ok(()),
            Incoming::Subscribe { id, payload } => self.subscribe(id, payload).await,
            Incoming::Complete { id } => {
                if let Some(handle) = self.running.remove(&id) {
                    handle.abort();
                }
                Ok(())
            }
        }
    }

    async fn begin(&mut self, payload: Map<String, Value>) -> Result<(), End> {
        if self.begun {
            return Err(Close::twice().into());
        }
        let given = ["authorization", "Authorization"].iter().find_map(|name| payload.get(*name));
        if let Some(given) = given {
            self.credentials.authorization = Some(given.as_str().unwrap_or_default().to_owned());
        }
        let caller = auth::caller(&self.state.services, &self.credentials).await.map_err(denied)?;
        self.begun = true;
        self.deadline = match caller.expires_at {
            Some(at) => {
                let left = (at - self.state.services.office.now()).to_std().unwrap_or_default();
                Instant::now() + left
            }
            None => Instant::now() + Duration::from_hours(24),
        };
        self.send(&Outgoing::ConnectionAck {}).await
    }

    async fn subscribe(&mut self, id: String, operation: Operation) -> Result<(), End> {
        if !self.begun {
            return Err(Close::unauthorized().into());
        }
        if self.running.contains_key(&id) {
            return Err(Close::duplicate(&id).into());
        }
        if self.running.len() >= self.state.services.settings.ws_operations {
            return Err(Close::invalid("Too many operations").into());
        }
        // Rights are those of this moment, not of the init.
        let caller = auth::caller(&self.state.services, &self.credentials).await.map_err(denied)?;
        match graphql::prepare(&self.state, operation, caller).await {
            Ok((request, _, _)) => {
                let (stream, handle) =
                    abortable(answers(id.clone(), self.state.schema.execute_stream(request)));
                self.running.insert(id, handle);
                self.events.push(stream.boxed());
                Ok(())
            }
            Err(stopped) => self.send(&Outgoing::Error { id: &id, payload: &stopped.errors }).await,
        }
    }

    async fn tell(&mut self, event: Event) -> Result<(), End> {
        let (id, response) = event;
        if let Some(mut response) = response {
            error::finish(&mut response, &self.credentials.request_id);
            return self.send(&Outgoing::Next { id: &id, payload: &response }).await;
        }
        self.running.remove(&id);
        self.send(&Outgoing::Complete { id: &id }).await
    }

    async fn ping(&mut self) -> Result<(), End> {
        self.silent += 1;
        if self.silent > SILENT_PINGS {
            return Err(End::Gone);
        }
        if self.begun {
            // Whoever left, or whose token was revoked, hears no more; asked here so that it costs nothing for each event.
            auth::caller(&self.state.services, &self.credentials).await.map_err(denied)?;
        }
        self.session.ping(b"").await.map_err(|_closed| End::Gone)
    }

    async fn send(&mut self, message: &Outgoing<'_>) -> Result<(), End> {
        let text = serde_json::to_string(message).map_err(|_unwritable| End::Gone)?;
        self.session.text(text).await.map_err(|_closed| End::Gone)
    }
}

/// The answers of an operation, and then its end.
fn answers(id: String, responses: BoxStream<'static, Response>) -> impl futures::Stream<Item = Event> + Send {
    let end = stream::iter([(id.clone(), None)]);
    responses.map(move |response| (id.clone(), Some(response))).chain(end)
}

fn denied(denied: Denied) -> End {
    match denied {
        Denied::Bad(_) => Close::forbidden().into(),
        Denied::Fault(fault) => {
            tracing::error!(error = %fault, "credentials could not be checked");
            Close::new(1011, "Internal error").into()
        }
    }
}

fn pings(seconds: u64) -> Interval {
    let every = Duration::from_secs(seconds.max(1));
    let mut pings = interval_at(Instant::now() + every, every);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings
}
