import fc from 'fast-check';

/** Fragments that mean something to Slack, to Markdown or to JSON. */
const MEANINGFUL = [
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<!subteam^S0OPS>',
  '<@U0SAM>',
  '<#C0HELP>',
  '<https://evil.example|click>',
  'https://evil.example/a?b=c&d=e',
  '[link](https://evil.example)',
  '![image](https://evil.example/i.png)',
  '<https://evil.example>',
  '@channel',
  '&lt;!channel&gt;',
  '&amp;',
  '&',
  '<',
  '>',
  '|',
  '*',
  '_',
  '~',
  '`',
  '```',
  '\n',
  '\n\n',
  '# ',
  '- ',
  '1. ',
  '> ',
  '| a | b |\n| - | - |\n| c | d |\n',
  '<b>',
  '<!-- ',
  ' -->',
  '<script>',
  ':tada:',
  '"}],',
  '\\',
  '\u202E',
  '\u200B',
  '\u0000',
  '😀',
  '\uD83D',
];

const codeUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));

/** Any text at all, lone surrogates and control characters included, with a taste for what could do harm. */
export const anyText = fc
  .array(fc.oneof(fc.constantFrom(...MEANINGFUL), fc.string({ maxLength: 12 }), codeUnits), { maxLength: 14 })
  .map((parts) => parts.join(''));

/** The same without what no database and no JSON in UTF-8 can hold: NUL and half characters. */
export const storableText = anyText.map((text) =>
  text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, ''),
);
