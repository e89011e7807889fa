# Loket as a container: one process, one volume (/data), no root, and a root file system that may be read-only.
#   docker build -t loket .
#   docker run -d --read-only -v loket-data:/data -p 127.0.0.1:3000:3000 \
#     -e PUBLIC_URL=https://loket.contohkab.go.id -e MASTER_KEY="$(cat master.key)" loket
# The build is scripts/image-build.sh; scripts/image-check.sh goes through the same steps without a container engine.

FROM node:26-slim AS build
WORKDIR /build
COPY . .
RUN scripts/image-build.sh /app

FROM node:26-slim
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
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
