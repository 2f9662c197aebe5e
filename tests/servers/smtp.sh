#!/usr/bin/env bash
# A mail server on 127.0.0.1 for the tests: smtp-server from npm, with a certificate of its own authority. It keeps what it
# takes and lets the tests read it; some recipients misbehave by their names (see smtp.mjs).
#
#   smtp.sh up      installs what is missing, starts it, prints JSON {host, port, username, password, ca_file, mailbox}
#   smtp.sh info    prints the JSON of one that runs
#   smtp.sh down    stops it
#   smtp.sh reset   stops it and forgets everything, what was installed too
#
# It listens on the port (STARTTLS and sign-in offered), on the next (both required), on the one after that (TLS from the
# first byte), and on a fourth for HTTP. It needs Node, npm and openssl.
#
# MASTHEAD_TEST_DIR    where its state lives        (default ~/.cache/masthead-test)
# SMTP_TEST_PORT       the first of its ports       (default 18125)
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
STATE="${MASTHEAD_TEST_DIR:-$HOME/.cache/masthead-test}/smtp"
PORT="${SMTP_TEST_PORT:-18125}"
VERSION=3.21.6

say() { echo "smtp.sh: $*" >&2; }
die() { say "$*"; exit 1; }

. "$HERE/processes.sh"

install_missing() {
  command -v npm >/dev/null && command -v node >/dev/null ||
    die "needs Node and npm, to install and run the server: apt-get install nodejs npm"
  command -v openssl >/dev/null || die "needs openssl, for its certificate: apt-get install openssl"
  if [ "$(cat "$STATE/app/installed" 2>/dev/null)" != "$VERSION" ]; then
    say "installing smtp-server $VERSION: mail is tested against a server with the real protocol"
    mkdir -p "$STATE/app"
    echo '{"private":true}' > "$STATE/app/package.json"
    (cd "$STATE/app" && npm install --no-audit --no-fund --loglevel=error "smtp-server@$VERSION" >&2)
    echo "$VERSION" > "$STATE/app/installed"
  fi
  [ -s "$STATE/server.pem" ] || certificate
}

certificate() {
  (
    cd "$STATE"
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=Masthead tests" -keyout ca.key -out ca.pem
    openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" -keyout server.key -out server.csr
    printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n' > extensions
    openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 800 -extfile extensions -out server.new
    mv server.new server.pem
  ) >/dev/null 2>&1 || die "its certificate could not be made"
  openssl rand -hex 16 > "$STATE/password"
}

up() {
  mkdir -p "$STATE"; STATE=$(cd "$STATE" && pwd -P)
  install_missing
  if ! running server >/dev/null; then
    ! (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || die "port $PORT is taken: set SMTP_TEST_PORT"
    start server env SMTP_APP="$STATE/app" SMTP_PORT="$PORT" SMTP_USER=desk SMTP_PASSWORD="$(cat "$STATE/password")" \
      SMTP_KEY="$STATE/server.key" SMTP_CERT="$STATE/server.pem" node "$HERE/smtp.mjs"
    until_true 60 server bash -c "exec 3<>/dev/tcp/127.0.0.1/$((PORT + 3))"
  fi
  info
}

info() {
  running server >/dev/null || die "it is not running: $0 up"
  cat <<JSON
{
  "host": "127.0.0.1",
  "port": "$PORT",
  "username": "desk",
  "password": "$(cat "$STATE/password")",
  "ca_file": "$STATE/ca.pem",
  "mailbox": "http://127.0.0.1:$((PORT + 3))"
}
JSON
}

down() { stop server; }

case "${1:-}" in
  up | info | down) "$1" ;;
  reset) down; rm -rf "$STATE" ;;
  *) say "usage: $0 up|info|down|reset"; exit 2 ;;
esac
