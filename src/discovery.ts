/** Discovery's half of the catalog: the signature token it is read with, and where it is kept. */
import { createHash } from 'node:crypto';
import { Catalog, type ReadReference } from './catalog/catalog.ts';
import { nowhere, type CatalogStore } from './catalog/catalog-store.ts';
import { createFileStore } from './catalog/file-store.ts';
import { basic, flightsOver, toMode, type Ground } from './house.ts';
import type { Throttles } from './loading/operation.ts';
import { createDiscoveryClient } from './mode/discovery-client.ts';
import { mintSignatureTokens } from './mode/discovery/minted-signature-tokens.ts';
import { givenSignatureToken, type SignatureTokens } from './mode/discovery/signature-token.ts';
import { createHttp, type Http } from './mode/http.ts';
import { CodedError } from './throttle/coded-error.ts';

export interface DiscoveryCatalog {
  readonly catalog: Catalog;
  /** Stops reading it and deletes a minted signature token. */
  dispose(): Promise<void>;
}

/** @param readReference reads what is kept from REST beside Discovery's lists. @default nothing is */
export function createDiscoveryCatalog(
  ground: Ground,
  throttles: Throttles,
  readReference?: ReadReference,
): DiscoveryCatalog {
  const { config, clock, warn } = ground;
  const { workspace, credential } = config.mode;
  const authorization = credential && basic(credential.token, credential.secret);
  const http = createHttp({
    ...toMode(ground),
    authorization,
    throttle: throttles.discovery,
    accept: 'application/json',
  });
  const tokens = signatureTokens(ground, http);
  let disposed = false;
  const catalog = new Catalog({
    discovery: tokens && createDiscoveryClient({ http, workspace, tokens, clock }),
    readReference,
    clock,
    maxAgeMs: config.catalog.maxAgeMs,
    flights: flightsOver(throttles.discovery, throttles, clock),
    onFailure: (name, error) => {
      const reason = error instanceof CodedError ? `${error.code}: ${error.message}` : 'unforeseen error';
      if (!disposed) warn(`The list of ${name} could not be read for the catalog (${reason})`);
    },
    store: tokens ? catalogStore(ground) : nowhere,
  });
  return {
    catalog,
    async dispose() {
      disposed = true;
      await catalog.dispose();
      await tokens?.dispose();
    },
  };
}

function signatureTokens({ config: { mode }, clock }: Ground, http: Http): SignatureTokens | undefined {
  if (mode.discovery.kind === 'off') return undefined;
  if (mode.discovery.kind === 'given') return givenSignatureToken(mode.discovery);
  return mintSignatureTokens({ http, workspace: mode.workspace, clock });
}

function catalogStore({ config: { catalog, mode }, warn }: Ground): CatalogStore {
  if (catalog.directory === undefined) return nowhere;
  // Another key may see less: what was read with one is never served to the other.
  const reader = mode.credential?.token ?? (mode.discovery.kind === 'given' ? mode.discovery.token : '');
  const key = createHash('sha256').update(reader).digest('hex').slice(0, 16);
  return createFileStore({ directory: catalog.directory, owner: `${mode.baseUrl}/${mode.workspace}#${key}`, warn });
}
