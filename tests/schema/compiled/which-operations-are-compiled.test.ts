import { parse } from 'graphql';
import { CompiledOperations } from '../../../src/schema/compiled/compiled-operations.ts';
import { schema } from '../../../src/schema/schema.ts';

const document = parse('query A { workspace { name } } query B { workspace { id } }');

function operations(after: number, fields = 2): CompiledOperations {
  return new CompiledOperations({ after, fieldsOf: () => fields });
}

describe('an operation is compiled', () => {
  it('once it has been carried out so often as it is, and not before', async () => {
    const compiled = operations(2);
    const found = [];
    for (let time = 0; time < 5; time++) found.push(await compiled.get(schema, document, 'A'));
    expect(found.slice(0, 2)).toEqual([undefined, undefined]);
    expect(found[2]).toBeInstanceOf(Function);
    expect(new Set(found.slice(2)).size).toBe(1);
  });

  it('and another of the same document counts for itself', async () => {
    const compiled = operations(1);
    await compiled.get(schema, document, 'A');
    expect(await compiled.get(schema, document, 'B')).toBeUndefined();
    expect(await compiled.get(schema, document, 'B')).toBeInstanceOf(Function);
  });

  it('at once when it never need be carried out before', async () => {
    expect(await operations(0).get(schema, document, 'A')).toBeInstanceOf(Function);
  });

  it('never where that is switched off', () => {
    const compiled = operations(Infinity);
    for (let time = 0; time < 5; time++) expect(compiled.get(schema, document, 'A')).toBeUndefined();
  });

  it('not when it is so large that all others would wait', async () => {
    const compiled = operations(0, 201);
    expect(await compiled.get(schema, document, 'A')).toBeUndefined();
  });

  it('and makes place for others when there are too many', async () => {
    const compiled = operations(0, 200);
    const first = await compiled.get(schema, document, 'A');
    for (let other = 0; other < 100; other++)
      await compiled.get(schema, parse(`{ workspace { name } } #${other}`), undefined);
    const again = await compiled.get(schema, document, 'A');
    expect(again).toBeInstanceOf(Function);
    expect(again).not.toBe(first);
  });
});
