/** What a person wrote, with Slack's own notation read: mentions found, markup and entities gone. */
export interface MessageText {
  /** For the pipeline and the records: no `<@…>`, links as their label, entities decoded. */
  plain: string;
  /** User ids mentioned outside quotes. */
  mentions: string[];
}

// Zero-width, bidirectional, tag and control characters hide text from people that machines still read.
const INVISIBLE =
  /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\u{E0000}-\u{E007F}]|[\u{E0100}-\u{E01EF}]|(?![\n\t])\p{Cc}/gu;

/** `<@U1>`, `<#C1|name>`, `<!here>`, `<!date^…|fallback>`, `<https://…|label>`: nobody can type these brackets. */
const NOTATION = /<([@#!]|(?=[a-z][\w+.-]*:))([^<>|]*)(?:\|([^<>]*))?>/gi;

function readNotation(_whole: string, sigil: string, target: string, label: string | undefined): string {
  if (sigil === '@') return ' ';
  if (sigil === '#') return label ? `#${label}` : ' ';
  return label || (sigil === '!' ? ' ' : target);
}

/** Reads Slack's message notation. The result is data: nothing in it is markup any more. */
export function readMessageText(raw: string): MessageText {
  const unquoted = raw
    .split('\n')
    .filter((line) => !/^\s*(?:>|&gt;)/.test(line))
    .join('\n');
  const mentions = [...unquoted.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)].map(
    (match) => match[1] as string,
  );
  const plain = raw
    .replace(NOTATION, readNotation)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(INVISIBLE, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return { plain, mentions: [...new Set(mentions)] };
}
