/** How wide the screen is, and whether it shows boxes and bold. */
export interface Screen {
  readonly columns: number;
  readonly terminal: boolean;
}

/** That of standard output. */
export const ownScreen = (): Screen => ({ columns: process.stdout.columns ?? 80, terminal: process.stdout.isTTY === true });
