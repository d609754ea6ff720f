# UNTESTED: written for compose.yaml where no container could be run. docs/operate.md says what is known to work.
FROM node:24-bookworm-slim
WORKDIR /app
RUN mkdir /data && chown node:node /app /data
USER node
COPY --chown=node:node . .
# What `npm start` does before it starts, so that a container only starts.
RUN node --input-type=module -e "import { buildApp, buildPrograms, prepare } from './scripts/setup.mjs'; \
    for (const step of [prepare, buildPrograms, buildApp]) await step(console.log);"
ENV DATA_DIR=/data
EXPOSE 3000
CMD ["node", "scripts/start.mjs"]
