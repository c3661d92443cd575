# syntax=docker/dockerfile:1

# The current LTS of Node.js, by its major.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY explorer ./explorer
COPY scripts ./scripts
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 CATALOG_DIR=/var/cache/mode-graphql
RUN install -d -o node -g node -m 700 /var/cache/mode-graphql
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY bin ./bin
COPY package.json schema.graphql LICENSE ./
USER node
VOLUME /var/cache/mode-graphql
EXPOSE 4000
# /health says that the process lives; whether Mode can be asked is /ready's to say.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Exec form: node itself gets SIGTERM, and lets running questions finish.
ENTRYPOINT ["node", "bin/mode-graphql.cjs"]
CMD ["serve"]
