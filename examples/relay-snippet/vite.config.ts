import { transformAsync } from '@babel/core';
import { defineConfig, type Plugin } from 'vite';

/** Puts what the compiler has made in the place of each graphql`…`; the rest of a file is left to Vite. */
const relay: Plugin = {
  name: 'relay',
  enforce: 'pre',
  async transform(code, id) {
    if (!/\.tsx?$/.test(id) || !code.includes('graphql`')) return null;
    const made = await transformAsync(code, {
      filename: id,
      babelrc: false,
      configFile: false,
      sourceMaps: true,
      parserOpts: { plugins: ['typescript', 'jsx'] },
      plugins: [['relay', { eagerEsModules: true }]],
    });
    return made?.code ? { code: made.code, map: made.map ?? null } : null;
  },
};

const proxy = { '/graphql': { target: process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000' } };

export default defineConfig({ plugins: [relay], server: { proxy }, preview: { proxy } });
