import { areShares, type StoreInfo } from '../../src/data/log-store/store-info.ts';

interface CountedLog {
  readonly path: string;
  readonly info: Pick<StoreInfo, 'shard' | 'sources'>;
}

/** Names of a note, and files that are told. */
const [mostShards, mostFiles] = [20, 5];

/** What should be known of logs that are added up: shards that are not among them, files that were counted twice. */
export function mergeNotes(logs: readonly CountedLog[]): string[] {
  return [...missingShards(logs), ...filesTwice(logs)];
}

function missingShards(logs: readonly CountedLog[]): string[] {
  const shards = logs.flatMap(({ info: { shard } }) => (shard === undefined ? [] : [shard]));
  return [...new Set(shards.map(({ of }) => of))].flatMap((of) => {
    const there = new Set(shards.flatMap((shard) => (shard.of === of ? [shard.index] : [])));
    const missing = Array.from({ length: of }, (_, i) => i + 1).filter((index) => !there.has(index));
    if (missing.length === 0) return [];
    const names = `${missing.slice(0, mostShards).join(', ')}${missing.length > mostShards ? ' …' : ''}`;
    return [
      `of ${of} shards ${names} ${missing.length === 1 ? 'is' : 'are'} not there; what is written lacks what was to be counted in ${missing.length === 1 ? 'it' : 'them'}`,
    ];
  });
}

function filesTwice(logs: readonly CountedLog[]): string[] {
  const first = new Map<string, CountedLog>(); // by file
  const notes: string[] = [];
  for (const log of logs)
    for (const { file, bytes } of log.info.sources) {
      const key = JSON.stringify([file, bytes]);
      const other = first.get(key);
      if (other !== undefined && !areShares(other.info, log.info))
        notes.push(`${JSON.stringify(file)} was counted in "${other.path}" and in "${log.path}"; its sessions count twice`);
      first.set(key, log);
    }
  const more = notes.length - mostFiles;
  return more > 0 ? [...notes.slice(0, mostFiles), `${more} more files were counted twice`] : notes;
}
