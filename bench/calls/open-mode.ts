/** A simulated Mode without a limit, in a process of its own, which answers at once. Prints what leads a gateway to it. */
import { startSimulator } from '../../src/simulator/index.ts';

const mode = await startSimulator({
  behaviour: { rateLimit: null, latencyMs: 0, discoveryLatencyMs: 0, weight: 'light' },
});
const { token, secret } = mode.credentials.admin;
const tokens = mode.world.reports.map((report) => report.token);
console.log(`ready ${JSON.stringify({ url: mode.url, workspace: mode.workspace, token, secret, tokens })}`);
