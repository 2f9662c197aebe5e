#!/bin/sh
# Fetches the vendored files again. To take newer versions, change them here and in README.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
take() { # package version file…
  name=$1 version=$2
  shift 2
  npm pack --silent "$name@$version" >/dev/null
  tar xzf "$name-$version.tgz"
  for file in "$@"; do
    sed -e '/^\/\/# sourceMappingURL/d' -e 's#/\*\# sourceMappingURL=[^*]*\*/##' "package/$file" >"$here/$(basename "$file")"
  done
  rm -rf package
}
take graphiql 3.9.0 graphiql.min.js graphiql.min.css
take react 18.3.1 umd/react.production.min.js
take react-dom 18.3.1 umd/react-dom.production.min.js
take graphql-ws 5.16.2 umd/graphql-ws.min.js
echo "refreshed $here"
