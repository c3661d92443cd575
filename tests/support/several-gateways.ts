import type { Gateway, GatewayOptions } from '../../src/gateway.ts';
import { gatewayOver, type Env } from './gateway.ts';

/** Gateways of one block of tests, taken down together after it. */
export class SeveralGateways {
  readonly #gateways: Gateway[] = [];

  readonly over = (env: Env, options?: GatewayOptions): Gateway => {
    const gateway = gatewayOver(env, options);
    this.#gateways.push(gateway);
    return gateway;
  };

  async dispose(): Promise<void> {
    await Promise.all(this.#gateways.map((gateway) => gateway.dispose()));
  }
}
