import express from 'express';
import { createGateway } from 'mode-graphql';

const gateway = createGateway();
await gateway.start();

const app = express();
// Not app.all: what the explorer loads is below /graphql. Before the body parsers of the other routes, so that no body
// is read twice.
app.use('/graphql', gateway.handler);
app.use(express.json());

const port = Number(process.env.PORT ?? 4000);
const server = app.listen(port, '127.0.0.1', () => {
  console.log(`Ask at http://127.0.0.1:${port}/graphql`);
});

process.once('SIGTERM', () => {
  void gateway.stop().then(() => server.close());
});
