/**
 * Runs until SIGINT or SIGTERM, then `stop`, then ends the process with 0, whatever is still open. A second
 * signal does not wait: somebody who presses Ctrl-C twice means it.
 */
export async function untilStopped(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let stopping = false;
    const onSignal = (): void => {
      if (stopping) process.exit(130);
      stopping = true;
      stop().then(resolve, reject);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
  process.exit(0);
}
