import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin } from 'vite';

/** A piece of these is needed by whoever opens the page, though it is asked for by a script. */
const ALWAYS_NEEDED = ['monaco-editor', 'lite'];

const ICON = new URL('../icon.svg', import.meta.url);

/** Writes `page.json`: what the page has to load. The gateway makes the page, and reads it there. */
export function pageInFile(): Plugin {
  return {
    name: 'page-in-file',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const [entry] = chunks.filter((chunk) => chunk.isEntry);
      if (!entry) throw new Error('There is no entry.');
      const needed = chunks.filter(({ name }) => ALWAYS_NEEDED.includes(name));
      if (needed.length !== ALWAYS_NEEDED.length) throw new Error(`Not all are there: ${ALWAYS_NEEDED.join(', ')}.`);
      const preloads = new Set([
        ...entry.imports,
        ...needed.flatMap(({ fileName, imports }) => [fileName, ...imports]),
      ]);
      preloads.delete(entry.fileName);
      const styles = [entry, ...needed].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
      const icon = this.emitFile({ type: 'asset', name: basename(ICON.pathname), source: readFileSync(ICON) });
      const page = {
        script: basename(entry.fileName),
        styles: styles.map((name) => basename(name)),
        preloads: [...preloads].map((name) => basename(name)),
        icon: basename(this.getFileName(icon)),
      };
      this.emitFile({ type: 'asset', fileName: 'page.json', source: JSON.stringify(page) });
    },
  };
}
