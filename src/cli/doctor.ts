import { parseArgs } from 'node:util';
import { examine } from './doctor/examine.ts';
import { isHealthy, printExamination, printExaminationAsJson } from './doctor/print-examination.ts';

/**
 * `doctor`: would a gateway with this environment work, and if not, what is to be done? Ends with 0 when nothing is a
 * problem, else with 1. Makes one call to Mode, a second with a signature token, four in all where one is to be
 * minted; one that fails in a way that may pass is made up to three times.
 */
export async function doctor(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const examination = await examine({ env: process.env });
  process.stdout.write(values.json ? printExaminationAsJson(examination) : printExamination(examination));
  if (!isHealthy(examination.findings)) process.exitCode = 1;
}
