import fc from 'fast-check';
import { decodeCursor, encodeCursor, fingerprint } from '../../src/schema/connection/cursor.ts';

const identity = { list: 'Workspace.collections:acme', filter: null, order: 'NAME ASC' };
const owner = fingerprint(identity);
const anyValue = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

describe('a cursor', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(anyValue, fc.stringMatching(/^[\w-]{1,64}$/), (value, token) => {
        const cursor = encodeCursor({ value: Object.is(value, -0) ? 0 : value, token }, owner);
        expect(cursor).toMatch(/^[\w-]+$/);
        const position = { value: Object.is(value, -0) ? 0 : value, token };
        expect(decodeCursor(cursor, owner)).toEqual({ position, pins: {} });
      }),
    );
  });

  it('is refused by another list, another filter and another order', () => {
    const cursor = encodeCursor({ value: 'a', token: 'b' }, owner);
    for (const other of [
      { ...identity, list: 'Workspace.reports:acme' },
      { ...identity, filter: { search: 'x' } },
      { ...identity, order: 'NAME DESC' },
    ]) {
      expect(decodeCursor(cursor, fingerprint(other))).toBeUndefined();
    }
  });

  it('outlives a filter written another way', () => {
    const at = new Date('2026-03-01T00:00:00Z');
    const filters = [
      { search: 'x', types: ['a', 'b'], createdAt: { after: at } },
      { createdAt: { before: null, after: at }, types: ['a', 'b'], archived: undefined, search: 'x' },
    ];
    expect(new Set(filters.map((filter) => fingerprint({ ...identity, filter }))).size).toBe(1);
    expect(fingerprint({ ...identity, filter: {} })).toBe(fingerprint({ ...identity, filter: undefined }));
    expect(fingerprint({ ...identity, filter: { types: ['a'] } })).not.toBe(
      fingerprint({ ...identity, filter: { types: ['b'] } }),
    );
    expect(fingerprint({ ...identity, filter: { types: [] } })).not.toBe(fingerprint({ ...identity, filter: {} }));
  });

  it('is never made of garbage', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((text) => Buffer.from(text).toString('base64url')),
        ),
        (text) => {
          expect(decodeCursor(text, owner)).toBeUndefined();
        },
      ),
    );
  });
});
