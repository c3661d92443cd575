import { resolve } from 'node:path';
import { variableNames } from '../../src/config/print-configuration.ts';

export const ROOT = resolve(__dirname, '../..');

/** The variables that `readConfig` reads. */
export const knownVariables = variableNames;
