/** A failure whose message is all that the person at the terminal needs: no stack is shown. */
export class LaunchError extends Error {
  readonly isForPeople = true;
}

/** One line for the person at the terminal; stdout is theirs, the log goes to stderr. */
export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
