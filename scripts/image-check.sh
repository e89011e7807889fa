#!/usr/bin/env bash
# Goes through the steps of the container image without a container: production install into a temporary folder,
# start as the image starts it, health, the built web app, simulator off, nothing written outside DATA_DIR, clean stop.
# Then whatever tools there are (docker compose, kubectl, caddy) read their own files; test/deploy/ checks what is in them.
set -euo pipefail
repo=$(cd "$(dirname "$0")/.." && pwd)

# The image has Node 26 of its own; here it is the npm package `node` of the checkout.
export PATH="$repo/node_modules/.bin:$PATH"
case $(node --version) in
  v26.*) ;;
  *) echo "image-check: needs Node 26, found $(node --version); run npm ci first" >&2; exit 1 ;;
esac

work=$(mktemp -d)
service=
finish() {
  if [ -n "$service" ]; then kill "$service" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT
fail() { echo "image-check: $*" >&2; cat "$work/talk" "$work/log" >&2 2>/dev/null || true; exit 1; }

"$repo/scripts/image-build.sh" "$work/app"
cd "$work/app"
for package in vite vitest typescript node; do
  if [ -e "node_modules/$package" ]; then fail "the development package $package is installed"; fi
done
touch "$work/before" "$work/talk" "$work/log"

NODE_ENV=production HOST=127.0.0.1 PORT=0 PUBLIC_URL=https://loket.contohkab.go.id DATA_DIR="$work/data" \
  MASTER_KEY=$(node -p 'crypto.randomBytes(32).toString("base64")') \
  node src/main.ts >"$work/log" 2>"$work/talk" &
service=$!

# PORT=0 takes a free port; the address stands on standard error once the service answers.
url=
for _ in $(seq 300); do
  url=$(sed -n 's|.*Health *\(http://.*\)/healthz|\1|p' "$work/talk")
  [ -z "$url" ] || break
  kill -0 "$service" 2>/dev/null || fail 'it ended at the start'
  sleep 0.1
done
[ -n "$url" ] || fail 'it did not start within 30 s'

status() { node -e 'fetch(process.argv[1]).then((answer) => console.log(answer.status))' "$url$1"; }
expect() { [ "$(status "$1")" = "$2" ] || fail "GET $1 answered $(status "$1") instead of $2"; }
expect /healthz 200
expect /readyz 200
expect /inbox 200
expect /simulator 404

kill -TERM "$service"
wait "$service" || fail "it stopped with exit code $?"
service=
written=$(find "$work/app" -newer "$work/before" ! -type d)
[ -z "$written" ] || fail "it wrote outside DATA_DIR: $written"
echo 'image-check: production install, start, health, stop: fine'

cd "$repo"
sed 's/^\([A-Z_]*\)=$/\1=x/' deploy/env.example >"$work/env"
read_by() { # NAME OF TOOL, COMMAND TO ASK FOR IT, COMMAND THAT READS
  if $2 >/dev/null 2>&1; then
    $3 >"$work/talk" 2>&1 || fail "$1 refuses its file"
    echo "image-check: read by $1"
  else
    echo "image-check: SKIPPED, no $1 here"
  fi
}
read_by 'docker compose' 'docker compose version' "docker compose --env-file $work/env config --quiet"
read_by kubectl 'kubectl version --client' 'kubectl kustomize deploy/kubernetes'
export PUBLIC_URL=https://loket.contohkab.go.id
read_by caddy 'caddy version' 'caddy validate --adapter caddyfile --config deploy/Caddyfile'
