#!/usr/bin/env bash
# A real WordPress on 127.0.0.1 for the tests: Debian's packages, its own MariaDB on a socket, PHP's own server.
#
#   wordpress.sh up      installs what is missing, starts it, prints JSON {base_url, username, application_password, …}
#   wordpress.sh info    prints the JSON of one that runs
#   wordpress.sh down    stops it; what it holds stays for the next time
#   wordpress.sh reset   stops it and forgets everything
#
# MASTHEAD_TEST_DIR       where its state lives        (default ~/.cache/masthead-test)
# WORDPRESS_TEST_PORT     the port it listens on       (default 18081)
set -euo pipefail

STATE="${MASTHEAD_TEST_DIR:-$HOME/.cache/masthead-test}/wordpress"
PORT="${WORDPRESS_TEST_PORT:-18081}"
URL="http://127.0.0.1:$PORT"
SITE="$STATE/site"
SOCKET="$STATE/database.sock"
PACKAGES=(wordpress mariadb-server php-cli php-mysql php-gd php-xml php-mbstring curl)

say() { echo "wordpress.sh: $*" >&2; }
die() { say "$*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else die "needs root to run: $* — run that once as root, or allow sudo without a password"
  fi
}

install_missing() {
  command -v dpkg-query >/dev/null || die "this needs Debian or Ubuntu (dpkg), to install: ${PACKAGES[*]}"
  local missing=() name
  for name in "${PACKAGES[@]}"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}: the connector is tested against a real WordPress, not an imitation"
  as_root apt-get update -qq >&2
  # RUNLEVEL=1: Debian starts none of the services that come along; we start our own.
  as_root env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

. "$(dirname "${BASH_SOURCE[0]}")/processes.sh"

start_database() {
  local me; me=$(id -un)
  if [ ! -d "$STATE/database/mysql" ]; then
    mariadb-install-db --no-defaults --user="$me" --datadir="$STATE/database" --skip-test-db \
      --auth-root-authentication-method=socket --auth-root-socket-user="$me" > "$STATE/database-install.log" 2>&1 \
      || { tail -20 "$STATE/database-install.log" >&2; die "the database could not be made"; }
  fi
  running database >/dev/null || start database "$(command -v mariadbd || echo /usr/sbin/mariadbd)" --no-defaults --user="$me" \
    --datadir="$STATE/database" --socket="$SOCKET" --pid-file="$STATE/mariadbd.pid" --skip-networking \
    --skip-log-bin --performance-schema=OFF --innodb-buffer-pool-size=32M
  until_true 60 database mariadb-admin --no-defaults -u "$me" -S "$SOCKET" ping
  mariadb --no-defaults -u "$me" -S "$SOCKET" -e 'CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4'
}

unpack_site() {
  [ -f "$SITE/wp-load.php" ] && return 0
  mkdir -p "$SITE"
  # -L: Debian's package is full of links. Some lead to files that only the web server's user reads; none matter.
  cp -RL /usr/share/wordpress/. "$SITE/" 2>/dev/null || true
  rm -f "$SITE/wp-config.php"
  mkdir -p "$SITE/wp-content/uploads" "$SITE/wp-content/themes/plain"
  printf '/*\nTheme Name: Plain\n*/\n' > "$SITE/wp-content/themes/plain/style.css"
  echo '<?php wp_head(); while (have_posts()) { the_post(); the_title(); the_content(); }' \
    > "$SITE/wp-content/themes/plain/index.php"
}

configure() {
  local salt
  [ -s "$STATE/salt" ] || (umask 077; head -c 32 /dev/urandom | base64 | tr -d '/+=\n' > "$STATE/salt")
  salt=$(cat "$STATE/salt")
  { echo '<?php'
    local name
    for name in AUTH SECURE_AUTH LOGGED_IN NONCE; do
      echo "define('${name}_KEY', '$salt-$name-key'); define('${name}_SALT', '$salt-$name-salt');"
    done
    cat <<PHP
define('DB_NAME', 'wordpress'); define('DB_USER', '$(id -un)'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:$SOCKET'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '$URL'); define('WP_SITEURL', '$URL'); define('WP_DEFAULT_THEME', 'plain');
// Without HTTPS, only a 'local' site offers application passwords.
define('WP_ENVIRONMENT_TYPE', 'local');
// A test asks nobody else: no updates, no requests out, no cron of its own.
define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('DISABLE_WP_CRON', true);
define('WP_DEBUG', false);
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
PHP
  } > "$SITE/wp-config.php"
}

# Installs the blog, and makes an editor with a fresh application password.
seed() {
  [ -s "$STATE/account.json" ] && return 0
  cat > "$STATE/seed.php" <<'PHP'
<?php
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => getenv('SITE_HOST'), 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/'];
require getenv('SITE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
if (!is_blog_installed()) { wp_install('Test office', 'admin', 'admin@example.test', true, '', bin2hex(random_bytes(16))); }
update_option('permalink_structure', '/%year%/%postname%/');
update_option('timezone_string', 'Europe/Berlin'); // not UTC: instants must survive a local time
switch_theme('plain');
global $wp_rewrite; $wp_rewrite->init(); flush_rewrite_rules(false);
$passwords = [];
foreach (['press' => 'editor', 'contributor' => 'contributor'] as $login => $role) {
  $user = get_user_by('login', $login);
  $id = $user ? $user->ID : wp_insert_user(['user_login' => $login, 'user_pass' => bin2hex(random_bytes(16)),
    'user_email' => "$login@example.test", 'display_name' => ucfirst($login) . ' office', 'role' => $role]);
  WP_Application_Passwords::delete_all_application_passwords($id);
  [$passwords[$login]] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'masthead tests']);
}
file_put_contents(getenv('OUT'), json_encode(['version' => get_bloginfo('version'), 'username' => 'press',
  'application_password' => $passwords['press'], 'contributor_password' => $passwords['contributor']]));
PHP
  (umask 077; SITE=$SITE SITE_HOST="127.0.0.1:$PORT" OUT="$STATE/account.json" php "$STATE/seed.php" >&2)
  [ -s "$STATE/account.json" ] || die "WordPress could not be installed"
}

start_site() {
  # What is a file is served as one; everything else, the API too, is WordPress's.
  cat > "$STATE/router.php" <<'PHP'
<?php
if (is_file($_SERVER['DOCUMENT_ROOT'] . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH))) { return false; }
$_SERVER['SCRIPT_NAME'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
PHP
  if ! running site >/dev/null; then
    (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null && die "port $PORT is taken: set WORDPRESS_TEST_PORT"
    PHP_CLI_SERVER_WORKERS=4 start site php -d upload_max_filesize=32M -d post_max_size=32M -d display_errors=0 \
      -S "127.0.0.1:$PORT" -t "$SITE" "$STATE/router.php"
  fi
  until_true 60 site curl -sf -m 10 "$URL/wp-json/wp/v2/types/post"
}

up() {
  install_missing
  mkdir -p "$STATE"; STATE=$(cd "$STATE" && pwd -P)
  start_database; unpack_site; configure; seed; start_site
  info
}

info() {
  running site >/dev/null || die "it is not running: $0 up"
  php -r '$a = json_decode(file_get_contents($argv[1]), true);
    echo json_encode(["base_url" => $argv[2]] + $a, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES), "\n";' "$STATE/account.json" "$URL"
}

down() { stop site; stop database; }

case "${1:-}" in
  up | info | down) "$1" ;;
  reset) down; rm -rf "$STATE" ;;
  *) say "usage: $0 up|info|down|reset"; exit 2 ;;
esac
