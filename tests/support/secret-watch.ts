import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { secretsIn } from '../../src/config/secrets.ts';
import { keepLookout, type Leak } from './leaks.ts';

/** The ways in which a secret may be written. Worked out apart from how the gateway strikes them. */
export function guises(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('hex'),
  ];
}

/** What the gateway of an environment sends to prove who it is. */
export function credentialsIn(env: Readonly<Record<string, string | undefined>>): string[] {
  const { MODE_API_TOKEN = '', MODE_API_SECRET = '' } = env;
  const { MODE_DISCOVERY_TOKEN = '', MODE_DISCOVERY_ACCESS_KEY = '', MODE_DISCOVERY_ACCESS_SECRET = '' } = env;
  return [
    [MODE_API_TOKEN, MODE_API_SECRET],
    [MODE_DISCOVERY_TOKEN, MODE_DISCOVERY_ACCESS_KEY, MODE_DISCOVERY_ACCESS_SECRET],
  ]
    .filter((parts) => !parts.includes(''))
    .map((parts) => Buffer.from(parts.join(':')).toString('base64').replace(/=+$/, ''));
}

/** Looks for the secrets of one environment in whatever its gateway gives away. */
export class SecretWatch {
  readonly leaks: Leak[] = [];
  readonly #forms: readonly (readonly [form: string, secret: string])[];
  readonly #folder: string | undefined;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    const secrets = [...secretsIn(env), ...credentialsIn(env)];
    this.#forms = secrets.flatMap((secret) => guises(secret).map((form) => [form, secret] as const));
    this.#folder = env.CATALOG_DIR;
  }

  look(where: string, text: string): void {
    for (const [form, secret] of this.#forms) if (text.includes(form)) this.leaks.push({ where, secret });
  }

  /** At everything in the folder of its catalog. */
  lookAtFiles(): void {
    const folder = this.#folder;
    if (folder === undefined || !existsSync(folder) || !statSync(folder).isDirectory()) return;
    for (const name of readdirSync(folder)) {
      this.look('the name of a file', name);
      this.look(`the file ${name}`, readFileSync(join(folder, name), 'utf8'));
    }
  }
}

/** Of every gateway that a test file has made through tests/support. */
const watches: SecretWatch[] = [];

keepLookout(() =>
  watches.flatMap((watch) => {
    watch.lookAtFiles();
    return watch.leaks.splice(0);
  }),
);

export function watchSecrets(env: Readonly<Record<string, string | undefined>>): SecretWatch {
  const watch = new SecretWatch(env);
  watches.push(watch);
  return watch;
}

/** Looks for the secrets of all gateways in what one of them gave away. */
export function lookForSecrets(where: string, text: string): void {
  for (const watch of watches) watch.look(where, text);
}
