import { startSimulator } from '../src/simulator/index.ts';
import { canonicalQuestions } from '../tests/support/canonical-questions.ts';
import { bill, envFor, envWithDiscovery, gatewayOver } from '../tests/support/gateway.ts';

export interface QuestionBill {
  readonly question: string;
  /** What the design allows it with an empty catalog. */
  readonly allowed: number;
  readonly cold: number;
  readonly warm: number;
  /** Without Discovery, on a workspace of `SMALL` size: on the whole one it would take thousands. */
  readonly restOnlySmall: number;
}

export const SMALL = { collections: 12, reports: 120, members: 12, dataSources: 3 } as const;

const AT_ONCE = { rateLimit: null, latencyMs: 0, discoveryLatencyMs: 0, weight: 'light' } as const;

/** Calls to Mode, by the simulator's ledger, that each canonical question costs. */
export async function measureBills(): Promise<QuestionBill[]> {
  const whole = await startSimulator({ behaviour: AT_ONCE });
  const small = await startSimulator({ behaviour: AT_ONCE, size: SMALL });
  const warmed = gatewayOver(envWithDiscovery(whole));
  await warmed.catalog.warm();
  const ofSmall = new Map(canonicalQuestions(small.world).map(({ name, query }) => [name, query]));
  const bills: QuestionBill[] = [];
  for (const { name, query, bill: allowed } of canonicalQuestions(whole.world)) {
    const cold = gatewayOver(envWithDiscovery(whole));
    const restOnly = gatewayOver(envFor(small));
    bills.push({
      question: name,
      allowed,
      cold: (await bill(whole, cold, query)).calls.length,
      warm: (await bill(whole, warmed, query)).calls.length,
      restOnlySmall: (await bill(small, restOnly, ofSmall.get(name) ?? '')).calls.length,
    });
    await Promise.all([cold.dispose(), restOnly.dispose()]);
  }
  await Promise.all([warmed.dispose(), whole.close(), small.close()]);
  return bills;
}
