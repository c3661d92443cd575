import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createGateway } from 'mode-graphql';

const gateway = createGateway();
await gateway.start();

const app = new Hono();
// With what is below it, which the explorer loads.
app.all('/graphql/*', (context) => gateway.fetch(context.req.raw));

const port = Number(process.env.PORT ?? 4000);
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, () => {
  console.log(`Ask at http://127.0.0.1:${port}/graphql`);
});

process.once('SIGTERM', () => {
  void gateway.stop().then(() => server.close());
});
