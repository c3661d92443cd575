import { defineConfig } from 'vite';

// The page asks its own origin, and Vite passes that on: the gateway need not allow pages of other origins, and a key
// stays on this side.
const key = process.env.GATEWAY_KEY;
const proxy = {
  '/graphql': {
    target: process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000',
    ...(key !== undefined && { headers: { 'x-api-key': key } }),
  },
};

export default defineConfig({ server: { proxy }, preview: { proxy } });
