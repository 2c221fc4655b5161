import { tfRecord } from './tf-record.ts';

/** A value of a series, as TensorBoard draws it. */
export interface ScalarEvent {
  readonly tag: string;
  readonly step: number;
  readonly value: number;
}

/** How a field of a protocol buffer is written. */
const wires = { varint: 0, double: 1, bytes: 2, float: 5 } as const;
type Wire = keyof typeof wires;

/**
 * An event file: the record of its version, then one record per value. Event {wall_time = 1, step = 2, file_version = 3, summary = 5},
 * Summary {value = 1}, Value {tag = 1, simple_value = 2}. tensorflow/core/util/event.proto, framework/summary.proto.
 * @param seconds since 1970, the same for all: when the run ended
 */
export function eventFile(events: readonly ScalarEvent[], seconds: number): Uint8Array {
  const time = field(1, 'double', float64(seconds));
  const version = join(time, field(3, 'bytes', text('brain.Event:2')));
  const records = events.map(({ tag, step, value }) => {
    const of = join(field(1, 'bytes', text(tag)), field(2, 'float', float32(value)));
    const summary = field(1, 'bytes', of);
    return join(time, field(2, 'varint', varint(step)), field(5, 'bytes', summary));
  });
  return join(...[version, ...records].map(tfRecord));
}

/** A field of a protocol buffer: its number and kind, and before bytes their length. */
function field(number: number, wire: Wire, value: Uint8Array): Uint8Array {
  const key = varint(number * 8 + wires[wire]);
  return wire === 'bytes' ? join(key, varint(value.length), value) : join(key, value);
}

/** A whole number ≥ 0, seven bits a byte, the lowest first. */
function varint(value: number): Uint8Array {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

const text = (value: string) => new TextEncoder().encode(value);
const float32 = (value: number) => new Uint8Array(Float32Array.of(value).buffer);
const float64 = (value: number) => new Uint8Array(Float64Array.of(value).buffer);

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
