//! The HTTP server: built, bound, run, stopped. Knows the order of stopping: not ready any more, sockets closed, open
//! requests ended.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, dev::Server as HttpService, middleware::Compress, web::Data};
use office::{Office, channels::Authorizer};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    ApiSettings,
    auth::{Budget, SignInTries, TokenIssuer},
    graphql::{Services, schema, sdl},
    http::{self, Gate, MetricsRender, RequestIds, State},
};

/// Seconds that sockets get to say good-bye.
const GOOD_BYE: Duration = Duration::from_secs(2);

/// A server that is bound and waits to run.
pub struct Server {
    service: HttpService,
    address: SocketAddr,
    drain: CancellationToken,
    sockets: TaskTracker,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Server {
    /// Binds the address of the settings. Within a tokio runtime.
    pub fn build(
        office: Office,
        settings: ApiSettings,
        authorizer: Arc<dyn Authorizer>,
        metrics: MetricsRender,
    ) -> io::Result<Self> {
        // Bound first: the public address may depend on the port that the system chose.
        let listener = std::net::TcpListener::bind(&settings.listen)?;
        let address = listener.local_addr()?;
        let settings = Arc::new(settings);
        let (drain, sockets) = (CancellationToken::new(), TaskTracker::new());
        let state = state(office, Arc::clone(&settings), authorizer, metrics, address)?;
        let state = Data::new(State { drain: drain.clone(), sockets: sockets.clone(), ..state });
        let service = HttpServer::new(move || {
            App::new().app_data(Data::clone(&state)).wrap(Compress::default()).configure(http::routes)
        })
        .workers(settings.workers.max(1))
        .disable_signals()
        .shutdown_timeout(settings.shutdown_seconds)
        .listen(listener)?
        .run();
        Ok(Self { service, address, drain, sockets })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is cancelled, then stops: no new work, sockets closed with 1012, open requests ended.
    pub async fn run_until(self, stop: CancellationToken) -> io::Result<()> {
        let Self { mut service, drain, sockets, .. } = self;
        let handle = service.handle();
        tokio::select! {
            ended = &mut service => return ended,
            () = stop.cancelled() => {}
        }
        drain.cancel();
        sockets.close();
        let stopping = async {
            if tokio::time::timeout(GOOD_BYE, sockets.wait()).await.is_err() {
                tracing::warn!(sockets = sockets.len(), "sockets did not close in time");
            }
            handle.stop(true).await;
        };
        let (ended, ()) = tokio::join!(service, stopping);
        ended
    }
}

fn state(
    office: Office,
    settings: Arc<ApiSettings>,
    authorizer: Arc<dyn Authorizer>,
    metrics: MetricsRender,
    address: SocketAddr,
) -> io::Result<State> {
    let sdl = sdl();
    let gate = Gate::new(&sdl, Arc::clone(&settings)).map_err(io::Error::other)?;
    let request_ids = RequestIds::new().map_err(io::Error::other)?;
    let public_url = match settings.public_url.trim_end_matches('/') {
        "" => format!("http://{address}"),
        given => given.to_owned(),
    };
    let budget = Budget::new(settings.cost_per_minute, 60);
    let anonymous_budget = Budget::new(settings.anonymous_cost_per_minute, 60);
    let tries = SignInTries::new(settings.sign_in_tries, settings.sign_in_window_seconds);
    let services = Services {
        tokens: Arc::new(TokenIssuer::new(office.clone(), settings.public_url.trim_end_matches('/'))),
        office,
        sign_in_tries: Arc::new(tries),
        public_url: public_url.into(),
        authorizer,
        settings,
    };
    Ok(State {
        services,
        schema: schema(),
        gate,
        sdl: sdl.into(),
        budget,
        anonymous_budget,
        request_ids,
        metrics,
        drain: CancellationToken::new(),
        sockets: TaskTracker::new(),
    })
}
