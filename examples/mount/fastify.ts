import { fastify } from 'fastify';
import { createGateway } from 'mode-graphql';

const gateway = createGateway();
await gateway.start();

const app = fastify();
await app.register((scope, _options, done) => {
  // The gateway reads bodies itself: what is too large or no JSON is refused with a code, as all that it refuses.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _body, parsed) => parsed(null));
  // The latter is what the explorer loads.
  for (const path of ['/graphql', '/graphql/*']) {
    scope.all(path, (request, reply) => {
      // The gateway writes the answer.
      reply.hijack();
      return gateway.handler(request, reply);
    });
  }
  done();
});

const address = await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 4000) });
console.log(`Ask at ${address}/graphql`);

process.once('SIGTERM', () => {
  void gateway.stop().then(() => app.close());
});
