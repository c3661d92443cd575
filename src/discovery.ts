/** Discovery's half of the catalog: the signature token it is read with, and where it is kept. */
import { createHash } from 'node:crypto';
import { Catalog, type ReadReference } from './catalog/catalog.ts';
import { nowhere, type DatedStore } from './catalog/catalog-store.ts';
import { createFileStore } from './catalog/file-store.ts';
import { shareCatalog, type SharedCatalog } from './catalog/shared/share-catalog.ts';
import type { ModeConfig } from './config/mode-variables.ts';
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
  const files = tokens ? catalogStore(ground) : nowhere;
  const shared = tokens && shareThroughRedis(ground, files);
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
    store: shared?.store ?? files,
    ...(shared && { turns: shared.turns }),
  });
  return {
    catalog,
    async dispose() {
      disposed = true;
      shared?.closeSoon();
      await catalog.dispose();
      await Promise.all([shared?.close(), tokens?.dispose()]);
    },
  };
}

function signatureTokens({ config: { mode }, clock }: Ground, http: Http): SignatureTokens | undefined {
  if (mode.discovery.kind === 'off') return undefined;
  if (mode.discovery.kind === 'given') return givenSignatureToken(mode.discovery);
  return mintSignatureTokens({ http, workspace: mode.workspace, clock });
}

/** Where the catalog outlives the process on this machine. */
export function catalogStore({ config, warn }: Pick<Ground, 'config' | 'warn'>): DatedStore {
  const { directory } = config.catalog;
  return directory === undefined ? nowhere : createFileStore({ directory, owner: ownerOf(config.mode), warn });
}

/** Where replicas find what another has read; undefined when they are not to. */
function shareThroughRedis({ config, clock, warn }: Ground, files: DatedStore): SharedCatalog | undefined {
  const { catalog, mode, run } = config;
  if (run.redisUrl === undefined || !catalog.isShared) return undefined;
  return shareCatalog({ url: run.redisUrl, owner: ownerOf(mode), files, clock, maxAgeMs: catalog.maxAgeMs, warn });
}

/** Another key may see less: what was read with one is never served to the other. */
function ownerOf(mode: ModeConfig): string {
  const reader = mode.credential?.token ?? (mode.discovery.kind === 'given' ? mode.discovery.token : '');
  const key = createHash('sha256').update(reader).digest('hex').slice(0, 16);
  return `${mode.baseUrl}/${mode.workspace}#${key}`;
}
