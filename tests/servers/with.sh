#!/usr/bin/env bash
# Runs a command with the servers that the tests use, and stops those that it started:
#   with.sh cargo test --workspace
#
# The command sees TEST_DATABASE_URL (PostgreSQL), WORDPRESS_TEST_URL, _USER and _PASSWORD, and BLUESKY_TEST_URL (the address of
# an AT Protocol server with an AppView), _IDENTIFIER, _PASSWORD, _OTHER_IDENTIFIER and _OTHER_PASSWORD (another account), and MASTODON_TEST_URL (the address of a server of Mastodon's API), _TOKEN and
# _OTHER_TOKEN (of somebody of the public), and S3_TEST_ENDPOINT, _BUCKET, _ACCESS_KEY and _SECRET_KEY, and SMTP_TEST_HOST, _PORT, _USERNAME, _PASSWORD, _CA_FILE and _MAILBOX. What is set already is taken as it is, and nothing is started for it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
say() { echo "tests: $*" >&2; }
started=()
field() { sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" <<< "$account"; }
stop() {
  local code=$? name at
  # The last first: the AppView keeps its index on PostgreSQL.
  for ((at = ${#started[@]} - 1; at >= 0; at--)); do
    name=${started[at]}
    "$here/$name.sh" down >&2 || say "$name did not stop"
  done
  exit "$code"
}
trap stop EXIT
trap 'exit 130' INT TERM

if [ -z "${TEST_DATABASE_URL:-}" ]; then
  say "starting PostgreSQL, private to the tests"
  "$here/postgres.sh" info >/dev/null 2>&1 || started+=(postgres)
  TEST_DATABASE_URL=$("$here/postgres.sh" up)
fi
if [ -z "${WORDPRESS_TEST_URL:-}" ]; then
  say "starting WordPress, private to the tests"
  "$here/wordpress.sh" info >/dev/null 2>&1 || started+=(wordpress)
  account=$("$here/wordpress.sh" up)
  WORDPRESS_TEST_URL=$(field base_url)
  WORDPRESS_TEST_USER=$(field username)
  WORDPRESS_TEST_PASSWORD=$(field application_password)
  [ -n "$WORDPRESS_TEST_URL" ] && [ -n "$WORDPRESS_TEST_PASSWORD" ] || { say "WordPress did not say where it is"; exit 1; }
fi
if [ -z "${BLUESKY_TEST_URL:-}" ]; then
  say "starting Bluesky's server and AppView, private to the tests"
  "$here/bluesky.sh" info >/dev/null 2>&1 || started+=(bluesky)
  account=$(TEST_DATABASE_URL="$TEST_DATABASE_URL" "$here/bluesky.sh" up)
  BLUESKY_TEST_URL=$(field base_url)
  BLUESKY_TEST_IDENTIFIER=$(field identifier)
  BLUESKY_TEST_PASSWORD=$(field app_password)
  BLUESKY_TEST_OTHER_IDENTIFIER=$(field other_handle)
  BLUESKY_TEST_OTHER_PASSWORD=$(field other_app_password)
  [ -n "$BLUESKY_TEST_URL" ] && [ -n "$BLUESKY_TEST_PASSWORD" ] && [ -n "$BLUESKY_TEST_OTHER_PASSWORD" ] || { say "Bluesky's server did not say where it is"; exit 1; }
fi
if [ -z "${MASTODON_TEST_URL:-}" ]; then
  say "starting a server of Mastodon's API, private to the tests"
  "$here/mastodon.sh" info >/dev/null 2>&1 || started+=(mastodon)
  # It is a second witness beside the scripted one, and comes from a registry that nothing else here needs.
  code=0
  account=$("$here/mastodon.sh" up) || code=$?
  if [ "$code" -eq 0 ]; then
    MASTODON_TEST_URL=$(field base_url)
    MASTODON_TEST_TOKEN=$(field token)
    MASTODON_TEST_OTHER_TOKEN=$(field other_token)
    [ -n "$MASTODON_TEST_URL" ] && [ -n "$MASTODON_TEST_TOKEN" ] || { say "the server of Mastodon's API did not say where it is"; exit 1; }
  elif [ "$code" -eq 69 ]; then
    say "NOT TESTED: the server of Mastodon's API could not be had (see above); its tests say that they were skipped"
  else
    exit "$code"
  fi
fi
if [ -z "${S3_TEST_ENDPOINT:-}" ]; then
  say "starting an S3 store, private to the tests"
  "$here/s3.sh" info >/dev/null 2>&1 || started+=(s3)
  account=$("$here/s3.sh" up)
  S3_TEST_ENDPOINT=$(field endpoint)
  S3_TEST_BUCKET=$(field bucket)
  S3_TEST_ACCESS_KEY=$(field access_key)
  S3_TEST_SECRET_KEY=$(field secret_key)
  [ -n "$S3_TEST_ENDPOINT" ] || { say "the S3 store did not say where it is"; exit 1; }
fi
if [ -z "${SMTP_TEST_HOST:-}" ]; then
  say "starting a mail server, private to the tests"
  "$here/smtp.sh" info >/dev/null 2>&1 || started+=(smtp)
  account=$("$here/smtp.sh" up)
  SMTP_TEST_HOST=$(field host)
  SMTP_TEST_PORT=$(field port)
  SMTP_TEST_USERNAME=$(field username)
  SMTP_TEST_PASSWORD=$(field password)
  SMTP_TEST_CA_FILE=$(field ca_file)
  SMTP_TEST_MAILBOX=$(field mailbox)
  [ -n "$SMTP_TEST_HOST" ] && [ -n "$SMTP_TEST_MAILBOX" ] || { say "the mail server did not say where it is"; exit 1; }
fi
export SMTP_TEST_HOST SMTP_TEST_PORT SMTP_TEST_USERNAME SMTP_TEST_PASSWORD SMTP_TEST_CA_FILE SMTP_TEST_MAILBOX
export S3_TEST_ENDPOINT S3_TEST_BUCKET S3_TEST_ACCESS_KEY S3_TEST_SECRET_KEY
[ -z "${MASTODON_TEST_URL:-}" ] || export MASTODON_TEST_URL MASTODON_TEST_TOKEN MASTODON_TEST_OTHER_TOKEN
export BLUESKY_TEST_URL BLUESKY_TEST_IDENTIFIER BLUESKY_TEST_PASSWORD BLUESKY_TEST_OTHER_IDENTIFIER BLUESKY_TEST_OTHER_PASSWORD
export TEST_DATABASE_URL WORDPRESS_TEST_URL WORDPRESS_TEST_USER WORDPRESS_TEST_PASSWORD
say "running: $*"
"$@"
