/**
 * Runs until SIGINT or SIGTERM, then `stop`, then the process ends with 0. A second signal does not
 * wait: somebody who presses Ctrl-C twice means it.
 */
export function untilStopped(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopping = false;
    const onSignal = (): void => {
      if (stopping) process.exit(130);
      stopping = true;
      stop().then(resolve, reject);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
