const magic = 0x184d2204;
const leastMatch = 4;

/**
 * Unpacks one frame of LZ4, by which Arrow files are packed unless asked otherwise. Checksums are passed over.
 * Source: the LZ4 frame and block formats, version 1.6.
 * @param length in bytes of what was packed @throws RangeError for bytes that are no such frame
 */
export function unpackLz4(packed: Uint8Array, length: number): Uint8Array {
  if (length > packed.length * 255) throw new RangeError('LZ4: longer than it can be'); // each byte of a length stands for at most 255
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.getUint32(0, true) !== magic) throw new RangeError('LZ4: no frame');
  const flags = view.getUint8(4);
  const [checksums, withLength, withDictionary] = [flags & 0x10, flags & 0x08, flags & 0x01];
  let at = 7 + (withLength ? 8 : 0) + (withDictionary ? 4 : 0); // flags, size of blocks, a check byte
  const out = new Uint8Array(length);
  let end = 0;
  for (let size = view.getUint32(at, true); size !== 0; size = view.getUint32(at, true)) {
    at += 4;
    const bytes = size & 0x7fffffff;
    if (at + bytes > packed.length) throw new RangeError('LZ4: a block beyond the end');
    const block = packed.subarray(at, at + bytes);
    if (size >>> 31 === 1) {
      out.set(block, end);
      end += bytes;
    } else end = unpackBlock(block, out, end);
    at += bytes + (checksums ? 4 : 0);
  }
  if (end !== length) throw new RangeError(`LZ4: ${end} bytes, not ${length}`);
  return out;
}

/** Literals, then a match of bytes before, again and again. @returns where what was unpacked ends */
function unpackBlock(block: Uint8Array, out: Uint8Array, start: number): number {
  let at = 0;
  let end = start;
  const longer = (nibble: number) => {
    let total = nibble;
    if (nibble === 15)
      for (;;) {
        if (at >= block.length) throw new RangeError('LZ4: cut off');
        const more = block[at++];
        total += more;
        if (more !== 255) break;
      }
    return total;
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = longer(token >> 4);
    if (at + literals > block.length || end + literals > out.length) throw new RangeError('LZ4: literals beyond the end');
    out.set(block.subarray(at, at + literals), end);
    at += literals;
    end += literals;
    if (at === block.length) break; // the last sequence has no match
    if (at + 2 > block.length) throw new RangeError('LZ4: cut off');
    const back = block[at] | (block[at + 1] << 8);
    at += 2;
    const match = longer(token & 15) + leastMatch;
    if (back === 0 || back > end || end + match > out.length) throw new RangeError('LZ4: a match outside of what there is');
    for (let i = 0; i < match; i++, end++) out[end] = out[end - back]; // a match may overlap itself
  }
  return end;
}
