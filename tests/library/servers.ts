/** Servers of others, each on a port of its own, for tests that mount a gateway in one. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import express, { type Express } from 'express';
import { fastify, type FastifyInstance } from 'fastify';
import { Hono } from 'hono';

export interface Served {
  /** Without a path. */
  readonly url: string;
  close(): Promise<void>;
}

export async function serveNode(listener: RequestListener): Promise<Served> {
  return running(createServer(listener));
}

export async function serveExpress(mount: (app: Express) => void): Promise<Served> {
  const app = express();
  mount(app);
  return running(createServer(app));
}

export async function serveFastify(mount: (app: FastifyInstance) => void): Promise<Served> {
  const app = fastify();
  mount(app);
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
}

export async function serveHono(mount: (app: Hono) => void): Promise<Served> {
  const app = new Hono();
  mount(app);
  let server: ReturnType<typeof serve> | undefined;
  const { port } = await new Promise<AddressInfo>((resolve) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, resolve);
  });
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server?.close(() => resolve())) };
}

async function running(server: Server): Promise<Served> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
