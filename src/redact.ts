import { REDACTED } from './secret.ts';

// Every repetition is bounded or starts at a fixed prefix, so a long hostile text costs linear time.
const SECRETS: [RegExp, string][] = [
  [/\b(?:xox[a-z]|xapp)[-.][\w.-]{4,}/gi, REDACTED],
  [/\bsk-[\w-]{8,}/g, REDACTED],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${REDACTED}`],
  // Response URLs and incoming webhooks let whoever holds them post.
  [/(https?:\/\/hooks\.slack(?:-gov)?\.com\/)[^\s"'<>)|]+/gi, `$1${REDACTED}`],
  [/(:\/\/)[^\s/:@]{0,256}:[^\s/@]{1,256}@/g, `$1${REDACTED}@`],
  [
    /\b(token|secret|password|passwd|api[_-]?key|signature)(["']?\s?[=:]\s?["']?)[^\s"'&,;}]{4,}/gi,
    `$1$2${REDACTED}`,
  ],
  [/(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '[email]'],
];

/** The text without credentials and mail addresses; the rest stays as it was. */
export function redact(text: string): string {
  return SECRETS.reduce((rest, [pattern, mark]) => rest.replace(pattern, mark), text);
}
