/**
 * Environment -> Config. Read once, at the start; nothing else looks at the environment. Each variable is declared
 * and described in the file of its section, from which docs/configuration.md and .env.example are made.
 */
import * as z from 'zod';
import { boundConfig, boundProblems, boundVariables, type BoundConfig } from './bound-variables.ts';
import { callerConfig, callerProblems, callerVariables, type CallerConfig } from './caller-variables.ts';
import { catalogConfig, catalogVariables, type CatalogConfig } from './catalog-variables.ts';
import { modeConfig, modeProblems, modeVariables, modeVariablesWithoutKey, type ModeConfig } from './mode-variables.ts';
import { runConfig, runVariables, type RunConfig } from './run-variables.ts';
import { secretsIn } from './secrets.ts';
import { webConfig, webProblems, webVariables, type WebConfig } from './web-variables.ts';

export interface Config {
  readonly mode: ModeConfig;
  readonly catalog: CatalogConfig;
  readonly callers: CallerConfig;
  readonly bounds: BoundConfig;
  readonly web: WebConfig;
  readonly run: RunConfig;
  /** What of it must never be shown: struck from every log line and span. */
  readonly secrets: readonly string[];
}

/** What is wrong with the environment, one line for each variable at fault. Never holds a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const others = {
  ...catalogVariables,
  ...callerVariables,
  ...boundVariables,
  ...webVariables,
  ...runVariables,
};
const environment = z.object({ ...modeVariables, ...others });
const environmentWithoutKey = z.object({ ...modeVariablesWithoutKey, ...others });

/** A variable that the gateway reads. */
export type VariableName = keyof typeof modeVariables | keyof typeof others;

/** What a gateway is configured by, each as it would stand in the environment; docs/configuration.md describes them. */
export type Variables = Readonly<Partial<Record<VariableName, string | undefined>>>;

/** @throws {ConfigError} naming every variable that is missing or wrong, and what to do about it */
export function readConfig(env: Variables | Readonly<Record<string, string | undefined>>): Config {
  // Compose files pass unset variables on as empty text.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const bringsOwn = given.GATEWAY_AUTH === 'pass-through';
  const { data: values, error } = (bringsOwn ? environmentWithoutKey : environment).safeParse(given);
  const problems = [
    ...(error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? []),
    ...callerProblems(given, values),
    ...boundProblems(values),
    ...webProblems(values),
    ...modeProblems(given),
  ];
  if (problems.length > 0 || !values) throw new ConfigError(problems);
  const mode = modeConfig(values);
  return {
    mode,
    catalog: catalogConfig(values, given),
    callers: callerConfig(values),
    bounds: boundConfig(values, mode.rateWindows),
    web: webConfig(values),
    run: runConfig(values),
    secrets: secretsIn(given),
  };
}
