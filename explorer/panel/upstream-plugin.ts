import type { GraphiQLPlugin } from '@graphiql/react';
import { GaugeIcon } from './gauge-icon.tsx';
import { UpstreamPanel } from './upstream-panel.tsx';

export const upstreamPlugin: GraphiQLPlugin = { title: 'Upstream', icon: GaugeIcon, content: UpstreamPanel };

/** Shows the panel. Only the side bar can unfold the pane that it is in, so its button is pressed. */
export function showUpstreamPanel(): void {
  document.querySelector<HTMLButtonElement>(`[aria-label="Show ${upstreamPlugin.title}"]`)?.click();
}
