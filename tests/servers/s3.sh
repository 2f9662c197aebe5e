#!/usr/bin/env bash
# An S3 store on 127.0.0.1 for the tests: s3rver from npm. It knows one key, and does not
# check signatures of the fourth version: that a request is signed right only a real store tells.
#
#   s3.sh up      installs what is missing, starts it, prints JSON {endpoint, bucket, access_key, secret_key}
#   s3.sh info    prints the JSON of one that runs
#   s3.sh down    stops it
#   s3.sh reset   stops it and forgets everything, what was installed too
#
# It needs Node and npm.
#
# MASTHEAD_TEST_DIR    where its state lives        (default ~/.cache/masthead-test)
# S3_TEST_PORT         the port it listens on       (default 18086)
set -euo pipefail

STATE="${MASTHEAD_TEST_DIR:-$HOME/.cache/masthead-test}/s3"
PORT="${S3_TEST_PORT:-18086}"
VERSION=3.7.1 BUCKET=media

say() { echo "s3.sh: $*" >&2; }
die() { say "$*"; exit 1; }

. "$(dirname "${BASH_SOURCE[0]}")/processes.sh"

install_missing() {
  command -v npm >/dev/null && command -v node >/dev/null ||
    die "needs Node and npm, to install and run the store: apt-get install nodejs npm"
  [ "$(cat "$STATE/app/installed" 2>/dev/null)" != "$VERSION" ] || return 0
  say "installing s3rver $VERSION: the media store is tested against one that speaks its protocol"
  mkdir -p "$STATE/app"
  echo '{"private":true}' > "$STATE/app/package.json"
  (cd "$STATE/app" && npm install --no-audit --no-fund --loglevel=error "s3rver@$VERSION" >&2)
  echo "$VERSION" > "$STATE/app/installed"
}

up() {
  mkdir -p "$STATE"; STATE=$(cd "$STATE" && pwd -P)
  install_missing
  if ! running store >/dev/null; then
    ! (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || die "port $PORT is taken: set S3_TEST_PORT"
    rm -rf "$STATE/data"; mkdir -p "$STATE/data"
    start store node "$STATE/app/node_modules/s3rver/bin/s3rver.js" --address 127.0.0.1 --port "$PORT" \
      --directory "$STATE/data" --silent --configure-bucket "$BUCKET"
    until_true 60 store bash -c "exec 3<>/dev/tcp/127.0.0.1/$PORT"
  fi
  info
}

# The store knows one key, and no other.
info() {
  running store >/dev/null || die "it is not running: $0 up"
  cat <<JSON
{
  "endpoint": "http://127.0.0.1:$PORT",
  "bucket": "$BUCKET",
  "access_key": "S3RVER",
  "secret_key": "S3RVER"
}
JSON
}

down() { stop store; }

case "${1:-}" in
  up | info | down) "$1" ;;
  reset) down; rm -rf "$STATE" ;;
  *) say "usage: $0 up|info|down|reset"; exit 2 ;;
esac
