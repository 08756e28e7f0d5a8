# syntax=docker/dockerfile:1
# One image for web, worker or both (RUN). State lives outside: PostgreSQL, Redis, Meilisearch, and /data for files.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# What builds the pages is among the dependencies, because a start builds them too.
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
RUN npm run build && rm -rf tests

FROM node:22-bookworm-slim
ENV NODE_ENV=production PORT=3000 DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build --chown=root:root /app /app
# The build is made of exactly these sources, so nothing is written here at the start.
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/healthz').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--import", "tsx", "app/server/index.ts"]
