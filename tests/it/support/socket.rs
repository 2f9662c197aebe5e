//! A `graphql-transport-ws` socket, as a client would speak it.

use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest as _, http::HeaderValue},
};

use super::client::{Client, PATIENCE};

const PROTOCOL: &str = "graphql-transport-ws";

/// An open socket.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opened, and nothing said.
    pub(crate) async fn open(client: &Client) -> Self {
        Self::speaking(client, Some(PROTOCOL)).await.unwrap()
    }

    /// Opened with another protocol, or none.
    pub(crate) async fn speaking(
        client: &Client,
        protocol: Option<&str>,
    ) -> Result<Self, tokio_tungstenite::tungstenite::Error> {
        let address = client.address("/graphql/ws").replacen("http", "ws", 1);
        let mut request = address.into_client_request().unwrap();
        if let Some(protocol) = protocol {
            request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_str(protocol).unwrap());
        }
        let (stream, _) = connect_async(request).await?;
        Ok(Self(stream))
    }

    /// Opened, and acknowledged as this client.
    pub(crate) async fn begun(client: &Client) -> Self {
        let mut socket = Self::open(client).await;
        socket.init(client.token()).await;
        assert_eq!(socket.hear().await["type"], "connection_ack");
        socket
    }

    /// Says who it is.
    pub(crate) async fn init(&mut self, token: &str) {
        let authorization = format!("Bearer {token}");
        self.say(json!({ "type": "connection_init", "payload": { "authorization": authorization } })).await;
    }

    /// Begins an operation.
    pub(crate) async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.say(json!({ "type": "subscribe", "id": id, "payload": payload })).await;
    }

    /// Says a message.
    pub(crate) async fn say(&mut self, message: Value) {
        self.say_raw(&message.to_string()).await;
    }

    /// Says anything.
    pub(crate) async fn say_raw(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// The next message.
    pub(crate) async fn hear(&mut self) -> Value {
        match self.next().await {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("the service said {other:?}"),
        }
    }

    /// The next event of an operation.
    pub(crate) async fn event(&mut self, id: &str) -> Value {
        let message = self.hear().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("next"), &json!(id)), "{message}");
        assert!(message["payload"]["errors"].is_null(), "{message}");
        message["payload"]["data"].clone()
    }

    /// The code with which the service closes it, whatever it said before.
    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.next().await {
                return frame.map_or(1005, |frame| frame.code.into());
            }
        }
    }

    async fn next(&mut self) -> Message {
        // Pings are no news: patience is for all of them together.
        let wait = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(message)) => return message,
                    other => panic!("the socket broke: {other:?}"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("the service says nothing"))
    }
}
