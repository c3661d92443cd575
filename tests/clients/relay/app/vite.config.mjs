import { transformAsync } from '@babel/core';

/** Puts what Relay's compiler made in the place of each text of GraphQL. The rest of the file is left to vite. */
const relay = {
  name: 'relay',
  enforce: 'pre',
  async transform(code, id) {
    if (!/\.tsx?$/.test(id) || !code.includes('graphql`')) return null;
    const options = {
      filename: id,
      babelrc: false,
      configFile: false,
      sourceMaps: true,
      parserOpts: { plugins: ['typescript', 'jsx'] },
      plugins: [['relay', { eagerEsModules: true, artifactDirectory: './__generated__' }]],
    };
    return transformAsync(code, options);
  },
};

export default {
  plugins: [relay],
  oxc: { jsx: { runtime: 'automatic' } },
  build: { outDir: 'dist', minify: false },
};
