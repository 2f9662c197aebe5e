#!/usr/bin/env bash
# A private PostgreSQL on 127.0.0.1 for the tests: its own cluster on a free port, beside whatever runs already.
#
#   postgres.sh up      installs what is missing, starts it, prints its URL
#   postgres.sh info    prints the URL of one that runs
#   postgres.sh down    stops it; the cluster stays for the next time
#   postgres.sh crash   ends it as if it had died, and starts it again where it was
#   postgres.sh reset   stops it and forgets everything
#
# MASTHEAD_TEST_POSTGRES   more options for the server, such as "-c synchronous_commit=on"
# MASTHEAD_TEST_DIR    where its state lives (default ~/.cache/masthead-test; for root /var/lib/masthead-test, because
#                      PostgreSQL does not run as root and its user must reach the folder)
# DURABLE=1            another cluster that keeps what it commits when the power goes, for measurements
set -euo pipefail

KIND=test
[ -z "${DURABLE:-}" ] || KIND=bench
if [ "$(id -u)" = 0 ]; then DEFAULT=/var/lib/masthead-$KIND; else DEFAULT="$HOME/.cache/masthead-$KIND"; fi
FOLDER="${MASTHEAD_TEST_DIR:-$DEFAULT}"
# A folder that PostgreSQL's own user cannot reach, such as one in /root, is of no use to it.
if [ "$(id -u)" = 0 ] && [ -d "$FOLDER" ] && id postgres >/dev/null 2>&1; then
  runuser -u postgres -- test -x "$FOLDER" 2>/dev/null || FOLDER=$DEFAULT
fi
STATE="$FOLDER/postgres"
PACKAGES=(postgresql)

say() { echo "postgres.sh: $*" >&2; }
die() { say "$*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else die "needs root to run: $* — run that once as root, or allow sudo without a password"
  fi
}

# PostgreSQL refuses to run as root: then Debian's user of that name runs it.
as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

install_missing() {
  [ -x "$(programs)/initdb" ] && return 0
  command -v apt-get >/dev/null || die "this needs PostgreSQL's server programs; on Debian: apt-get install ${PACKAGES[*]}"
  say "installing ${PACKAGES[*]}: every database test also runs on PostgreSQL, which larger offices use"
  as_root apt-get update -qq >&2
  # RUNLEVEL=1: Debian starts no service; we start our own.
  as_root env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${PACKAGES[@]}" >&2
  [ -x "$(programs)/initdb" ] || die "PostgreSQL was installed, but its programs are not in /usr/lib/postgresql"
}

make_cluster() {
  [ -f "$STATE/cluster/PG_VERSION" ] && [ "$(cat "$STATE/cluster/PG_VERSION")" != "$(basename "$(dirname "$(programs)")")" ] &&
    rm -rf "$STATE/cluster" # of another version
  [ -f "$STATE/cluster/PG_VERSION" ] && return 0
  (umask 077; head -c 24 /dev/urandom | base64 | tr -d '/+=\n' > "$STATE/password")
  [ "$(id -u)" != 0 ] || chown postgres: "$STATE/password"
  as_owner "$(programs)/initdb" -D "$STATE/cluster" -U masthead --pwfile="$STATE/password" -A scram-sha-256 \
    -E UTF8 --locale=C.UTF-8 > "$STATE/initdb.log" 2>&1 || { tail -20 "$STATE/initdb.log" >&2; die "no cluster could be made"; }
}

running() { as_owner "$(programs)/pg_ctl" -D "$STATE/cluster" status >/dev/null 2>&1; }

free_port() {
  local port
  for _ in $(seq 100); do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  die "no free port was found"
}

start() {
  local port
  running && return 0
  # The port may be taken between looking and starting: then another is tried.
  for _ in 1 2 3; do
    port=$(free_port)
    echo "$port" > "$STATE/port"
    # A test database may be lost with the power: no waiting for the disk.
    local careless="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    [ -z "${DURABLE:-}" ] || careless=""
    as_owner "$(programs)/pg_ctl" -D "$STATE/cluster" -l "$STATE/cluster/server.log" -w -t 60 -s start -o \
      "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$STATE/cluster $careless \
        -c max_connections=400 ${MASTHEAD_TEST_POSTGRES:-}" >&2 < /dev/null && return 0
  done
  tail -20 "$STATE/cluster/server.log" >&2
  die "PostgreSQL did not start"
}

make_database() {
  PGPASSWORD=$(cat "$STATE/password") "$(programs)/psql" -qAt -h 127.0.0.1 -p "$(cat "$STATE/port")" -U masthead -d postgres \
    -c "SELECT 1 FROM pg_database WHERE datname = 'masthead_test'" | grep -q 1 ||
    PGPASSWORD=$(cat "$STATE/password") "$(programs)/createdb" -h 127.0.0.1 -p "$(cat "$STATE/port")" -U masthead masthead_test
}

info() {
  running || die "it is not running: $0 up"
  echo "postgres://masthead:$(cat "$STATE/password")@127.0.0.1:$(cat "$STATE/port")/masthead_test"
}

up() {
  install_missing
  mkdir -p "$FOLDER"
  [ "$(id -u)" != 0 ] || runuser -u postgres -- test -x "$FOLDER" || die "the user postgres cannot reach $FOLDER: set MASTHEAD_TEST_DIR"
  mkdir -p "$STATE"
  [ "$(id -u)" != 0 ] || { chown postgres: "$STATE"; chmod 700 "$STATE"; }
  make_cluster; start; make_database; info
}

# What it had not written is lost, its connections end without a word, and it recovers from its log.
crash() {
  running || die "it is not running: $0 up"
  as_owner "$(programs)/pg_ctl" -D "$STATE/cluster" -l "$STATE/cluster/server.log" -m immediate -w -t 60 -s restart >&2 < /dev/null
}

down() {
  [ -f "$STATE/cluster/PG_VERSION" ] && running || return 0
  as_owner "$(programs)/pg_ctl" -D "$STATE/cluster" -m fast -w -s stop >&2
}

case "${1:-}" in
  up | info | crash | down) "$1" ;;
  reset) down; rm -rf "$STATE" ;;
  *) say "usage: $0 up|info|crash|down|reset"; exit 2 ;;
esac
