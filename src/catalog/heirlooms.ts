import type { Slices } from '../mode/slices.ts';
import type { Lookup } from './list-snapshot.ts';
import type { Succession } from './succession.ts';

/** Has something that was worked out of an array of rows go on with the array that takes its place. */
export type PassOn<Row> = (succession: Succession<Row>, slices: Slices) => Promise<void> | void;
export type PassOnLookup<Row> = (before: Lookup<Row>, after: Lookup<Row>, slices: Slices) => Promise<void> | void;

const ofRows = new WeakMap<readonly unknown[], Map<string, PassOn<unknown>>>();
const ofLookups = new WeakMap<Lookup<unknown>, Map<string, PassOnLookup<unknown>>>();

/** @param name of what is passed on: one thing of each name is */
export function bequeath<Row>(rows: readonly Row[], name: string, passOn: PassOn<Row>): void {
  put(ofRows, rows, name, passOn as PassOn<unknown>);
}

/** The same of what was worked out of single rows, found by their key. */
export function bequeathOfLookup<Row>(rows: Lookup<Row>, name: string, passOn: PassOnLookup<Row>): void {
  put(ofLookups, rows, name, passOn as PassOnLookup<unknown>);
}

/** To be done before anybody is shown the array: who asks for an order then finds it. */
export async function passOnAll<Row>(succession: Succession<Row>, slices: Slices): Promise<void> {
  for (const passOn of [...(ofRows.get(succession.before)?.values() ?? [])]) await passOn(succession, slices);
}

export async function passOnLookups<Row>(before: Lookup<Row>, after: Lookup<Row>, slices: Slices): Promise<void> {
  for (const passOn of [...(ofLookups.get(before)?.values() ?? [])]) await passOn(before, after, slices);
}

function put<Of extends object, Value>(all: WeakMap<Of, Map<string, Value>>, of: Of, name: string, value: Value): void {
  const known = all.get(of);
  if (known) known.set(name, value);
  else all.set(of, new Map([[name, value]]));
}
