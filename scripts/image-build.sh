#!/usr/bin/env bash
# Puts what runs in production into TARGET: the sources, the built web app, and the packages of production only.
# The Dockerfile's build stage runs this; so does image-check.sh, on machines without a container engine.
set -euo pipefail
target=${1:?usage: scripts/image-build.sh TARGET (a folder that is made)}
cd "$(dirname "$0")/.."

mkdir -p "$target"
target=$(cd "$target" && pwd)
cp -R package.json package-lock.json .puppeteerrc.cjs tsconfig.json src flows.yaml office.yaml LICENSE NOTICE README.md "$target/"

cd "$target"
# With development packages first: Vite builds the operators' web app into dist/ (the script `prepare`).
npm ci --no-audit --no-fund
# Then without: the web app built a moment ago stays.
npm ci --omit=dev --no-audit --no-fund

test -f dist/inbox/index.html || { echo 'image-build: the web app was not built' >&2; exit 1; }
