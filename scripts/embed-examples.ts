import { readFileSync } from 'node:fs';

const BLOCK = /<!-- (examples\/[\w./-]+) -->\n\n```(\w+)\n[^]*?```\n/g;

/** A page on which each block of code below the name of an example's file is that file, as it is now. */
export function embedExamples(page: string): string {
  return page.replace(BLOCK, (_block, path: string, language: string) => {
    return `<!-- ${path} -->\n\n\`\`\`${language}\n${readFileSync(path, 'utf8')}\`\`\`\n`;
  });
}

/** Files that a page shows so. */
export function embeddedExamples(page: string): string[] {
  return [...page.matchAll(BLOCK)].map(([, path = '']) => path);
}
