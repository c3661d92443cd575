import { getIntrospectionQuery } from 'graphql';
import { ask, codes, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';

describe('a document', () => {
  it.each([1_300, 5_000, 50_000])(
    'that is %d fields deep is refused at no call, and masks no fault of ours',
    async (depth) => {
      const mode = await startSmallMode();
      const unforeseen: unknown[] = [];
      const gateway = gatewayOver(envFor(mode), { reportError: (error) => unforeseen.push(error) });
      const answer = await ask(gateway, '{a'.repeat(depth) + '}'.repeat(depth));
      expect(codes(answer)).toEqual(['GRAPHQL_PARSE_FAILED']);
      expect([unforeseen, mode.ledger.entries]).toEqual([[], []]);
      expect((await ask(gateway, '{ workspace { username } }')).errors).toBeUndefined();
      await mode.close();
    },
  );

  it('as long as an introspection is answered', async () => {
    const mode = await startSmallMode();
    expect((await ask(gatewayOver(envFor(mode)), getIntrospectionQuery())).errors).toBeUndefined();
    await mode.close();
  });
});
