/** Estimators of bias that need something of the log or the config. */
const biasWords: Readonly<Record<string, string>> = {
  given: "'estimators=[naive-ctr, {name: given, examination: [1, 0.5, 0.33, 0.25, 0.2, 0.17, 0.14, 0.13, 0.11, 0.1]}]'",
  'rand-pair': "simulation.intervention=rand-pair 'estimators=[naive-ctr, rand-pair]'",
  'adjacent-swap': "simulation.intervention=adjacent-swap 'estimators=[naive-ctr, adjacent-swap]'",
  'fair-pairs': "simulation.intervention=fair-pairs 'estimators=[naive-ctr, fair-pairs]'",
  'trust-bias': "simulation.clickModel=trust-bias 'estimators=[naive-ctr, trust-bias]'",
};
const weightingWords: Readonly<Record<string, string>> = {
  naive: "'estimators=[naive, ips, skyline]'",
  affine: "preset=trust-bias 'estimators=[naive, ips, affine, skyline]'",
  'policy-aware-affine': "preset=trust-bias 'estimators=[naive, ips, {bias: oracle, weighting: policy-aware-affine}, skyline]'",
  'propensity-ratio': "'estimators=[naive, {bias: oracle, weighting: propensity-ratio, loss: pairwise-logistic}, skyline]'",
};
const estimatorWords: Readonly<Record<string, string>> = {
  naive: "'estimators=[naive, ips, skyline]'",
  skyline: "'estimators=[naive, ips, skyline]'",
  affine: "preset=trust-bias 'estimators=[naive, ips, affine, skyline]'",
};
/** Of a file, of contexts, of the truth: no config of the package has such. */
const elsewhere = ['contextual-network', 'saved', 'oracle'];

/** Ids need queries that come again: of the quickstart no study has such, a log of it has. */
const withIds = `counterrank simulate quickstart simulation.sessions=1e5 simulation.temperature=0.5 simulation.listsPerQuery=4 --out log
counterrank fit log --ranker embedding --out fitted`;

/** Commands of a kind's methods. `null`: a command would say nothing of them. */
const kinds: Readonly<Record<string, (name: string) => string | null>> = {
  estimators: (name) => `counterrank run quickstart ${estimatorWords[name] ?? `'estimators=[naive, ${name}, skyline]'`}`,
  'bias-estimators': (name) =>
    elsewhere.includes(name) ? null : `counterrank run bias ${biasWords[name] ?? `'estimators=[naive-ctr, ${name}]'`}`,
  weightings: (name) =>
    `counterrank run quickstart ${weightingWords[name] ?? `'estimators=[naive, {bias: oracle, weighting: ${name}}, skyline]'`}`,
  'click-models': (name) =>
    `counterrank run click-models ${/^context/.test(name) ? `simulation.clickModel=${name} ` : ''}'estimators=[document-ctr, ${name}]'`,
  rankers: (name) => (name === 'embedding' ? withIds : `counterrank run quickstart ranker=${name}`),
  losses: (name) => `counterrank run quickstart training.loss=${name} 'estimators=[naive, ips, skyline]'`,
  optimisers: (name) => `counterrank run quickstart training.optimiser=${name} 'estimators=[naive, ips, skyline]'`,
  metrics: (name) => (name === 'num' ? null : `counterrank run quickstart 'evaluation.metrics=[${name}@10]'`),
  'implicit-recommenders': (name) =>
    `counterrank run mnar-semi-synthetic 'estimators=[naive, ${name}]' 'evaluation.metrics=[auc, ndcg@10]'`,
  'conversion-recommenders': (name) => `counterrank run entire-space 'estimators=[naive, ${name}]'`,
};

/** A command, or two lines of them, that shows a method at work, of a config of the package; null where there is none. */
export function tryIt(slug: string, name: string): string | null {
  const command = Object.hasOwn(kinds, slug) ? kinds[slug](name) : null;
  return command?.replace(/\[([a-z-]+), \1\]/, '[$1]').replace(/\[naive, skyline, skyline\]/, '[naive, skyline]') ?? null;
}
