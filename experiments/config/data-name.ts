/** Names of folders that say nothing without that of the folder above: Fold1, fold-2, S3, txt. */
const bare = /^((fold|set|s|part|split)[-_ ]?\d+|data|txt|train|test|\d+)$/i;

/** What a data set is called in tables, titles and names of folders: never by a path. As the config says; else as its folder or file, together with the folder above where that alone says nothing. */
export function dataName({ name, path }: { readonly name?: string | undefined; readonly path: string | null }): string {
  if (name !== undefined) return name;
  if (path === null) return 'synthetic';
  const parts = path.split(/[/\\]+/).filter((part) => part !== '' && part !== '.' && part !== '..');
  const last = parts.at(-1) ?? path;
  const above = parts.at(-2);
  const words = bare.test(last) && above !== undefined ? `${above} ${last}` : last;
  return words.replaceAll(/\p{C}/gu, '?');
}
