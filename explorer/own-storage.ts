import type { Storage } from '@graphiql/toolkit';

/**
 * What the page remembers, under names of its own: many a GraphiQL has been at the address of this one, such as port
 * 4000 of a developer's machine, and their tabs are none of ours.
 */
const PREFIX = 'mode-graphql:';

/** Lists of questions that were asked. GraphiQL would keep each with its headers, and the key in them, whatever it is told. */
const HISTORIES = ['graphiql:queries', 'graphiql:favorites'];

export const ownStorage: Storage = {
  getItem: (key) => localStorage.getItem(PREFIX + key),
  setItem: (key, value) => {
    localStorage.setItem(PREFIX + key, HISTORIES.includes(key) ? withoutHeaders(value) : value);
  },
  removeItem: (key) => {
    localStorage.removeItem(PREFIX + key);
  },
  get length() {
    return keys().length;
  },
  clear: () => {
    for (const key of keys()) localStorage.removeItem(key);
  },
};

function keys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

function withoutHeaders(json: string): string {
  return JSON.stringify(JSON.parse(json), (name, value: unknown) => (name === 'headers' ? undefined : value));
}
