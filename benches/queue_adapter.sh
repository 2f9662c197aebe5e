#!/usr/bin/env bash
# Masthead's queue as a harness that measures other engines beside it calls it:
#
#   queue_adapter.sh setup                                  an empty database, an office, webhooks that lead to $SINK/post
#   queue_adapter.sh preload N                              N posts due from tomorrow
#   queue_adapter.sh batch N START_MS SPREAD_MS PREFIX      N posts due from START_MS (0: now), spread over SPREAD_MS
#   queue_adapter.sh single N CONCURRENCY PREFIX            N calls of the scheduling operation, so many at a time
#   queue_adapter.sh work                                   a worker until SIGTERM
#
# Each but the last prints {"n":..,"secs":..}. `batch` and `preload` write approved posts straight into the tables, as no
# client can: their rates say how fast the seeding is, the database's own look at its tables (ANALYZE) included. `single` is the operation that clients call.
#
# SINK           http://host:port of what counts the posts
# PG_URL         postgres://… ; the database is made beside it, with _masthead after its name
# ENGINE=sqlite  SQLite in the data folder, whatever PG_URL says
# RESCUE=fast    what a dead worker held is rescued as soon as the limits allow
# CHANNELS, CONCURRENCY                      webhooks (250), posts in flight of the worker (50)
# HONOURS_KEYS=1                             the sink makes nothing of a repeated key
# BENCH_DIR                                  the data folder
set -euo pipefail
cd "$(dirname "$0")/.."

BENCH_DIR=${BENCH_DIR:-${TMPDIR:-/tmp}/masthead-bench-adapter}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$HOME/.cache/masthead-target}
FOUND=$BENCH_DIR.program

build() {
  mkdir -p "$(dirname "$FOUND")"
  cargo bench --locked --bench queue --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"name":"queue".*"executable":"\([^"]*\)".*/\1/p' | tail -1 > "$FOUND"
  [ -s "$FOUND" ] || { echo "queue_adapter.sh: the bench does not build: cargo bench --bench queue --no-run" >&2; exit 1; }
}

VERB=${1:?setup, preload, batch, single or work}
shift
[ "$VERB" != setup ] && [ -s "$FOUND" ] || build

AT=(--data "$BENCH_DIR")
if [ "${ENGINE:-}" != sqlite ]; then
  export BENCH_DATABASE_URL="${PG_URL%%\?*}_masthead"
fi
case $VERB in
  setup) set -- --sink "${SINK:?}" --channels "${CHANNELS:-250}" ${HONOURS_KEYS:+--honours-keys} ;;
  work) set -- --concurrency "${CONCURRENCY:-50}"; [ "${RESCUE:-}" != fast ] || set -- "$@" --fast-rescue ;;
esac
exec "$(cat "$FOUND")" "$VERB" "${AT[@]}" "$@"
