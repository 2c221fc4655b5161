import { definedValues, summarise } from './summarise.ts';

/** trec_eval's names, each with that of ir_measures' notation; k and r stand for a cutoff and a recall. */
export const trecNames: Readonly<Record<string, string>> = {
  num_q: 'NumQ',
  num_ret: 'NumRet',
  num_rel: 'NumRel',
  num_rel_ret: 'NumRet(rel=1)',
  gm_map: 'logAP',
  '11pt_avg': 'AP11',
  map: 'AP',
  map_cut: 'AP@k',
  P: 'P@k',
  recall: 'R@k',
  success: 'Success@k',
  recip_rank: 'RR',
  Rprec: 'Rprec',
  bpref: 'Bpref',
  infAP: 'infAP',
  ndcg: 'nDCG',
  ndcg_cut: 'nDCG@k',
  dcg: 'DCG',
  iprec_at_recall: 'IPrec@r',
  set_P: 'SetP',
  set_relative_P: 'SetP(relative=True)',
  set_recall: 'SetR',
  set_map: 'SetAP',
  set_F: 'SetF',
  rbp: 'RBP(p=0.9)',
  rbp_resid: 'RBPresidual(p=0.9)',
};

/** The measure that trec_eval prints under a name, cutoffs included, such as `ndcg_cut_10` for nDCG@10; null where it has none. */
export function trecName(measure: string): string | null {
  const [, name, cutoff] = /^([^@]*)(?:@(.*))?$/.exec(measure) ?? [];
  if (cutoff === undefined) return keyOf(measure);
  if (name === 'IPrec') return `iprec_at_recall_${Number(cutoff).toFixed(2)}`;
  const key = keyOf(`${name}@k`);
  return key === null ? null : `${key}_${cutoff}`;
}

/** The measure that one of trec_eval's names stands for, such as nDCG@10 for `ndcg_cut_10`; null where this notation has none. */
export function fromTrecName(text: string): string | null {
  if (Object.hasOwn(trecNames, text)) return /@[kr]$/.test(trecNames[text]) ? null : trecNames[text];
  const [, key, cutoff] = /^(\w+?)[_.](\d+(?:\.\d+)?|\.\d+)$/.exec(text) ?? [];
  if (key === undefined || !Object.hasOwn(trecNames, key) || !/@[kr]$/.test(trecNames[key])) return null;
  return trecNames[key].replace(/[kr]$/, String(Number(cutoff)));
}

const keyOf = (measure: string): string | null => Object.entries(trecNames).find(([, name]) => name === measure)?.[0] ?? null;

/** Whether a measure counts: trec_eval and ir_measures add its values up, and print whole numbers. */
export const isCount = (measure: string): boolean => /^Num(Q|Rel|Ret)\b/.test(measure);

/** What trec_eval makes of a measure's values of topics: the sum of counts, the geometric mean behind logAP, else the mean. NaN is left out. */
export function trecAverage(measure: string, values: Float64Array): number {
  if (isCount(measure)) return definedValues(values).reduce((sum, value) => sum + value, 0);
  const { mean } = summarise(values);
  return measure === 'logAP' ? Math.exp(mean) : mean;
}
