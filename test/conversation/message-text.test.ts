import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMessageText } from '../../src/conversation/message-text.ts';
import { anyText } from '../helpers/any-text.ts';

describe('the plain text', () => {
  test.each([
    ['keeps what was written', 'How do I export?', 'How do I export?'],
    ['decodes the three entities', 'a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['decodes an entity once', '&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['drops mentions', 'Hi <@U0SAM> and <@W0ANN|ann>, look', 'Hi and , look'],
    ['names channels', 'see <#C0HELP|help> and <#C0X>', 'see #help and'],
    ['shows a link as its label', 'see <https://a.example/x|the page>', 'see the page'],
    [
      'shows a link without label as its address',
      'see <https://a.example/x?a=1&amp;b=2>',
      'see https://a.example/x?a=1&b=2',
    ],
    [
      'reads mail and telephone links',
      '<mailto:a@b.example|a@b.example> <tel:+123|call>',
      'a@b.example call',
    ],
    ['reads links of any scheme', '<slack://open|open> <ftp://a.example>', 'open ftp://a.example'],
    ['drops broadcasts', '<!here> <!channel> <!everyone> look', 'look'],
    ['names groups', '<!subteam^S012|@ops> look <!subteam^S345>', '@ops look'],
    ['shows a date by its fallback', 'since <!date^1392734382^{date} at {time}|Feb 18>', 'since Feb 18'],
    ['leaves unescaped brackets that are no markup alone', 'if a < b and c > d', 'if a < b and c > d'],
    ['leaves a literal tag alone', 'the &lt;title&gt; tag', 'the <title> tag'],
    ['drops what nobody can see', 'a\u200Bb\u202Ec\u{E0041}d\u00ADe\u{E0101}f', 'abcdef'],
    ['drops control characters and keeps lines', 'a\u0000b\u001B[31m\nc\td\r', 'ab[31m\nc d'],
    ['keeps the words of a quote', '&gt; it said so\nis that true?', '> it said so\nis that true?'],
    ['is empty for an empty message', '', ''],
  ])('%s', (_title, raw, plain) => {
    expect(readMessageText(raw).plain).toBe(plain);
  });
});

describe('the mentions', () => {
  test.each([
    ['in order, each once', '<@U0B> <@U0A> <@U0B>', ['U0B', 'U0A']],
    ['with a label', '<@U0A|ann>', ['U0A']],
    ['not those in a quote', '&gt; <@U0A> said\n<@U0B> is that so?', ['U0B']],
    ['not those in an indented quote', '  &gt; <@U0A> said', []],
    ['not what only looks like one', '&lt;@U0A&gt; @U0A', []],
    ['not groups and channels', '<!subteam^S0A> <#C0A> <!here>', []],
  ])('%s', (_title, raw, mentions) => {
    expect(readMessageText(raw).mentions).toEqual(mentions);
  });
});

/** What a person can type, as Slack delivers it and as it reads. */
const typed = fc
  .string({ maxLength: 20 })
  .map((text) => text.replace(/[\n>|]/g, '.'))
  .map((text) => ({
    raw: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    read: text,
  }));
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const notation = fc.oneof(
  word.map(() => ({ raw: '<@U0SAM>', read: ' ' })),
  word.map((name) => ({ raw: `<@W0ANN|${name}>`, read: ' ' })),
  word.map((name) => ({ raw: `<#C0X|${name}>`, read: `#${name}` })),
  word.map(() => ({ raw: '<!channel>', read: ' ' })),
  word.map((name) => ({ raw: `<!subteam^S0X|${name}>`, read: name })),
  word.map((name) => ({ raw: `<!date^1^{date}|${name}>`, read: name })),
  word.map((name) => ({ raw: `<https://x.example/${name}>`, read: `https://x.example/${name}` })),
  word.map((name) => ({ raw: `<https://x.example/|${name}>`, read: name })),
);

test('no markup survives, and nothing that was typed is lost', () => {
  const squeeze = (text: string) => text.replace(/[\s\p{Cc}\p{Cf}\u{E0000}-\u{E01EF}]+/gu, '');
  fc.assert(
    fc.property(fc.array(fc.oneof(typed, notation), { maxLength: 12 }), (parts) => {
      const { plain } = readMessageText(parts.map(({ raw }) => raw).join(''));
      expect(squeeze(plain)).toBe(squeeze(parts.map(({ read }) => read).join('')));
    }),
  );
});

test('any text at all is read, and reading leaves nothing invisible in it', () => {
  fc.assert(
    fc.property(anyText, (raw) => {
      const { plain, mentions } = readMessageText(raw);
      expect(plain).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u{E0000}-\u{E007F}]/u);
      expect(plain).not.toContain('\u0000');
      expect(new Set(mentions).size).toBe(mentions.length);
    }),
  );
});

test('a long message of brackets is read in a moment', () => {
  const start = performance.now();
  for (const piece of ['<', '<@', '<@U', '&gt;', '<!a|', '<https:']) readMessageText(piece.repeat(10_000));
  expect(performance.now() - start).toBeLessThan(2_000);
});
