# The backend: the API, the workers or both, as `--role` says. It brings no database: see compose.yaml.
FROM node:22.12-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY backend/db/patches backend/db/patches
# Only what the backend needs of the packages' own scripts: its runtime, and the patches (postinstall of package.json).
RUN npm ci --omit=dev --ignore-scripts && node node_modules/bun/install.js && npm run postinstall && npm cache clean --force
RUN mkdir /data

FROM debian:bookworm-20241202-slim
ENV NODE_ENV=production SHEAF_HOST=0.0.0.0 SHEAF_DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY migrations migrations
COPY backend backend
# Pictures and files, where no S3-compatible store is set: a volume that all processes share.
COPY --from=packages --chown=65532:65532 /data /data
VOLUME /data
# Nobody in particular: nothing has to be written but there and in /tmp.
USER 65532:65532
EXPOSE 8787
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
	CMD ["node_modules/.bin/bun", "-e", "const { SHEAF_WORKER_PORT, SHEAF_PORT = 8787 } = process.env; process.exit((await fetch(`http://127.0.0.1:${SHEAF_WORKER_PORT ?? SHEAF_PORT}/healthz`)).ok ? 0 : 1)"]
ENTRYPOINT ["node_modules/.bin/bun", "backend/main.ts"]
CMD ["--role", "all"]
