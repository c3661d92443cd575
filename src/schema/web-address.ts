import type { GatewayContext } from './context.ts';

/** An address on Mode's web site below the workspace: links in payloads are API paths or relative. */
export function webAddress(context: GatewayContext, ...segments: readonly string[]): string {
  return [context.webUrl, context.operation.workspace, ...segments.map(encodeURIComponent)].join('/');
}
