/** What is written of the variables, made from their declarations, so that it cannot say something else than they do. */
import type { ZodType } from 'zod';
import { aboutOf } from './kinds.ts';
import { SECTIONS } from './sections.ts';

interface Row {
  readonly name: string;
  readonly about: string;
  readonly fallback: string;
  readonly secret: boolean;
}

function rowsOf({ variables }: (typeof SECTIONS)[number]): Row[] {
  return Object.entries<ZodType>(variables).map(([name, schema]) => ({ name, secret: false, ...aboutOf(schema) }));
}

/** The names of all variables. */
export function variableNames(): string[] {
  return SECTIONS.flatMap(({ variables }) => Object.keys(variables));
}

/** The names of those that must never be shown. */
export function secretVariables(): string[] {
  return SECTIONS.flatMap(rowsOf)
    .filter(({ secret }) => secret)
    .map(({ name }) => name);
}

/** docs/configuration.md. */
export function printConfigurationPage(): string {
  const sections = SECTIONS.map((section) => {
    const rows = rowsOf(section).map(
      ({ name, about, fallback, secret }) => `| \`${name}\` | ${fallback} | ${about}${secret ? ' **Secret.**' : ''} |`,
    );
    return [`## ${section.title}`, '', '| variable | default | |', '| --- | --- | --- |', ...rows, ''].join('\n');
  });
  return [
    '# Configuration',
    '',
    '<!-- Made by "npm run docs" from src/config: change it there. -->',
    '',
    'The gateway is configured by environment variables. All of them are read and checked once, at the start; a mistake names',
    'the variable and the remedy, never the value, and the process exits with 1. A variable that is set to nothing has its',
    'default. What is marked as secret is never logged, nor part of an error, a metric or an answer.',
    '',
    ...sections,
  ].join('\n');
}

/** .env.example. */
export function printEnvExample(): string {
  const sections = SECTIONS.map((section) => {
    const heading = `# --- ${section.title} `;
    const lines = rowsOf(section).flatMap(({ name, about, fallback }) => [
      ...wrap(`${plain(about)} Default: ${plain(fallback)}`),
      `${name}=`,
    ]);
    return [heading.padEnd(100, '-'), '', ...lines, ''].join('\n');
  });
  return [
    '# Configuration of the gateway, made by "npm run docs" from src/config. Copy this to .env, which git ignores and which',
    '# Docker Compose passes on. Without Docker: mode-graphql serve --env-file .env',
    '# A variable left empty has its default.',
    '',
    ...sections,
  ].join('\n');
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replaceAll('**', '');
}

/** Comment lines of at most 100 characters. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 100) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}
