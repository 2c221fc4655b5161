import { clickModelLabelsName, type LogDiagnosis, nothingToTell, percent, usersOf } from '../../estimators/index.ts';
import { csvOf } from '../records/csv.ts';
import { jsonText } from '../records/write-json.ts';
import { alignedTable, type TextTable } from '../report/text-table-forms.ts';
import type { Diagnosed } from '../tasks/bias/diagnosed.ts';
import { ownScreen, type Screen } from '../terminal/screen.ts';
import { forScreen } from '../terminal/wrap-words.ts';

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const share = (value: number): string => (Number.isNaN(value) ? '' : percent(value));
const short = (value: number): string => (Number.isFinite(value) ? value.toPrecision(3) : '');
const paragraph = (...lines: readonly (string | null)[]): string => lines.filter((line) => line !== null).join('\n');

export function diagnosisText(found: Diagnosed, screen: Screen = ownScreen()): string {
  const words = (text: string) => forScreen(text, screen, 2);
  const table = (of: (found: Diagnosed) => TextTable) => alignedTable(of(found), screen);
  const { diagnosis } = found;
  const before = [
    logText(found),
    table(rankTable),
    graphText(found),
    featureText(diagnosis),
    confoundingText(found),
    readingText(diagnosis),
  ];
  return [...before.map(words), table(weightingTable), table(biasTable), words(nextText(found))].filter((text) => text !== '').join('\n\n');
}

/** The same as numbers; what could not be told is null. */
export function diagnosisJson({ path, diagnosis, contextNames, judged, relevance, spread, bias, weighting }: Diagnosed): string {
  const { name, assumed, bias: estimated } = judged;
  const { examination, intervals } = estimated;
  const { log, ...found } = diagnosis;
  return jsonText({
    ...{ path, log, ...found, users: usersOf(diagnosis), contextNames: Object.fromEntries(contextNames) },
    judgedBy: { name, assumed, examination, intervals: intervals ?? null },
    relevance,
    weightings: spread,
    advice: { bias, weighting },
  }).trimEnd();
}

/** One number or word a line. */
export function diagnosisCsv({ diagnosis, contextNames, judged, relevance, spread, bias, weighting }: Diagnosed): string {
  const { log, clickThrough, rankGroups, overlap, features, neighbours, contexts, trust, clickingEverything, ...other } = diagnosis;
  const lines = (part: string, name: string | number, values: object) =>
    Object.entries(values).flatMap(([measure, value]) =>
      typeof value === 'object'
        ? []
        : [[part, name, measure, typeof value === 'number' && !Number.isFinite(value) ? null : value] as const],
    );
  const { examination, intervals } = judged.bias;
  const ranks = Array.from(clickThrough, (rate, k) => ({
    ...{ group: rankGroups[k] + 1, impressions: overlap.impressions[k], clickThrough: rate, moved: overlap.moved[k] },
    ...(k + 1 < clickThrough.length && { compared: overlap.compared[k], ...renamed(neighbours[k]) }),
    ...(examination && { examination: examination[k] }),
    ...(intervals && { lower: intervals.lower[k], upper: intervals.upper[k] }),
    ...(relevance && { relevance: relevance.relevance[k] }),
  }));
  return csvOf(
    ['part', 'name', 'measure', 'value'],
    [
      ...lines('log', '', { ...log, ...other, atUsualRank: overlap.atUsualRank, users: usersOf(diagnosis), judgedBy: judged.name }),
      ...lines('log', '', { assumed: judged.assumed, relevanceShare: relevance?.share ?? Number.NaN }),
      ...(contexts ?? []).flatMap((context, c) => (context.sessions > 0 ? lines('context', contextNames.get(c) ?? c, context) : [])),
      ...ranks.flatMap((rank, k) => lines('rank', k + 1, rank)),
      ...lines('features', '', features ?? {}),
      ...lines('trust', '', trust ?? {}),
      ...lines('clicking-everything', '', clickingEverything ?? {}),
      ...spread.flatMap(({ name, spread: found, why }) => lines('weighting', name, found ?? { why })),
      ...bias.flatMap(({ name, ...verdict }) => lines('estimator', name, verdict)),
      ...lines('advice', weighting.name, { why: weighting.why }),
    ],
  );
}

const renamed = ({ ratio, lower, upper }: LogDiagnosis['neighbours'][number]) => ({
  ...{ nextClickOdds: ratio, nextClickOddsLower: lower, nextClickOddsUpper: upper },
});

