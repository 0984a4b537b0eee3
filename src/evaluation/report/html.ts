/** Text for HTML and SVG; whatever a question or a title holds stays text. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** At most so many characters, on one line. */
export function shorten(text: string, atMost: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= atMost ? line : `${line.slice(0, atMost - 1).trimEnd()}…`;
}
