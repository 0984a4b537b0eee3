import { z } from 'zod';
import { createSecret } from './secret.ts';

export const matching = (pattern: RegExp, wrong: string) => z.string().regex(pattern, { error: wrong });
export const secret = (pattern: RegExp, wrong: string) =>
  matching(pattern, wrong).transform(createSecret).optional();
export const anySecret = () => secret(/^\S+$/, 'contains a space, so it was not copied whole');
export const oneOf = <const T extends string>(...values: T[]) =>
  z.enum(values, { error: (issue) => `is "${issue.input}", must be one of ${values.join(', ')}` });

export const number = (min: number, max: number, whole = false) =>
  z.string().transform((text, context) => {
    const value = Number(text);
    const valid = /^\d+(\.\d+)?$/.test(text) && value >= min && value <= max;
    if (valid && (!whole || Number.isInteger(value))) return value;
    context.addIssue(`is "${text}", must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}`);
    return z.NEVER;
  });

const items = (text: string) =>
  [...new Set(text.split(',').map((item) => item.trim()))].filter((i) => i !== '');

export const list = (pattern: RegExp, wanted: string) =>
  z.string().transform((text, context) => {
    const wrong = items(text).filter((item) => !pattern.test(item));
    if (wrong.length === 0) return items(text);
    context.addIssue(`has ${wrong.map((item) => `"${item}"`).join(', ')}, must be ${wanted}`);
    return z.NEVER;
  });

export const address = (protocol: RegExp, example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocol.test(new URL(text).protocol), {
    error: `is no address like ${example}`,
  });

export const web = () => address(/^https?:$/, 'https://example.com');

export const channel = () =>
  z.string().regex(/^[CG][A-Z0-9]{2,}$/, {
    error: (issue) => `is "${issue.input}", must be a channel id such as C0123ABCD, not a name`,
  });

export const customerChannels = z.string().transform((text, context): '*' | string[] => {
  const parts = items(text);
  if (parts.length === 1 && parts[0] === '*') return '*';
  const wrong = parts.filter((part) => !/^[CG][A-Z0-9]{2,}$/.test(part));
  if (wrong.length === 0 && parts.length > 0) return parts;
  const named = wrong.map((part) => `"${part}"`).join(', ') || 'nothing';
  context.addIssue(`has ${named}, must be channel ids such as C0123ABCD, comma separated, or * alone`);
  return z.NEVER;
});

export const knowledge = z.string().transform((text, context) => {
  const sources = items(text);
  const wrong = sources.filter((item) => /^https?:/i.test(item) && !isPublicAddress(item));
  if (sources.length === 0) context.addIssue('names no folder, file or address');
  if (wrong.length > 0) {
    const named = wrong.map((item) => `"${item.replace(/\/\/[^/]*@/, '//…@')}"`).join(', ');
    context.addIssue(`has ${named}, no address like https://docs.example.com/ without a password in it`);
  }
  return sources.length > 0 && wrong.length === 0 ? sources : z.NEVER;
});

/** A password in an address would be shown to customers as a source. */
function isPublicAddress(text: string): boolean {
  return URL.canParse(text) && new URL(text).username === '' && new URL(text).password === '';
}

export const timezone = z.string().refine(isTimezone, { error: 'is no time zone of the IANA list' });

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
