import { callerVariables } from '../../config/caller-variables.ts';
import { readConfig } from '../../config/config.ts';
import { webVariables } from '../../config/web-variables.ts';
import { createGateway } from '../../gateway.ts';
import { createLogger } from '../../server/logger.ts';
import { closeGateway } from '../close-gateway.ts';
import { orAborted } from '../interruption.ts';
import type { Environment } from '../read-environment.ts';
import type { Voice } from '../voice.ts';
import type { Answerer } from './answerer.ts';
import { answerIn, postOf } from './post.ts';

/**
 * What is for those who ask over the network, and for a process that goes on. Whoever can read this environment holds
 * the keys of Mode and need not prove anything.
 */
const NOT_FOR_US = [
  ...Object.keys(callerVariables),
  ...Object.keys(webVariables),
  'METRICS_KEY',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
];

/**
 * A gateway in this process, with the catalog as it lies in CATALOG_DIR. It reads what a question needs and nothing
 * behind it: what is begun behind an answer would be cut a moment later, and its calls lost.
 *
 * @throws {ConfigError}
 */
export async function inProcess(env: Environment, voice: Voice, signal: AbortSignal): Promise<Answerer> {
  const ours = Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_FOR_US.includes(name)));
  const config = readConfig({ ...ours, METRICS: 'off' });
  const logger = createLogger('error', { secrets: config.secrets });
  const gateway = createGateway(config, {
    warn: (message) => {
      voice.note(`warning: ${message}`);
    },
    reportError: (err) => {
      logger.error({ err }, 'unforeseen error');
    },
  });
  gateway.stopRefreshing();
  await gateway.restore();
  return {
    async ask(asked, headers) {
      // Of its own for each page of a walk: whoever listens on a signal below stays there.
      const init = { ...postOf(asked, headers), signal: AbortSignal.any([signal]) };
      // Not all of what waits below hears of the signal at once.
      const response = await orAborted(signal, Promise.resolve(gateway.yoga.fetch('http://localhost/graphql', init)));
      return answerIn(response, 'The gateway');
    },
    close: () => closeGateway(gateway, config, voice),
  };
}
