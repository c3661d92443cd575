import { Command, Option } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { withManual } from '../manual.ts';
import { wholeNumber } from '../shared-options.ts';

export interface SimulatorCommandOptions {
  readonly host: string;
  readonly port: number;
  readonly seed: number;
}

const ANY_SEED = 2 ** 32 - 1;

export function simulatorCommand(): Command {
  const command = new Command('simulator')
    .summary('only the simulated Mode, for tests of your own')
    .description(
      'Runs a simulated Mode on this machine, both APIs and the rate limit, for tests of your own. It prints the variables that lead a gateway to it, with keys that open nothing else, and keeps a ledger of the calls it gets.',
    )
    .addOption(
      new Option('-p, --port <number>', 'port to listen on; 0 takes any free one')
        .argParser(wholeNumber(65_535))
        .default(4_001),
    )
    .addOption(new Option('--host <address>', 'address to listen on').env('SIMULATOR_HOST').default('127.0.0.1'))
    .addOption(
      new Option('--seed <number>', 'which workspace: the same number makes the same one')
        .argParser(wholeNumber(ANY_SEED))
        .default(1),
    )
    .action(async (options: SimulatorCommandOptions) => (await import('../simulator.ts')).simulator(options));
  return withManual(command, {
    examples: [
      { what: 'Start it, and set the variables that it prints in another terminal', line: 'mode-graphql simulator' },
      { what: 'Another workspace, on another port', line: 'mode-graphql simulator --seed 7 --port 5001' },
      { what: 'What it was asked', line: 'curl -s http://127.0.0.1:4001/_simulator/ledger' },
    ],
    variables: { SIMULATOR_HOST: 'address to listen on, where --host is not given' },
    exits: {
      [EXIT.done]: 'stopped',
      [EXIT.cannotRun]: 'the port is taken',
      [EXIT.wrongUse]: 'called wrongly',
      [EXIT.interrupted]: 'told to stop a second time',
    },
  });
}
