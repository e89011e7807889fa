# Loket as a container: no root, and a root file system that may be read-only. On SQLite one container and one volume
# (/data), as here; many processes on MongoDB and Redis: compose.yaml.
#   docker build -t loket .
#   docker run -d --read-only -v loket-data:/data -p 127.0.0.1:3000:3000 \
#     -e PUBLIC_URL=https://loket.contohkab.go.id -e MASTER_KEY="$(cat master.key)" loket
# With Chromium, for the role `whatsapp`:  docker build --target whatsapp -t loket:whatsapp .
# The build is scripts/image-build.sh; scripts/image-check.sh goes through the same steps without a container engine.

FROM node:26-slim AS build
WORKDIR /build
COPY . .
RUN scripts/image-build.sh /app

FROM node:26-slim AS base
# Nobody installs packages in production, so what could is left out.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn*
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
COPY --from=build /app /app
RUN install -d -o node -g node -m 700 /data
WORKDIR /app
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]

FROM base AS whatsapp
USER root
RUN apt-get update \
 && apt-get install -y --no-install-recommends chromium fonts-noto-color-emoji \
 && rm -rf /var/lib/apt/lists/*
ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium
USER node

# The last is what is built when no target is named.
FROM base AS loket