export function logText({ path, diagnosis: { log, policies, contexts, neverShown, byAllPolicies }, contextNames }: Diagnosed): string {
  return paragraph(
    `${path}: ${whole(log.sessions)} sessions of ${whole(log.queries)} queries, ${short(log.listsPerQuery)} lists a query; ${short(log.clicksPerSession)} clicks a session, ${share(log.clickless)} of the sessions without a click`,
    neverShown === null ? null : `${share(neverShown)} of the documents of these queries were never shown`,
    policies > 1 ? `${policies} logging policies; documents that all of them show have ${share(byAllPolicies)} of the impressions` : null,
    contexts === null
      ? null
      : `contexts: ${contexts.flatMap(({ sessions }, c) => (sessions > 0 ? [`${contextNames.get(c) ?? c}: ${whole(sessions)} sessions`] : [])).join('; ')}`,
  );
}

export function rankTable({ diagnosis: { clickThrough, overlap, rankGroups }, judged, relevance }: Diagnosed): TextTable {
  const { examination, intervals } = judged.bias;
  const head = ['rank', 'group', 'sessions', 'CTR', 'moved', 'compares', ...(relevance ? ['examined', '95 %', 'relevance'] : [])];
  const rows = Array.from(clickThrough, (rate, k) => [
    ...[String(k + 1), String(rankGroups[k] + 1), whole(overlap.impressions[k]), short(rate), share(overlap.moved[k])],
    k + 1 < clickThrough.length ? whole(overlap.compared[k]) : '',
    ...(relevance
      ? [
          short(examination?.[k] ?? Number.NaN),
          intervals && k > 0 ? `${short(intervals.lower[k])}–${short(intervals.upper[k])}` : '',
          short(relevance.relevance[k]),
        ]
      : []),
  ]);
  const columns = [
    'moved: impressions of documents also shown at another rank',
    'compares: sessions that would compare the rank with the next as well, 2nm/(n + m) summed over documents',
    ...(relevance ? [`examined: θ over that of rank 1, by ${judged.name}`, 'relevance: CTR/θ over that of rank 1'] : []),
  ];
  return { title: 'Ranks', head, rows, note: columns.join('\n') };
}

