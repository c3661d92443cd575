import { readFileSync } from 'node:fs';
import { bill } from '../../scripts/bill-of-materials.ts';
import { lockfile, nameOf, productionPaths } from './lockfile.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const locked = Object.entries(lockfile.packages).filter(([path]) => path !== '');

describe('the lockfile', () => {
  it('is in step with package.json', () => {
    const { dependencies, devDependencies } = lockfile.packages[''] ?? {};
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
  });

  it('names the content of every package by its hash, and takes none from elsewhere than a registry', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(
      locked.filter(([, { integrity, link }]) => link === true || integrity?.startsWith('sha512-') !== true),
    ).toEqual([]);
    expect(locked.filter(([, { resolved }]) => /^(git|file|http:)/.test(resolved ?? ''))).toEqual([]);
  });
});

describe('the software bill of materials', () => {
  const whole = bill();
  const components = whole.components.map(({ name, version }) => `${name}@${version}`);

  it('lists every package that runs in production, with its version', () => {
    const needed = [...productionPaths()].map((path) => `${nameOf(path)}@${lockfile.packages[path]?.version ?? ''}`);
    expect([...new Set(needed)].sort()).toEqual([...components].sort());
    for (const name of Object.keys(manifest.dependencies)) {
      expect(components.some((each) => each.startsWith(`${name}@`))).toBe(true);
    }
  });

  it('says what needs what, and of nothing that it does not list', () => {
    const refs = new Set([...whole.components, whole.metadata.component].map((each) => each['bom-ref']));
    const told = whole.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(told.length).toBeGreaterThan(components.length);
    expect(told.filter((ref) => !refs.has(ref))).toEqual([]);
  });

  it('lists nothing that does not', () => {
    for (const name of ['jest', 'eslint', 'typescript', 'tsx', 'prettier']) {
      expect(components.filter((each) => each.startsWith(`${name}@`))).toEqual([]);
    }
  });

  it('says of what it is the bill', () => {
    expect(whole.metadata.component.name).toBe(manifest.name);
  });
});
