import { once } from 'node:events';
import { createServer } from 'node:net';
import { listenFailure } from '../listen-failure.ts';
import { findingsOf, type Finding } from './finding.ts';

const { ok, warning, problem } = findingsOf('port');

/** Whether the gateway could listen where it is told to. */
export async function checkPort(host: string, port: number): Promise<Finding> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return ok(port === 0 ? 'Any free one is taken.' : `${host}:${port} is free.`);
  } catch (error) {
    if (await isGateway(host, port)) {
      return warning(
        `A gateway answers at ${host}:${port} already.`,
        'For another one beside it, set PORT; if it is the one meant, all is well.',
      );
    }
    const { why, remedy } = listenFailure(error);
    return problem(`Cannot listen on ${host}:${port}: ${why}`, remedy);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Only ours knows `/ready`, in these words. */
async function isGateway(host: string, port: number): Promise<boolean> {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const origin = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
  try {
    const response = await fetch(`${origin}/ready`, { signal: AbortSignal.timeout(6_000) });
    const said = (await response.json()) as unknown;
    return typeof said === 'object' && said !== null && 'ready' in said;
  } catch {
    return false;
  }
}
