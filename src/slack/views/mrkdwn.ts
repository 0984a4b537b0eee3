import type { MrkdwnElement } from '@slack/web-api';
import { cut } from './limits.ts';

/** Our own: a longer address would crowd out what stands around it, a longer label is no label. */
const MAX_URL_CHARS = 1_000;
const MAX_LABEL_CHARS = 150;

/** What has to stay whole when escaped text is cut: a link, an entity, a guarded mark, a character. */
const TOKEN = /<[^<>]*>|&(?:amp|lt|gt);|\u2060.\u2060|[\s\S]/gu;

/**
 * A text object, never empty: Slack refuses that. `verbatim`, because Slack otherwise makes links and mentions of
 * what only looks like one.
 */
export function mrkdwn(text: string, max: number): MrkdwnElement {
  return { type: 'mrkdwn', text: cutMrkdwn(text, max) || ' ', verbatim: true };
}

/** Cuts escaped text at the limit and says so; half a link or entity would be shown as gibberish. */
export function cutMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (kept.length + token.length > max - 1) break;
    kept += token;
  }
  return `${kept}…`;
}

/**
 * Text from outside as literal mrkdwn: the three characters that Slack reads as markup are escaped, and a
 * zero-width joiner keeps `@channel`, `*`, `_`, `~` and backticks from meaning anything.
 */
export function escapeMrkdwn(text: string): string {
  return escapePlain(text)
    .replace(/[*_~`]/g, (mark) => `\u2060${mark}\u2060`)
    .replace(/@/g, '@\u2060');
}

/** The same on one line: with a line break in it, a name could look like another field. */
export function escapeLine(text: string): string {
  return escapeMrkdwn(text.replace(/\s+/g, ' '));
}

/** A link whose address is ours and whose label may be anybody's. The label alone when it is no web address. */
export function mrkdwnLink(url: string, label: string): string {
  const target = readTarget(url);
  const shown = escapeLine(cut(label.replaceAll('|', ' '), MAX_LABEL_CHARS));
  if (target === undefined) return shown;
  return `<${target}|${shown.trim() === '' ? 'Open' : shown}>`;
}

/** `!channel` or `@U1` as an address would be a mention, so only web addresses pass. */
function readTarget(url: string): string | undefined {
  if (!/^https?:\/\/./i.test(url)) return undefined;
  const target = url
    .replace(/\p{Surrogate}/gu, '')
    .replace(/[^\x21-\x7E]|[<>|]/gu, (character) => encodeURIComponent(character));
  return target.length > MAX_URL_CHARS ? undefined : escapePlain(target);
}

/** Fallback text for notifications, where only the three characters count. */
export function escapePlain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A time as everybody's own clock shows it. */
export function moment(ms: number): string {
  return `<!date^${Math.floor(ms / 1_000)}^{date_short_pretty} {time}|${new Date(ms).toISOString()}>`;
}