/** Ranks as people write them: 1–3, 5. */
function ranges(ranks: readonly number[]): string {
  const runs: number[][] = [];
  for (const rank of ranks) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === rank - 1) last[1] = rank;
    else runs.push([rank, rank]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

export function graphText({ diagnosis: { rankGroups, log, overlap, contexts }, contextNames, refused }: Diagnosed): string {
  if (rankGroups.length === 1) return 'Rank graph\n  one rank';
  const silent = refused.get('all-pairs');
  const groups = [...new Set(rankGroups)].map((g) => [...rankGroups.keys()].filter((k) => rankGroups[k] === g).map((k) => k + 1));
  const split =
    contexts?.flatMap(({ rankGroups: count }, c) =>
      count > 1 ? [`context ${contextNames.get(c) ?? c} by itself has ${count} groups`] : [],
    ) ?? [];
  return paragraph(
    'Rank graph',
    groups.length === 1
      ? `  one group: all ranks are tied together by documents that moved, ${silent === undefined ? 'so the log tells θ up to one factor' : `but not by clicks: ${silent}`}`
      : `  ${groups.length} groups (${groups.map(ranges).join('; ')}): no document was shown at ranks of two of them, so θ of one says nothing of another`,
    `  ${share(log.atSeveralRanks)} of the documents were shown at several ranks; ${share(overlap.atUsualRank)} of the impressions are at the rank that their document has most`,
    split.length > 0 ? `  ${split.join('; ')}` : null,
  );
}

export function featureText({ features, rankGroups }: LogDiagnosis): string {
  if (features === null) return '';
  const { rows, columns, rank, smallestSingularValue, lost, explained, constantFeatures } = features;
  const contrasts = rankGroups.length - 1;
  return paragraph(
    'Features',
    `  [rank | features]: rank ${rank} of ${columns} columns over ${whole(rows)} distinct pairs of document and rank, smallest singular value ${short(smallestSingularValue)}${constantFeatures > 0 ? ` (${constantFeatures} features that are the same everywhere left out)` : ''}`,
    lost === 0
      ? `  linear relevance leaves all ${contrasts} contrasts of ranks; features explain at most ${share(explained)} of one, so standard errors of θ up to ${short(1 / Math.sqrt(1 - explained))} times as large`
      : `  features say ${lost} of ${contrasts} contrasts of ranks as well: there bias and relevance are one`,
  );
}

export function confoundingText({ relevance, judged }: Diagnosed): string {
  if (relevance === null)
    return paragraph(
      'Confounding of rank and relevance',
      `  cannot be told: ${judged.assumed ? 'nothing in the log compares ranks' : `${judged.name} tells α and β, and no examination`}`,
    );
  const part = relevance.share;
  return paragraph(
    'Confounding of rank and relevance',
    Number.isNaN(part)
      ? '  none to tell: click-through does not vary with rank'
      : `  ${share(part)} of how log click-through varies with rank is relevance, ${share(1 - part)} is examination (by ${judged.name})`,
  );
}

export function readingText(diagnosis: LogDiagnosis): string {
  const { neighbours, clickingEverything, log } = diagnosis;
  const told = neighbours.flatMap(({ ratio, lower, upper }, k) =>
    Number.isFinite(ratio) ? [`${k + 1}, ${k + 2}: ${short(ratio)} [${short(lower)}, ${short(upper)}]`] : [],
  );
  const says = {
    'position-based': 'no sign that they depend on each other: position-based users, as far as that tells',
    trust:
      'no sign that they depend on each other, but rates of documents that moved are affine in relevance and not proportional: users trust ranks',
    cascade: 'a click makes one at the next rank rarer: users stop, or the log keeps one click a session; θ alone does not describe them',
    'one-click':
      'sessions end with their first click: users stop there (or the log keeps no other), so all above it was seen and nothing below',
    differ: 'clicks come in company: users differ in how far they read; θ alone does not describe them',
    unknown: 'cannot be told: no list has sessions enough',
  }[usersOf(diagnosis)];
  return paragraph(
    'How lists are read (odds ratio of clicks at neighbouring ranks within a list; 1: independent)',
    told.length > 0 ? `  ${told.slice(0, 4).join('; ')}${told.length > 4 ? '; …' : ''}` : null,
    `  ${says}`,
    clickingEverything === null
      ? null
      : `  this is without ${whole(clickingEverything.sessions)} sessions (${share(clickingEverything.sessions / log.sessions)}) that click everything, where chance gives about ${whole(clickingEverything.expected)}: scripts, or people who open all. They are in all other numbers, and flatten what is estimated by rank: leave them out of the log`,
  );
}

export function weightingTable({ spread, judged }: Diagnosed): TextTable {
  const rows = spread.map(({ name, spread: found, why }) =>
    found === null
      ? [name, '', '', '', why]
      : [
          name,
          whole(found.effective),
          share(found.effective / found.clicks),
          found.clippedShare === undefined ? '' : share(found.clippedShare),
          '',
        ],
  );
  const note = judged.assumed
    ? 'no estimate of bias: as if examination were 1/rank (an assumption; --bias names one)'
    : `bias by ${judged.name}; effective: (Σw)²/Σw² of the clicks, as many of equal weight would say as much; the usual options of each`;
  return { title: 'Weightings', head: ['weighting', 'effective', 'of all', 'clipped', ''], rows, note };
}

export function biasTable({ bias }: Diagnosed): TextTable {
  const rows = bias.map(({ verdict, name, why }) => [verdict, name, why]);
  return { title: 'Estimators of bias', head: ['', 'estimator', 'why'], rows, note: '' };
}

export function nextText({ diagnosis, bias, weighting }: Diagnosed): string {
  const nothing = nothingToTell(diagnosis);
  if (nothing !== null) return `Next\n  ${nothing}`;
  const take = bias.find(({ verdict }) => verdict === 'take');
  if (take === undefined)
    return paragraph(
      'Next',
      '  nothing in this log tells bias from relevance. Ways out: show some lists in random order, or with neighbours swapped (docs/bias.md);',
      `  ${diagnosis.features === null ? 'name the features of its documents (--features); or ' : ''}give numbers of other logs of the same users (--bias FILE, in a config bias: [1, 0.6, …])`,
    );
  const method =
    weighting.name === clickModelLabelsName
      ? `{name: ${weighting.name}, clickModel: ${take.model}}`
      : `{bias: ${take.model === undefined ? take.name : `{clickModel: ${take.model}}`}, weighting: ${weighting.clip === undefined ? weighting.name : `{name: ${weighting.name}, clip: ${weighting.clip}}`}}`;
  return paragraph('Next', `  estimators: [naive, ${method}]`, `  ${take.name}: ${take.why}`, `  ${weighting.name}: ${weighting.why}`);
}
