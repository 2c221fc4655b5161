/** One of a registry's methods as a script writes it: its name, or a group of name and options, each of them optional. */
export type Choice<T extends { readonly name: string }> =
  | T['name']
  | (T extends unknown ? { readonly name: T['name'] } & { readonly [K in keyof Omit<T, 'name'>]?: T[K] | undefined } : never);

/** A section of the config as a script writes it: every key may be left out, at every depth. */
export type Partly<T> = { readonly [K in keyof T]?: PartlyValue<T[K]> };

type PartlyValue<V> = V extends { readonly name: string } ? Choice<V> : V extends readonly unknown[] ? V : V extends object ? Partly<V> : V;
