import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { PROJECT } from '../support/command.ts';
import { ask, bill, codes, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { some } from '../support/world-order.ts';

describe('how an answer is found', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver(envFor(mode));
  });

  afterEach(() => mode.faults.clear());

  afterAll(() => mode.close());

  it('makes one call for a thing, however many fields and names want it', async () => {
    const report = some(mode.world.reports);
    const { answer, calls } = await bill(
      mode,
      gateway,
      `{
        one: report(token: "${report.token}") { name }
        two: report(token: "${report.token}") { name collection { name } }
        many: reports(tokens: ["${report.token}", "${report.token}"]) { name collection { name } }
        collection(token: "${report.collectionToken}") { name }
        workspace { name createdAt planCode token }
        again: workspace { name }
      }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(calls.sort()).toEqual(
      ['/api/acme', `/api/acme/reports/${report.token}`, `/api/acme/spaces/${report.collectionToken}`].sort(),
    );
  });

  it('lets the key that fails fail alone', async () => {
    const [one, two, three] = mode.world.reports;
    mode.faults.inject({ match: `/reports/${two?.token}`, kind: 'html200' });
    const answer = await ask(
      gateway,
      `{ reports(tokens: ["${one?.token}", "${two?.token}", "${three?.token}"]) { token } }`,
    );
    expect(answer.data).toEqual({ reports: [{ token: one?.token }, null, { token: three?.token }] });
    expect(answer.errors?.map((error) => error.path)).toEqual([['reports', 1]]);
  });

  it('asks once for what fails, too, and tells everybody who wanted it', async () => {
    const [one] = mode.world.reports;
    mode.faults.inject({ match: `/reports/${one?.token}`, kind: 'html200' });
    const { answer, calls } = await bill(
      mode,
      gateway,
      `{ one: report(token: "${one?.token}") { name } two: report(token: "${one?.token}") { name } }`,
    );
    expect(codes(answer)).toEqual(['UPSTREAM_INVALID_RESPONSE', 'UPSTREAM_INVALID_RESPONSE']);
    expect(calls).toHaveLength(1);
  });

  it('keeps nothing for the next question, neither rows nor failures', async () => {
    const question = '{ workspace { name members { nodes { name } } } }';
    const first = await bill(mode, gateway, question);
    const second = await bill(mode, gateway, question);
    expect(first.calls).toHaveLength(2);
    expect(second.calls.sort()).toEqual(first.calls.sort());

    const fault = mode.faults.inject({ match: /\/api\/acme$/, kind: 'html200' });
    expect(codes(await ask(gateway, question))).toEqual(['UPSTREAM_INVALID_RESPONSE']);
    fault.remove();
    expect((await ask(gateway, question)).errors).toBeUndefined();
  });

  it('shows a change at Mode to the very next question', async () => {
    const report = some(mode.world.reports);
    const named = report.name;
    const question = `{ report(token: "${report.token}") { name } }`;
    expect((await ask(gateway, question)).data).toEqual({ report: { name: named } });
    report.name = 'Renamed just now';
    expect((await ask(gateway, question)).data).toEqual({ report: { name: 'Renamed just now' } });
    report.name = named;
  });

  it('reads nothing singly that a list has already brought', async () => {
    const { answer, calls } = await bill(
      mode,
      gateway,
      `{ workspace { collections { nodes { reports(first: 30) { nodes {
        collection { name }
        queries { nodes { report { name collection { name } } charts { nodes { query { sql } report { name } } } } }
      } } } } } }`,
    );
    expect(answer.errors).toBeUndefined();
    const singles = calls.filter((path) => /\/(reports|spaces|queries|charts)\/\w+$/.test(path));
    expect(singles).toEqual([]);
    expect([...mode.ledger.duplicates()]).toEqual([]);
  });

  it('does not make Node suspect a leak when many calls wait for one caller', async () => {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'tests/support/ask-much.ts'],
      { cwd: PROJECT },
    );
    expect({ stdout, stderr }).toEqual({ stdout: '40', stderr: '' });
  });
});
