/** How a file is packed. */
export type Packing = 'none' | 'gzip' | 'zstd';

/** Bytes of a line of text, at most. */
export const longestLine = 1 << 22;

/** Lines of a text that are not blank, as the column `line`, without a byte order mark before them. */
export const linesRelation = (file: string, packed: Packing): string =>
  `read_csv(${file}, columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '', header = false, auto_detect = false, strict_mode = false, compression = '${packed}', max_line_size = ${longestLine}, hive_partitioning = false)`;
