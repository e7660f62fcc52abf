/** What a person can mend, or has to know: told in one line. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
