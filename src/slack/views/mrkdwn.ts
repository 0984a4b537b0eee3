/**
 * Text from outside as literal mrkdwn: the three characters that Slack reads as markup are escaped, and a
 * zero-width joiner keeps `@channel`, `*`, `_`, `~` and backticks from meaning anything.
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[*_~`]/g, (mark) => `\u2060${mark}\u2060`)
    .replace(/@/g, '@\u2060');
}

/** A link whose address is ours and whose label may be anybody's. */
export function mrkdwnLink(url: string, label: string): string {
  const target = url.replace(/[<>|\s]/g, (character) => encodeURIComponent(character));
  return `<${target}|${escapeMrkdwn(label.replace(/[\n|]+/g, ' '))}>`;
}

/** Fallback text for notifications, where only the three characters count. */
export function escapePlain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
