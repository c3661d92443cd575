import { defineConfig } from 'vite';
import { compressed } from './build/compressed.ts';
import { fontsInFiles } from './build/fonts-in-files.ts';
import { pageInFile } from './build/page-in-file.ts';

/** Builds the explorer into dist/explorer, where `src/server/explorer` finds it. */
export default defineConfig({
  // Its files find each other wherever they are served: below the gateway's address, and that below a proxy's path.
  base: './',
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: '../dist/explorer',
    emptyOutDir: true,
    target: 'es2022',
    license: { fileName: 'licenses.md' },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The editor is one piece of 2.8 MB.
    chunkSizeWarningLimit: 3_000,
    rolldownOptions: {
      input: 'explorer/main.tsx',
      onLog(level, log, tell) {
        // Libraries say "use client" to React's servers, which is of no concern here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
  plugins: [fontsInFiles(), pageInFile(), compressed()],
});
