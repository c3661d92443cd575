import { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { interruptible } from '../interruption.ts';
import { withManual } from '../manual.ts';
import { envFileOption, jsonOption, type EnvFileOptions } from '../shared-options.ts';
import { MODE_VARIABLES } from './mode-variables.ts';

export interface DoctorOptions extends EnvFileOptions {
  readonly json?: true;
}

export function doctorCommand(): Command {
  const command = new Command('doctor')
    .summary('check what "serve" needs: Mode, keys, clock, Redis, files')
    .description(
      'Looks at everything that a gateway with this environment would need, and says what to do about what it finds. It makes one to four calls to Mode, changes nothing, and shows no secret: its output may be shared.',
    )
    .addOption(jsonOption('print the findings as JSON'))
    .addOption(envFileOption())
    .action((options: DoctorOptions) =>
      interruptible(async (signal) => (await import('../doctor.ts')).doctor(options, signal)),
    );
  return withManual(command, {
    examples: [
      { what: 'With variables that are set already', line: 'mode-graphql doctor' },
      { what: 'With those of a file', line: 'mode-graphql doctor --env-file .env' },
      { what: 'In a script', line: 'mode-graphql doctor --json | jq .findings' },
    ],
    variables: { ...MODE_VARIABLES, '...': 'all that "serve" reads: docs/configuration.md' },
    exits: {
      [EXIT.done]: 'nothing is a problem',
      [EXIT.cannotRun]: 'something is',
      [EXIT.wrongUse]: 'called wrongly',
      [EXIT.interrupted]: 'interrupted',
    },
  });
}
