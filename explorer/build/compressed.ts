import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What gets smaller. Fonts for the web are compressed already. */
const COMPRESSIBLE = /^assets\/.*\.(js|css|svg|ttf)$/;

/** Lays a file compressed with brotli (`.br`) and one with gzip (`.gz`) beside each, so that the gateway need not. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (!COMPRESSIBLE.test(file.fileName)) continue;
          const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          const gzipped = gzipSync(content, { level: 9 });
          const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: gzipped });
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: brotli });
        }
      },
    },
  };
}
