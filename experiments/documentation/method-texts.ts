import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../modules/own-files.ts';

/** What people need to know of a method that its code does not say: one line or a few each. */
export interface MethodText {
  readonly formula?: string;
  readonly assumes?: string;
  readonly use?: string; //    when to take it
  readonly fails?: string; //  when not
  readonly source?: string; // who published it
  readonly peers?: string; //  what other toolkits call it
  readonly options?: Readonly<Record<string, string>>; // what each option is
}
export type TextField = Exclude<keyof MethodText, 'options'>;

/** The texts of one kind, by method; options that several methods share are said once, under `$options`. */
export type KindTexts = Readonly<Record<string, MethodText>> & { readonly $options?: Readonly<Record<string, string>> };

export const textFields = ['formula', 'assumes', 'use', 'fails', 'source', 'peers'] as const satisfies readonly TextField[];
const withoutFormula = ['use', 'fails', 'source'] as const;
const withoutPeers = ['formula', 'assumes', 'use', 'fails', 'source'] as const;

/** What a page must say, for kinds that are no methods of learning: of all others it is everything. */
const fewer: Readonly<Record<string, readonly TextField[]>> = {
  'metric-estimators': withoutPeers,
  'estimable-metrics': withoutPeers,
  tasks: withoutFormula,
  interventions: withoutPeers,
  scalings: withoutPeers,
  'gold-metrics': withoutFormula,
  'pair-tests': withoutFormula,
  'session-log-formats': withoutFormula,
  readers: withoutFormula,
  worlds: withoutFormula,
  predictions: withoutFormula,
};
export const neededFields = (slug: string): readonly TextField[] => fewer[slug] ?? textFields;

/** @param slug of a kind; an empty group where nothing is written of it */
export async function readTexts(slug: string): Promise<KindTexts> {
  const text = await readFile(join(packageRoot, `docs/methods/texts/${slug}.yaml`), 'utf8').catch(() => '{}');
  return parse(text) as KindTexts;
}

/** What is missing or too much in the text of a method, a phrase each; empty where nothing is. */
export function textFaults(
  slug: string,
  { $options: shared = {}, ...texts }: KindTexts,
  name: string,
  options: readonly string[],
): string[] {
  const text: MethodText = texts[name] ?? {};
  const said = Object.keys(text.options ?? {});
  return [
    ...neededFields(slug)
      .filter((field) => typeof text[field] !== 'string' || text[field].trim() === '')
      .map((field) => `no ${field}`),
    ...options
      .filter((option) => !said.includes(option) && shared[option] === undefined)
      .map((option) => `no text of the option ${option}`),
    ...said.filter((option) => !options.includes(option)).map((option) => `a text of ${option}, which is no option`),
  ];
}
