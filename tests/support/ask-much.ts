/**
 * Run by itself, since jest keeps Node's warnings from its tests: one question of 40 calls, asked with a
 * Request of Node's own, whose signal counts its listeners. Prints how many calls it cost.
 */
import { envFor, gatewayOver, post, startSmallMode, type Answer } from './gateway.ts';

const mode = await startSmallMode();
const question = post('query ($tokens: [String!]!) { reports(tokens: $tokens) { name } }', {
  tokens: mode.world.reports.map((report) => report.token),
});
const response = await gatewayOver(envFor(mode)).yoga.fetch(new Request('http://gateway/graphql', question));
const answer = (await response.json()) as Answer;
process.stdout.write(String(answer.extensions?.upstream.calls.rest));
await mode.close();
