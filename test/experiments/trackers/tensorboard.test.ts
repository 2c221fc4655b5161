import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import { writeTensorboard } from '../../../experiments/trackers/write-tensorboard.ts';
import { crc32c } from '../../../src/data/tensorboard/crc32c.ts';
import { eventFile } from '../../../src/data/tensorboard/tensorboard-events.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeTinyRun } from '../tiny-runs.ts';

const home = temporaryFolder().path;

/** CRC-32C bit by bit, by the definition: the remainder of the reflected message by x³² + … (0x1EDC6F41 reflected). */
function crcByBits(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++) {
      const out = (crc ^ (byte >> bit)) & 1;
      crc = (crc >>> 1) ^ (out ? 0x82f63b78 : 0);
    }
  return ~crc >>> 0;
}

interface DecodedEvent {
  time: number;
  step: number;
  version: string | null;
  tag: string | null;
  value: number | null;
}

/** An event file by its specification, with none of the writer's code: frames, both checksums, and the protocol buffers in them. */
function decode(file: Buffer): DecodedEvent[] {
  const events: DecodedEvent[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    const unmask = (masked: number) => {
      const rotated = (masked - 0xa282ead8) >>> 0;
      return ((rotated >>> 17) | (rotated << 15)) >>> 0;
    };
    expect(unmask(file.readUInt32LE(at + 8))).toBe(crcByBits(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(unmask(file.readUInt32LE(at + 12 + length))).toBe(crcByBits(data));
    const event = fields(data);
    const summary = event.get(5);
    const value = summary ? fields(fields(summary as Buffer).get(1) as Buffer) : null;
    events.push({
      time: (event.get(1) as Buffer).readDoubleLE(),
      step: Number(event.get(2) ?? 0),
      version: (event.get(3) as Buffer | undefined)?.toString() ?? null,
      tag: (value?.get(1) as Buffer | undefined)?.toString() ?? null,
      value: (value?.get(2) as Buffer | undefined)?.readFloatLE() ?? null,
    });
    at += length + 16;
  }
  return events;
}

function fields(message: Buffer): Map<number, Buffer | bigint> {
  const found = new Map<number, Buffer | bigint>();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = Number(varint());
    const wire = key & 7;
    if (wire === 0) found.set(key >> 3, varint());
    else {
      const length = wire === 2 ? Number(varint()) : wire === 1 ? 8 : 4;
      found.set(key >> 3, message.subarray(at, at + length));
      at += length;
    }
  }
  return found;
}

test('CRC-32C: the check value of the catalogue, RFC 3720, and the definition', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa); // RFC 3720, B.4: 32 bytes of zeroes
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * i + 7) % 256);
  expect(crc32c(bytes)).toBe(crcByBits(bytes));
});

test('scalars come back with their tags, steps beyond a byte, and the version first', () => {
  const scalars = [
    { tag: 'test/ndcg@10', step: 0, value: 0.75 },
    { tag: 'lösung', step: 127, value: -1.5 },
    { tag: 'x'.repeat(300), step: 300_000, value: 2 ** -20 },
    { tag: 'far', step: 2 ** 40, value: 1e30 },
  ];
  const [first, ...rest] = decode(Buffer.from(eventFile(scalars, 1234.5)));
  expect(first).toEqual({ time: 1234.5, step: 0, version: 'brain.Event:2', tag: null, value: null });
  expect(rest).toEqual(scalars.map(({ tag, step, value }) => ({ time: 1234.5, step, version: null, tag, value: Math.fround(value) })));
});

test('a run: one file per method and seed, losses by step and test metrics', async () => {
  await writeTinyRun(join(home, 'run'));
  const runs = await collectRecords([join(home, 'run')]);
  expect(await writeTensorboard(join(home, 'tb'), runs)).toBe(6 * 2);
  const place = join(home, 'tb', 'run', 'ips', 'seed-2');
  const names = readdirSync(place);
  expect(names).toEqual([expect.stringMatching(/^events\.out\.tfevents\.\d+\.counterrank$/)]);
  const events = decode(readFileSync(join(place, names[0])));
  const curve = readFileSync(join(home, 'run', 'curves.csv'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('2,ips,'))
    .map((line) => line.split(',').map(Number));
  const losses = events.filter(({ tag }) => tag === 'loss/training');
  expect(losses.map(({ step }) => step)).toEqual(curve.map(([, , step]) => step));
  expect(losses.map(({ value }) => value)).toEqual(curve.map(([, , , loss]) => Math.fround(loss)));
  const ndcg = runs[0].metrics.find(({ seed, method, metric }) => seed === '2' && method === 'ips' && metric === 'ndcg@10')
    ?.value as number;
  expect(events.filter(({ tag }) => tag === 'test/ndcg@10').map(({ value }) => value)).toEqual([Math.fround(ndcg)]);
  expect(await writeTensorboard(join(home, 'tb'), runs)).toBe(12);
  expect(readdirSync(place)).toEqual(names);
});
