/** UTF-8 text with line ends of `\n`, or what is wrong with it. `kind` is what it should have been. */
export function decodeText(bytes: Uint8Array, kind: string): { text: string } | { reason: string } {
  if (bytes.length === 0) return { reason: 'is empty: there is no text to search or to quote' };
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  if (mark === 'fffe' || mark === 'feff') return { reason: 'is UTF-16 text; save it as UTF-8' };
  if (bytes.includes(0)) return { reason: `is a binary file, not ${kind}` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text: text.replace(/\r\n?/g, '\n') };
  } catch {
    return { reason: 'is not UTF-8 text; save it as UTF-8' };
  }
}
