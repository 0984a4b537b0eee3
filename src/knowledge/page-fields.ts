/** A value as one line of text; undefined when there is nothing to show. */
export function readLine(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value).replace(/\s+/g, ' ').trim() || undefined;
}

/** A link that does not open from Slack is worse than none. */
export function readLink(value: unknown): string | undefined {
  const url = readLine(value);
  return url && /^https?:\/\//.test(url) ? url : undefined;
}

/** `YYYY-MM-DD` of whatever begins with it. */
export function readDate(value: unknown): string | undefined {
  return /^\d{4}-\d{2}-\d{2}/.exec(readLine(value) ?? '')?.[0];
}

/** The same of a date that a program wrote into a file: a clock that was never set wrote many of them. */
export function readSaneDate(value: unknown): string | undefined {
  const date = readDate(value);
  if (date === undefined || date < '1990' || date > '2100' || Number.isNaN(Date.parse(date)))
    return undefined;
  return date;
}
