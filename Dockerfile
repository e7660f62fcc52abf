# One image for every process of the house: docker-compose.yml says which one a container runs. Sources run as they
# are, by type stripping, so the workspace keeps its links: no bundle, no copies of our packages in node_modules.
FROM node:24.21.0-bookworm-slim AS build
ENV CI=true APOLLO_TELEMETRY_DISABLED=true
RUN npm install --global pnpm@10.34.8
WORKDIR /app
COPY . .
# the generator of the resolvers' types is a tool of development: it goes before the packages of production come
RUN pnpm install --frozen-lockfile \
  && pnpm run codegen \
  && find . -name node_modules -type d -prune -exec rm -rf '{}' + \
  && pnpm install --frozen-lockfile --prod --prefer-offline

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production APOLLO_TELEMETRY_DISABLED=true
WORKDIR /app
COPY --from=build /app .
# an empty volume takes the owner of the folder that it is mounted on
RUN for name in setup mongodb redis gateway ops $(ls subgraphs); do install -d -m 700 -o node -g node "/secrets/$name"; done
USER node
CMD ["node", "gateway/start.ts"]
