/**
 * What a page says is to be typed. Comments in the line before a block say what readers need not see:
 * `<!-- check: first COMMAND -->` is run before it, `<!-- check: skip, REASON -->` leaves the block out, `<!-- check: skip lines with TEXT, REASON -->`
 * leaves some of its lines out, and `<!-- check: file NAME -->` writes a block of any language into a file.
 */
export interface Block {
  readonly line: number; // of its first line, from 1
  readonly text: string;
  readonly file: string | null; // to write it into; null: a shell runs it
  readonly first: readonly string[];
  readonly skipped: readonly { readonly lines: string | null; readonly reason: string }[]; // null: all
}

/** Shell blocks and files of a page, in order. @throws Error for a comment that is none of these, or stands before no block */
export function shellBlocks(markdown: string, page: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split('\n');
  let marks: string[] = [];
  for (let l = 0; l < lines.length; l++) {
    const mark = /^<!-- check: (.*) -->$/.exec(lines[l]);
    const fence = /^```(\w*)$/.exec(lines[l]);
    if (mark !== null) marks.push(mark[1]);
    else if (fence !== null) {
      const end = lines.indexOf('```', l + 1);
      const block = blockOf(marks, lines.slice(l + 1, end), l + 2, page);
      if (fence[1] === 'sh' || block.file !== null) blocks.push(block);
      else if (marks.length > 0) throw new Error(`${page}:${l + 1}: a mark before a block that is neither run nor written`);
      [marks, l] = [[], end];
    } else if (marks.length > 0) throw new Error(`${page}:${l + 1}: a mark that stands before no block`);
  }
  return blocks;
}

function blockOf(marks: readonly string[], text: readonly string[], line: number, page: string): Block {
  let file: string | null = null;
  const first: string[] = [];
  const skipped: { lines: string | null; reason: string }[] = [];
  for (const mark of marks) {
    const [, key, rest] = /^(first|file|skip lines with|skip),? (.+)$/.exec(mark) ?? [];
    if (key === 'first') first.push(rest);
    else if (key === 'file') file = rest;
    else if (key === 'skip') skipped.push({ lines: null, reason: rest });
    else if (key === 'skip lines with') {
      const [lines, ...reason] = rest.split(', ');
      skipped.push({ lines, reason: reason.join(', ') });
    } else throw new Error(`${page}:${line}: "${mark}" is no mark`);
  }
  return { line, text: `${text.join('\n')}\n`, file, first, skipped };
}

/** The commands of a block that are run, and those that are not. */
export function toRun({ text, skipped }: Block): { readonly script: string; readonly left: readonly { text: string; reason: string }[] } {
  const all = skipped.find(({ lines }) => lines === null);
  if (all !== undefined) return { script: '', left: [{ text, reason: all.reason }] };
  const left: { text: string; reason: string }[] = [];
  const commands = text.replaceAll('\\\n', '\\\0').split('\n'); // continued lines are one
  const kept = commands.filter((command) => {
    const found = skipped.find(({ lines }) => lines !== null && command.includes(lines));
    if (found !== undefined) left.push({ text: command.replaceAll('\0', '\n'), reason: found.reason });
    return found === undefined;
  });
  return { script: kept.join('\n').replaceAll('\0', '\n'), left };
}
