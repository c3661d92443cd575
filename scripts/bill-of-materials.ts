import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const document = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string(), name: z.string() }) }),
  components: z.array(z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

const lock = z.object({
  name: z.string(),
  packages: z.record(z.string(), z.object({ version: z.string(), dev: z.boolean().optional() })),
});

export type Bill = z.output<typeof document>;

/**
 * Every package that runs in production, by the lockfile and not by what happens to be installed.
 *
 * `npm sbom --omit dev` would leave out what development tools need as well, graphql among them; so all is asked
 * for, and the lockfile says which of it is for development only.
 */
export function bill(): Bill {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  // A warning of npm's has no place in it.
  const text = execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 });
  const all = document.parse(JSON.parse(text));
  const { name, packages } = lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const refs = new Set([all.metadata.component['bom-ref']]);
  for (const [path, { version, dev }] of Object.entries(packages)) {
    const at = path.lastIndexOf('node_modules/');
    if (at >= 0 && dev !== true) refs.add(`${path.slice(at + 'node_modules/'.length)}@${version}`);
  }
  return {
    ...all,
    // npm calls it by the folder it lies in.
    metadata: { ...all.metadata, component: { ...all.metadata.component, name } },
    components: all.components.filter((component) => refs.has(component['bom-ref'])),
    dependencies: all.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map((each) => ({ ...each, dependsOn: each.dependsOn.filter((ref) => refs.has(ref)) })),
  };
}
