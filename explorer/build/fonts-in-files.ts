import type { Plugin } from 'vite';

/** A font written into a style sheet. */
const FONT = /url\((["']?)data:font\/(\w+);base64,([\w+/=]+)\1\)/g;

/**
 * Takes fonts out of the style sheets that GraphiQL ships them in, into files of their own: a browser then loads the
 * two or three alphabets that it shows instead of all twenty before it shows anything, and the page's policy needs no
 * `data:` for fonts.
 */
export function fontsInFiles(): Plugin {
  return {
    name: 'fonts-in-files',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type !== 'asset' || !asset.fileName.endsWith('.css')) continue;
        const css = typeof asset.source === 'string' ? asset.source : Buffer.from(asset.source).toString('utf8');
        asset.source = css.replaceAll(FONT, (_found, _quote, type: string, base64: string) => {
          const source = Buffer.from(base64, 'base64');
          const reference = this.emitFile({ type: 'asset', name: `font.${type}`, source });
          // Beside the style sheet, in one folder.
          return `url(${this.getFileName(reference).replace(/^.*\//, '')})`;
        });
      }
    },
  };
}
