import type { InterventionChoice } from '../../simulators/index.ts';
import type { BenchLine } from './bench-line.ts';
import { draw, estimate, type Name, theta } from './bias.ts';

interface Covered {
  readonly name: Name;
  readonly chosen?: object;
  readonly intervention?: InterventionChoice;
  readonly share?: number; // of the logs, of the slow
}

const covered: readonly Covered[] = [
  { name: 'naive-ctr' },
  { name: 'pivot-one' },
  { name: 'adjacent-chain' },
  { name: 'all-pairs' },
  { name: 'all-pairs', chosen: { by: 'context' } },
  { name: 'contextual-network', share: 0.5 },
  { name: 'randomisation', intervention: { name: 'shuffle' } },
  { name: 'rand-pair', intervention: { name: 'rand-pair' } },
  { name: 'adjacent-swap', intervention: { name: 'adjacent-swap' } },
  { name: 'fair-pairs', intervention: { name: 'fair-pairs' } },
  { name: 'click-model', chosen: { bootstrap: 20 }, share: 0.3 },
];

const cover = Number(process.env.LOGS ?? 100);

/** Shares of ranks 2 … 10 and logs whose interval of 95 % holds θ_k/θ_1: 10⁴ sessions of 1, 20 and 1,000 queries. */
export function benchBiasCoverage(logs = cover): BenchLine[] {
  return [1, 20, 200].flatMap((queries) =>
    covered.map(({ name, chosen = {}, intervention = null, share = 1 }): BenchLine => {
      let [held, asked, without, refused] = [0, 0, 0, 0];
      const start = process.cpuUsage();
      const of = Math.ceil(share * logs);
      for (let seed = 0; seed < of; seed++) {
        const drawn = draw(intervention, 1e4, `coverage ${seed}`, queries);
        const train = { ...drawn, log: { ...drawn.log, contexts: drawn.log.queries.map((_, l) => l % 2) } };
        try {
          const { intervals } = estimate(name, name === 'contextual-network' || 'by' in chosen ? train : drawn, chosen);
          if (intervals === undefined) without++;
          else for (let k = 1; k < theta.length; k++, asked++) if (intervals.lower[k] <= theta[k] && theta[k] <= intervals.upper[k]) held++;
        } catch (e) {
          if (refused++ === 0) console.error(name, (e as Error).message.slice(0, 150));
        }
      }
      const { user, system } = process.cpuUsage(start);
      const line = {
        name: `${queries} queries, ${name} ${Object.entries(chosen).join(' ')}, ${of} logs, ${without} without, ${refused} refused, ${((user + system) / 1e6 / of).toFixed(2)} CPU s a log`,
        value: held / asked,
        unit: '',
      };
      console.error(line.name, line.value);
      return line;
    }),
  );
}
