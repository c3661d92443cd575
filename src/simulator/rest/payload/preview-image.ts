import type { SimReport } from '../../world/rows.ts';
import { tokenFor } from '../../world/tokens.ts';
import type { Scene } from './scene.ts';

/** The address of a picture of the last run, signed and short-lived. Null when nothing was ever drawn. */
export function previewImage(scene: Scene, row: SimReport): string | null {
  const run = row.lastSuccessfulRunToken;
  if (run === null) return null;
  const hex = (part: string): string => tokenFor(row.token, run, part);
  const signature = ['a', 'b', 'c', 'd', 'e'].map(hex).join('');
  return (
    `https://previews.simulated-mode.test/report-run-previews/web/${scene.world.workspace.username}/${row.token}/` +
    `${run}/${hex('image')}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=SIMULATED%2F20260901%2Fus-west-2%2Fs3` +
    `%2Faws4_request&X-Amz-Date=20260901T000000Z&X-Amz-Expires=119&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`
  );
}
