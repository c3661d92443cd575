/** All variables, in the order in which people read of them. */
import { boundVariables } from './bound-variables.ts';
import { callerVariables } from './caller-variables.ts';
import { catalogVariables } from './catalog-variables.ts';
import { commandVariables } from './command-variables.ts';
import { modeVariables } from './mode-variables.ts';
import { runVariables } from './run-variables.ts';
import { webVariables } from './web-variables.ts';

export const SECTIONS = [
  { title: 'Mode', variables: modeVariables },
  { title: 'The catalog: the gateway’s copy of what Discovery lists', variables: catalogVariables },
  { title: 'Who may ask', variables: callerVariables },
  { title: 'How much one question may ask for', variables: boundVariables },
  { title: 'What browsers and clients may do', variables: webVariables },
  { title: 'How it is run', variables: runVariables },
  { title: 'The command line', variables: commandVariables },
] as const;
