import { CriticalityLevel, diff } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';
import { breakingItems, unreleasedIn } from './changelog.ts';
import { deprecationsIn, sunsetIn } from './deprecations.ts';
import { mayBreak, nextThatMayBreak, readVersion } from './versions.ts';

export interface SchemaStep {
  /** What callers know, and of which version it is. */
  readonly released: GraphQLSchema;
  readonly releasedVersion: string;
  /** What they would get, and as which version. */
  readonly current: GraphQLSchema;
  readonly nextVersion: string;
  /** CHANGELOG.md. */
  readonly changelog: string;
  /** As in 2026-11-26. */
  readonly today: string;
}

export interface Judgement {
  /** What keeps it from being released: each names what is at fault and what to do. */
  readonly problems: readonly string[];
  /** What breaks callers, is marked, and is allowed. */
  readonly breaking: readonly string[];
  /** What may break callers who did not expect it, such as another value of an enum. */
  readonly dangerous: readonly string[];
  /** How many other changes there are. */
  readonly safe: number;
}

/** Whether the schema may go from what was released to what it is now. Pure, but for being asynchronous. */
export async function judgeSchema(step: SchemaStep): Promise<Judgement> {
  const changes = (await diff(step.released, step.current)).map(({ criticality: { level }, type, path, message }) => ({
    level,
    coordinate: coordinateOf(type as string, path ?? ''),
    text: message,
    isRemoval: (type as string).endsWith('_REMOVED'),
  }));
  const told = (level: CriticalityLevel): string[] =>
    changes.filter((change) => change.level === level).map(({ coordinate, text }) => `${coordinate}: ${text}`);
  const breaking = changes.filter(({ level }) => level === CriticalityLevel.Breaking);
  return {
    problems: [
      ...unmarked(breaking, step.changelog),
      ...(breaking.length > 0 ? tooSmallAStep(step) : []),
      ...tooEarly(breaking, step),
      ...undated(step.current),
    ],
    breaking: told(CriticalityLevel.Breaking),
    dangerous: told(CriticalityLevel.Dangerous),
    safe: changes.filter(({ level }) => level === CriticalityLevel.NonBreaking).length,
  };
}

interface BreakingChange {
  readonly coordinate: string;
  readonly text: string;
  readonly isRemoval: boolean;
}

function unmarked(breaking: readonly BreakingChange[], changelog: string): string[] {
  const items = breakingItems(unreleasedIn(changelog) ?? '');
  return breaking
    .filter(({ coordinate }) => !items.some((item) => names(item, coordinate)))
    .map(
      ({ coordinate, text }) =>
        `${coordinate}: ${text}. This breaks callers. Take it back, or write below "## [Unreleased]" in CHANGELOG.md:\n` +
        `  - BREAKING: \`${coordinate}\` … and what callers do instead.`,
    );
}

/** `Report.foo` is not named by `Report.fooBar`, nor `Report` by `Report.foo`. */
function names(item: string, coordinate: string): boolean {
  const literal = coordinate.replace(/[.()@]/g, '\\$&');
  return new RegExp(`(^|[^\\w.@])${literal}(?![\\w(]|\\.\\w)`).test(item);
}

function tooSmallAStep({ releasedVersion, nextVersion }: SchemaStep): string[] {
  const from = readVersion(releasedVersion);
  if (mayBreak(from, readVersion(nextVersion))) return [];
  const why =
    from.major === 0
      ? 'below 1.0 a change that breaks callers takes another minor version'
      : 'a change that breaks callers takes another major version';
  return [
    `The version to come is ${nextVersion}, after ${releasedVersion}: ${why}. Set "version" in package.json to ${nextThatMayBreak(from)} (npm version --no-git-tag-version ${nextThatMayBreak(from)}).`,
  ];
}

/** What was promised to stay until a day stays until then. */
function tooEarly(breaking: readonly BreakingChange[], { released, today }: SchemaStep): string[] {
  const deprecations = deprecationsIn(released);
  return breaking.flatMap(({ coordinate, isRemoval }) => {
    const sunset = isRemoval ? sunsetIn(deprecations.get(coordinate) ?? '') : undefined;
    if (sunset === undefined || today >= sunset) return [];
    return [
      `${coordinate}: callers were told that it stays until ${sunset}, and today is ${today}. Take it back until then.`,
    ];
  });
}

function undated(current: GraphQLSchema): string[] {
  return [...deprecationsIn(current)]
    .filter(([, reason]) => sunsetIn(reason) === undefined)
    .map(
      ([coordinate]) => `${coordinate}: its deprecation names no day. End the reason with: Removed from 2027-01-31 on.`,
    );
}

/** As GraphQL writes them: an argument is `Report.queries(first:)`. */
function coordinateOf(type: string, path: string): string {
  if (!type.includes('ARGUMENT')) return path;
  return path.replace(/\.(\w+)$/, '($1:)');
}
