import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBehaviour } from './read-behaviour.ts';
import { readBody } from './read-body.ts';
import { readFault } from './read-fault.ts';
import type { ModeParts } from './mode-server.ts';

/** Paths that steer the simulator from another process. They are no part of Mode and leave no trace in the ledger. */
export const CONTROL_PREFIX = '/_simulator/';

/**
 * Answers a steering call with JSON. 400 with a `message` for a body it cannot use, 404 for a path it does not have.
 */
export async function controlPlane(
  parts: ModeParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let status = 200;
  let said: unknown;
  try {
    said = steer(parts, `${request.method ?? 'GET'} ${request.url ?? ''}`, await readJson(request));
    if (said === undefined) {
      status = 404;
      said = { message: 'The simulator has no such control.' };
    }
  } catch (error) {
    status = 400;
    said = { message: error instanceof Error ? error.message : String(error) };
  }
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(said));
}

function steer(parts: ModeParts, what: string, body: unknown): unknown {
  const { ledger, faults, behaviour, world, discovery } = parts;
  switch (what) {
    case 'GET /_simulator/ledger':
      return {
        entries: ledger.entries,
        summary: {
          calls: ledger.entries.length,
          byStatus: ledger.countByStatus(),
          maxConcurrency: ledger.maxConcurrency(),
          maxInWindow: ledger.maxInWindow(behaviour.rateLimit?.windowMs ?? 10_000),
          duplicates: Object.fromEntries(ledger.duplicates()),
        },
      };
    case 'DELETE /_simulator/ledger':
      ledger.clear();
      return { cleared: true };
    case 'GET /_simulator/world/summary':
      return {
        workspace: world.workspace.username,
        collections: world.collections.length,
        reports: world.reports.length,
        queries: world.queries.length,
        charts: world.charts.length,
        members: world.members.length,
        dataSources: world.dataSources.length,
      };
    case 'POST /_simulator/faults':
      faults.inject(readFault(body));
      return { injected: true };
    case 'DELETE /_simulator/faults':
      faults.clear();
      return { cleared: true };
    case 'POST /_simulator/discovery/rebuild':
      discovery.rebuild();
      return { rebuilt: true };
    case 'PATCH /_simulator/behaviour':
      return Object.assign(behaviour, readBehaviour(body));
    default:
      return undefined;
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
