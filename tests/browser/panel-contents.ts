import type { Locator, Page } from 'playwright-core';
import type { Explanation } from '../../explorer/wire/explanation.ts';
import type { Upstream } from '../../explorer/wire/upstream.ts';
import type { OnTheWire } from './explorer-page.ts';

export function upstreamOf({ body }: OnTheWire): Upstream {
  return (body as { extensions: { upstream: Upstream } }).extensions.upstream;
}

export function explanationOf({ body }: OnTheWire): Explanation {
  return (body as { extensions: { explain: Explanation } }).extensions.explain;
}

export async function sameAsBill(page: Page, upstream: Upstream): Promise<void> {
  const panel = page.getByRole('region', { name: 'Upstream' });
  const text = (id: string) => panel.getByTestId(id).innerText();
  await panel.getByTestId('answered').waitFor();
  expect([await text('calls'), await text('calls-rest'), await text('calls-discovery')]).toEqual(
    [upstream.calls.rest + upstream.calls.discovery, upstream.calls.rest, upstream.calls.discovery].map(String),
  );
  expect(Math.abs(toMs(await text('waited')) - upstream.waitedMs)).toBeLessThanOrEqual(50);
  expect(await stepsIn(panel.getByTestId('answered'))).toEqual(upstream.plan.map(asShown));
  if (upstream.snapshotAsOf !== null) expect(await text('snapshot-as-of')).toBe(upstream.snapshotAsOf);
  expect([await text('limit-remaining'), await text('limit-limit')]).toEqual(
    [upstream.rateLimit?.remaining, upstream.rateLimit?.limit].map(shown),
  );
  expect(await panel.getByTestId('time-line-call').count()).toBe(upstream.calls.rest + upstream.calls.discovery);
  const notes = await panel.getByTestId('note').allInnerTexts();
  expect(notes).toEqual(upstream.notes.map(({ code, message }) => `${message} ${code}`));
}

export async function sameAsEstimate(section: Locator, explanation: Explanation): Promise<void> {
  const text = (id: string) => section.getByTestId(id).innerText();
  const { estimatedCalls, calls, guessed } = explanation;
  expect(await text('explain-calls')).toBe(`${guessed ? 'about ' : ''}${estimatedCalls}`);
  if (estimatedCalls > 0) {
    const shown = [await text('explain-calls-rest'), await text('explain-calls-discovery')];
    expect(shown).toEqual([String(calls.rest), String(calls.discovery)]);
  }
  const waiting = await text('explain-seconds');
  expect(waiting === 'none' ? 0 : toMs(waiting)).toBe(explanation.estimatedSeconds * 1_000);
  expect(await text('explain-objects')).toBe(shown(explanation.objects));
  expect(await stepsIn(section)).toEqual(explanation.steps.map(asShown));
  expect(await section.getByTestId('explain-refusal').count()).toBe(explanation.refusal ? 1 : 0);
}

function stepsIn(section: Locator): Promise<string[][]> {
  return section
    .getByTestId('step')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent)));
}

export function shown(count: number | undefined): string {
  return count?.toLocaleString('en') ?? 'none';
}

const SOURCES: Readonly<Record<string, string>> = { REST: 'REST', DISCOVERY: 'Discovery', STATS: 'Statistics' };

function asShown({ what, how, source, keys, calls }: Upstream['plan'][number]): string[] {
  return [what, how, SOURCES[source] ?? '', String(keys), String(calls)];
}

/** `340 ms`, `1.2 s` or `41.5 s` in milliseconds. */
function toMs(words: string): number {
  const [, count = '', unit] = /^([\d.]+) (ms|s)$/.exec(words) ?? [];
  return Number(count) * (unit === 's' ? 1_000 : 1);
}
