import type { DoctorOptions } from './commands/doctor.ts';
import { EXIT } from './exit-codes.ts';
import { examine } from './doctor/examine.ts';
import { isHealthy, printExamination, printExaminationAsJson } from './doctor/print-examination.ts';
import { readEnvironment } from './read-environment.ts';

/**
 * `doctor`: would a gateway with this environment work, and if not, what is to be done? Ends with 0 when nothing is a
 * problem, else with 1. Makes one call to Mode, a second with a signature token, four in all where one is to be
 * minted; one that fails in a way that may pass is made up to three times.
 */
export async function doctor({ json, ...options }: DoctorOptions, signal: AbortSignal): Promise<void> {
  const examination = await examine({ env: await readEnvironment(options), signal });
  process.stdout.write(json ? printExaminationAsJson(examination) : printExamination(examination));
  if (!isHealthy(examination.findings)) process.exitCode = EXIT.cannotRun;
}
