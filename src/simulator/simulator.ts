import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Behaviour } from './behaviour.ts';
import { makeCredentials, type Credentials } from './credentials.ts';
import { Discovery } from './discovery/discovery.ts';
import { SignatureTokens, type SignatureToken } from './discovery/signature-tokens.ts';
import { Faults } from './faults.ts';
import { controlPlane, CONTROL_PREFIX } from './http/control-plane.ts';
import { ModeServer } from './http/mode-server.ts';
import { Ledger } from './ledger.ts';
import { settleOptions, type SimulatorOptions } from './simulator-options.ts';
import { buildWorld } from './world/build-world.ts';
import type { EditableWorld } from './world/editable-world.ts';

/** A running Mode on this machine. */
export interface Simulator {
  /** Scheme, host and port, without a path. */
  url: string;
  workspace: string;
  credentials: Credentials;
  /** The signature token that is there from the start. Its `expiresAt` may be changed. */
  discovery: SignatureToken;
  /** Signature tokens minted by calls, oldest first. Deleted ones stay in the list and say when. */
  signatureTokens: readonly SignatureToken[];
  /** The truth that answers are drawn from. Discovery sees changes when it is rebuilt, and not before. */
  world: EditableWorld;
  /** Lets Discovery look at the world as it is now. It last did when the simulator started. */
  rebuildDiscovery(): void;
  /** What was asked. */
  ledger: Ledger;
  faults: Faults;
  /** Switches. May be changed at any time. */
  behaviour: Behaviour;
  /** Stops at once: open connections are cut. */
  close(): Promise<void>;
}

/**
 * Starts a simulated Mode.
 *
 * @throws RangeError for a size no world can have; rejects when the port is taken.
 */
export async function startSimulator(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const { seed, host, port, workspace, size, behaviour, clock } = settleOptions(options);
  const world = buildWorld(seed, workspace, size);
  const credentials = makeCredentials(seed, world);
  const ledger = new Ledger();
  const faults = new Faults();
  const discovery = new Discovery(world, seed, new SignatureTokens(seed, clock.now()));
  const parts = { world, behaviour, credentials, ledger, faults, clock, discovery };
  const mode = new ModeServer(parts);
  const server = createServer((request, response) => {
    if (request.url?.startsWith(CONTROL_PREFIX)) void controlPlane(parts, request, response);
    else mode.serve(request, response);
  });
  // Longer than any pause between two calls, so that a kept connection is not closed under a call on its way.
  server.keepAliveTimeout = 120_000;
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    workspace,
    credentials,
    discovery: discovery.tokens.preset,
    signatureTokens: discovery.tokens.minted,
    world,
    rebuildDiscovery: () => discovery.rebuild(),
    ledger,
    faults,
    behaviour,
    close: () => shut(server),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Closing twice is no error. */
function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
