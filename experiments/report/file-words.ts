/** Words as a part of a file's name: small letters, digits and hyphens, cut at a word. Letters beyond Latin ones fall away. */
export function fileWords(text: string, most = 60): string {
  const plain = text
    .normalize('NFKD')
    .replaceAll('@', '-at-')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return plain.length <= most ? plain : plain.slice(0, most).replace(/-[^-]*$/, '');
}
