import { namedOperation } from '../../explorer/asking/named-operation.ts';

describe('the operation that is asked for', () => {
  it.each([
    ['the one there is, whatever was in the editor before', 'query Here { a }', 'Elsewhere', 'Here'],
    ['the one there is, if nothing is said', 'query Here { a }', undefined, 'Here'],
    ['the one there is, beside fragments', 'fragment F on A { b } query Here { ...F }', 'Elsewhere', 'Here'],
    ['the one there is, though it has no name', '{ a }', 'Elsewhere', undefined],
    ['of several the one that is said', 'query One { a } query Two { a }', 'Two', 'Two'],
    [
      'of several what is said, though it is not among them: the gateway tells',
      'query One { a } query Two { a }',
      'X',
      'X',
    ],
    ['of what cannot be read what is said', 'query One {', 'One', 'One'],
    ['of nothing what is said', '', undefined, undefined],
  ])('is %s', (_, query, said, meant) => {
    expect(namedOperation(query, said)).toBe(meant);
  });
});
