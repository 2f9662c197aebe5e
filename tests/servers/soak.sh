#!/usr/bin/env bash
# Runs a command with what the long fault suite needs: a PostgreSQL of its own, which the suite crashes, and Debian's
# faketime, by which it sets clocks:
#   soak.sh cargo test --release --workspace --locked --test it -- --ignored --exact faults::soak --nocapture
#
# The command sees TEST_DATABASE_URL and SOAK_POSTGRES, whose `crash` ends the server as if it had died, and starts it again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
say() { echo "soak: $*" >&2; }

if [ "$(id -u)" = 0 ]; then export MASTHEAD_TEST_DIR=/var/lib/masthead-soak; else export MASTHEAD_TEST_DIR="$HOME/.cache/masthead-soak"; fi
# A commit that was answered must outlive a crash of the server, as it does with PostgreSQL's own defaults.
export MASTHEAD_TEST_POSTGRES="-c synchronous_commit=on"

if ! ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1; then
  say "installing faketime: clocks are stepped with it"
  root=(); [ "$(id -u)" = 0 ] || root=(sudo -n)
  { "${root[@]}" apt-get update -qq && "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends faketime; } >&2 ||
    say "faketime could not be installed: no clock will be stepped"
fi

stop() { local code=$?; "$here/postgres.sh" down >&2 || say "PostgreSQL did not stop"; exit "$code"; }
trap stop EXIT
trap 'exit 130' INT TERM
say "starting PostgreSQL, private to this run"
TEST_DATABASE_URL=$("$here/postgres.sh" up)
export TEST_DATABASE_URL SOAK_POSTGRES="$here/postgres.sh"
say "running: $*"
"$@"
