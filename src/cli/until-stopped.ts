/**
 * Runs until SIGINT or SIGTERM, then `stop`, then ends the process, whatever is still open: with `process.exitCode`, if
 * `stop` has set one, else with 0. A second signal does not wait: somebody who presses Ctrl-C twice means it.
 *
 * @param starting what `stop` may have to wait for; rejects with its error. The first process of a container is
 * deaf to signals that nobody listens to, so one that comes while it starts must find somebody listening.
 */
export async function untilStopped(stop: () => Promise<unknown>, starting?: Promise<unknown>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let stopping = false;
    const onSignal = (): void => {
      if (stopping) process.exit(130);
      stopping = true;
      stop().then(() => {
        resolve();
      }, reject);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    starting?.catch(reject);
  });
  process.exit();
}
