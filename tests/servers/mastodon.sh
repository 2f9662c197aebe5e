#!/usr/bin/env bash
# A server of Mastodon's API on 127.0.0.1 for the tests: mastodon_mock from PyPI, which others wrote after Mastodon's
# documentation. It is not Mastodon: no package registry has that. docs/channels/mastodon.md says where the two part.
#
#   mastodon.sh up      installs what is missing, starts it, prints JSON {base_url, account, token, other_account, …}
#   mastodon.sh info    prints the JSON of one that runs
#   mastodon.sh status  says whether it runs, and ends with 0 or 1
#   mastodon.sh down    stops it; its accounts live as long as it runs
#   mastodon.sh reset   stops it and forgets everything, what was installed too
#
# It needs Python 3.11 or later, with venv.
#
# MASTHEAD_TEST_DIR    where its state lives        (default ~/.cache/masthead-test)
# MASTODON_TEST_PORT   the port it listens on       (default 18087)
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
STATE="${MASTHEAD_TEST_DIR:-$HOME/.cache/masthead-test}/mastodon"
PORT="${MASTODON_TEST_PORT:-18087}"
URL="http://127.0.0.1:$PORT"
PACKAGES=(python3 python3-venv)

say() { echo "mastodon.sh: $*" >&2; }
die() { say "$*"; exit 1; }
# What with.sh may go on without; any other fault is one of ours.
unavailable() { say "$*"; exit 69; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else die "needs root to run: $* — run that once as root, or allow sudo without a password"
  fi
}

. "$HERE/processes.sh"

# ensurepip is what Debian's python3 lacks without python3-venv.
has_python() { python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

install_python() {
  has_python && return 0
  command -v apt-get >/dev/null || die "needs Python 3.11 or later with venv; on Debian: apt-get install ${PACKAGES[*]}"
  say "installing ${PACKAGES[*]}: the server of Mastodon's API is a Python program, kept in a folder of its own"
  as_root apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${PACKAGES[@]}" >&2
  has_python || die "needs Python 3.11 or later with venv: this machine's python3 is $(python3 --version 2>&1 || echo missing)"
}

# What is installed, and by which Python: of another version it could not run.
wanted() { { python3 --version; cat "$HERE/mastodon.txt"; } | sha256sum | cut -d' ' -f1; }

install_missing() {
  install_python
  [ "$(cat "$STATE/app/installed" 2>/dev/null)" != "$(wanted)" ] || return 0
  say "installing $(sed -n 's/^\(mastodon_mock==[0-9.]*\).*/\1/p' "$HERE/mastodon.txt") from PyPI: the connector is tested against a server that is not ours"
  rm -rf "$STATE/app"
  python3 -m venv "$STATE/app" >&2
  # Versions and digests are the file's; nothing is compiled.
  "$STATE/app/bin/pip" install --quiet --disable-pip-version-check --no-input --no-deps --only-binary :all: \
    --require-hashes -r "$HERE/mastodon.txt" >&2 ||
    unavailable "PyPI could not be reached, or has not what $HERE/mastodon.txt names (pip says above which): the network is needed once. Without this server: cargo test --workspace, which skips what no server is named for"
  wanted > "$STATE/app/installed"
}

# Two accounts, each with a token that may do everything: the office's, and that of somebody of the public.
configure() {
  local name
  rm -rf "$STATE/data"; mkdir -p "$STATE/data"
  for name in token other_token; do
    (umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$STATE/$name")
  done
  (umask 077; cat > "$STATE/config.toml" <<TOML
domain = "127.0.0.1:$PORT"
url_scheme = "http"
media_storage_path = "$STATE/data/media"
[database]
path = "$STATE/data/server.sqlite"
[auth]
enforce_scopes = true
[[seed.accounts]]
username = "commsdesk"
display_name = "Press office"
note = "<p>Run by the <b>press</b> office</p>"
access_token = "$(cat "$STATE/token")"
[[seed.accounts]]
username = "reader_one"
access_token = "$(cat "$STATE/other_token")"
TOML
  )
}

answers() { curl -sf -m 5 "$URL/api/v2/instance"; }

up() {
  mkdir -p "$STATE"; STATE=$(cd "$STATE" && pwd -P)
  command -v curl >/dev/null || die "needs curl, to ask whether it is up: apt-get install curl"
  install_missing
  if ! running server >/dev/null; then
    ! (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || die "port $PORT is taken: set MASTODON_TEST_PORT"
    configure
    start server "$STATE/app/bin/mastodon_mock" serve --config "$STATE/config.toml" --host 127.0.0.1 --port "$PORT" \
      --log-level warning
  fi
  until_true 60 server answers
  info
}

info() {
  running server >/dev/null || die "it is not running: $0 up"
  cat <<JSON
{
  "base_url": "$URL",
  "account": "commsdesk",
  "token": "$(cat "$STATE/token")",
  "other_account": "reader_one",
  "other_token": "$(cat "$STATE/other_token")"
}
JSON
}

status() {
  running server >/dev/null && answers >/dev/null || { echo "not running"; exit 1; }
  echo "running at $URL"
}

down() { stop server; }

case "${1:-}" in
  up | info | status | down) "$1" ;;
  reset) down; rm -rf "$STATE" ;;
  *) say "usage: $0 up|info|status|down|reset"; exit 2 ;;
esac
