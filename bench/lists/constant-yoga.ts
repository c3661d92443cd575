/** A bare Yoga that answers everything with the bytes of a file: what a list could cost if it were no work at all. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSchema, createYoga } from 'graphql-yoga';

const [file = ''] = process.argv.slice(2);
const body = readFileSync(file);
const yoga = createYoga({
  schema: createSchema({ typeDefs: 'type Query { nothing: Int }' }),
  logging: false,
  plugins: [
    {
      onRequest({ endResponse, fetchAPI }) {
        endResponse(
          new fetchAPI.Response(body, {
            headers: { 'content-type': 'application/graphql-response+json; charset=utf-8' },
          }),
        );
      },
    },
  ],
});
const server = createServer((request, response) => void yoga(request, response));
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
