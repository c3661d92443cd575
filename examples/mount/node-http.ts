import { createServer } from 'node:http';
import { createGateway } from 'mode-graphql';

// Configured by the environment: MODE_WORKSPACE, MODE_API_TOKEN, MODE_API_SECRET and whatever else you like.
const gateway = createGateway();
await gateway.start();

const port = Number(process.env.PORT ?? 4000);
const server = createServer((request, response) => void gateway.handler(request, response));
server.listen(port, '127.0.0.1', () => {
  console.log(`Ask at http://127.0.0.1:${port}/graphql`);
});

process.once('SIGTERM', () => {
  // Questions that run are finished, new ones told to come back; then nobody is left to wait for.
  void gateway.stop().then(() => server.close());
});
