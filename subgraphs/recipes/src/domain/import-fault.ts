/** Something an import says about its source; `code` is stable, `message` is for the person who imports. */
export type ImportIssue = { code: string; message: string; path: string[] };

/** Thrown when no recipe can be made of what was given; `issues` says all that is wrong. */
export class ImportFault extends Error {
  readonly issues: readonly [ImportIssue, ...ImportIssue[]];

  constructor(issues: readonly [ImportIssue, ...ImportIssue[]]) {
    super(issues[0].message);
    this.name = 'ImportFault';
    this.issues = issues;
  }
}

export const importFault = (code: string, message: string, path: string[] = []): ImportFault =>
  new ImportFault([{ code, message, path }]);
