/** Options of a command, among them some that only change the screen. */
type ScreenOptions = Readonly<Record<string, unknown>> & {
  readonly quiet?: unknown;
  readonly format?: unknown;
  readonly perSession?: unknown;
};

/** Nothing where the value is what it is anyway. */
export const unlessUsual = <T>(value: T, usual: T): T | undefined => (value === usual ? undefined : value);

/** What was chosen, as it can be typed again; what only changes the screen is left out. */
export function typedOptions({ quiet, format, perSession, out, ...chosen }: ScreenOptions): string[] {
  return Object.entries({ ...chosen, out }).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const name = `--${value === false ? 'no-' : ''}${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === false) return [name]; // commander has false only where --no-… was typed
    return value === true ? [name] : [name, ...[value].flat().map(String)];
  });
}
