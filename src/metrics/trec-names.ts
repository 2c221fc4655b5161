/** How the parameters of one of trec_eval's names are written there. */
interface Parameters {
  /** Every part fills the template once; null for text that are no such parameters. */
  readonly read: (text: string) => readonly string[] | null;
  readonly write: (part: string) => string | null;
}

/** A name of trec_eval: the measures that it stands for as it is, and the one that it stands for with parameters, which go where {} is. */
interface TrecName {
  readonly plain: readonly string[];
  readonly template?: string;
  readonly parameters?: Parameters;
}

const number = /^-?(\d+(\.\d*)?|\.\d+)$/;
const numbers = (text: string): string[] | null => {
  const parts = text.split(',');
  return parts.every((part) => number.test(part)) ? parts.map((part) => String(Number(part))) : null;
};
/** `_5,10`: as many measures; printed with so many digits. */
const list = (digits?: number): Parameters => ({
  read: numbers,
  write: (part) => (digits === undefined ? part : Number(part).toFixed(digits)),
});
/** `_1=3,2=9`: a gain for every grade, one measure. */
const gains: Parameters = {
  read: (text) => (/^\d+=\d+(\.\d+)?(,\d+=\d+(\.\d+)?)*$/.test(text) ? [text.replaceAll('=', ':')] : null),
  write: (part) => part.replaceAll(':', '='),
};
const persistence: Parameters = {
  read: (text) => (/^p=[\d.]+$/.test(text) ? [text.slice(2)] : null),
  write: (part) => `p=${part}`,
};
/** `_2,-1,0,0`; the fourth, of what is neither relevant nor retrieved, must be 0. */
const coefficients: Parameters = {
  read: (text) => {
    const [a, b, c, d, ...rest] = numbers(text) ?? [];
    return d === '0' && rest.length === 0 ? [`a=${a},b=${b},c=${c}`] : null;
  },
  write: () => null,
};

const one = (measure: string): TrecName => ({ plain: [measure] });
const graded = (measure: string): TrecName => ({ plain: [measure], template: `${measure}(gains={{}})`, parameters: gains });
const each = (template: string, values: readonly number[], digits?: number): TrecName => ({
  plain: values.map((value) => template.replace('{}', String(value))),
  template,
  parameters: list(digits),
});
const cutoffs = [5, 10, 15, 20, 30, 100, 200, 500, 1000];
const steps = (from: number, to: number, by: number) => Array.from({ length: to - from + 1 }, (_, i) => ((from + i) * by) / 10);

/** trec_eval's names, each with what it stands for in ir_measures' notation. */
const trecNames: Readonly<Record<string, TrecName>> = {
  num_q: one('NumQ'),
  num_ret: one('NumRet'),
  num_rel: one('NumRel'),
  num_rel_ret: one('NumRet(rel=1)'),
  num_nonrel_judged_ret: one('NumNonRelJudgedRet'),
  map: one('AP'),
  gm_map: one('logAP'),
  Rprec: one('Rprec'),
  bpref: one('Bpref'),
  gm_bpref: one('logBpref'),
  recip_rank: one('RR'),
  iprec_at_recall: each('IPrec@{}', steps(0, 10, 1), 2),
  P: each('P@{}', cutoffs),
  recall: each('R@{}', cutoffs),
  unj: each('Unjudged@{}', [5, 10, 20]),
  rbp: { plain: ['RBP(p=0.9,graded=True)'], template: 'RBP(p={},graded=True)', parameters: persistence },
  rbp_resid: { plain: ['RBPresidual(p=0.9)'], template: 'RBPresidual(p={})', parameters: persistence },
  infAP: one('infAP'),
  utility: { plain: ['utility'], template: 'utility({})', parameters: coefficients },
  '11pt_avg': one('AP11'),
  dcg: graded('DCG'),
  ideal_dcg: graded('IDCG'),
  ndcg: graded('nDCG'),
  relative_P: each('P(relative=True)@{}', cutoffs),
  Rprec_mult: each('Rprec(multiple={})', steps(1, 10, 2), 2),
  success: each('Success@{}', [1, 5, 10]),
  map_cut: each('AP@{}', cutoffs),
  ndcg_cut: each('nDCG@{}', cutoffs),
  ndcg_rel: graded('ndcg_rel'),
  Rndcg: graded('Rndcg'),
  binG: one('binG'),
  G: graded('G'),
  set_P: one('SetP'),
  set_recall: one('SetR'),
  set_relative_P: one('SetP(relative=True)'),
  set_map: one('SetAP'),
  set_F: { plain: ['SetF'], template: 'SetF(beta={})', parameters: list() },
};

const official = 'num_q num_ret num_rel num_rel_ret map gm_map Rprec bpref recip_rank iprec_at_recall P'.split(' ');
const sets = 'num_q num_ret num_rel num_rel_ret utility set_P set_recall set_relative_P set_map set_F'.split(' ');
/** trec_eval's names for groups of names; what prints text (runid, relstring) is not among them. */
const groups: Readonly<Record<string, readonly string[]>> = {
  official,
  set: sets,
  all_trec: Object.keys(trecNames).filter((name) => !/dcg$/.test(name) || name === 'ndcg' || name === 'Rndcg'),
};

/**
 * The measures that one of trec_eval's names stands for: one for `map` or `ndcg_cut_10` (`ndcg_cut.10`), several for `P_5,10`, `success`,
 * whose cutoffs are 1, 5 and 10 there, or `official`; null where it is no name of trec_eval, or of a measure that is not offered.
 */
export function expandTrecName(text: string): readonly string[] | null {
  if (Object.hasOwn(groups, text)) return groups[text].flatMap((name) => trecNames[name].plain);
  if (Object.hasOwn(trecNames, text)) return trecNames[text].plain;
  const [, name, given] = /^(\w+?)[._]([-\d.,=p]+)$/.exec(text) ?? [];
  if (name === undefined || !Object.hasOwn(trecNames, name)) return null;
  const { template, parameters } = trecNames[name];
  const parts = parameters?.read(given);
  return template === undefined || !parts ? null : parts.map((part) => template.replace('{}', part));
}

/** The one measure that one of trec_eval's names stands for, such as nDCG@10 for `ndcg_cut_10`; null where there is none, or several. */
export function fromTrecName(text: string): string | null {
  const measures = expandTrecName(text);
  return measures?.length === 1 ? measures[0] : null;
}

/** The name that trec_eval prints for a measure, such as `ndcg_cut_10` for nDCG@10; null where it has none. */
export function trecName(measure: string): string | null {
  for (const [name, { plain, template, parameters }] of Object.entries(trecNames)) {
    if (plain.length === 1 && plain[0] === measure) return name;
    if (template === undefined) continue;
    const [before, after] = template.split('{}');
    const part = measure.slice(before.length, measure.length - after.length);
    if (!measure.startsWith(before) || !measure.endsWith(after) || !/^[\d.:,]+$/.test(part)) continue;
    const written = parameters?.write(part) ?? null;
    if (written !== null) return `${name}_${written}`;
  }
  return null;
}
