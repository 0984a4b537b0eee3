import { describe, expect, test } from 'vitest';
import { docxReader } from '../../src/knowledge/read-docx.ts';
import { createDocx, paragraph, table } from '../helpers/docx.ts';

async function read(...parts: Parameters<typeof createDocx>) {
  const result = await docxReader.read(createDocx(...parts));
  if ('reason' in result) throw new Error(result.reason);
  return result;
}

describe('a Word document', () => {
  test('keeps its headings and tables, and its text as it is', async () => {
    const { body } = await read([
      paragraph('Refund policy', 'Title'),
      paragraph('Who', 'H1'),
      paragraph('Text & <b>more</b>'),
      table([
        ['Plan', 'Days'],
        ['Pro', '30|60'],
      ]),
      paragraph('When', 'H2'),
      paragraph('Soon'),
    ]);
    expect(body.trim()).toBe(
      '# Refund policy\n\n# Who\n\nText & \\<b>more\\</b>\n\n| Plan | Days |\n| - | - |\n| Pro | 30\\|60 |\n\n## When\n\nSoon',
    );
  });

  test('has title and date from its properties where they say something', async () => {
    const properties = { title: 'Refunds & returns', modified: '2026-03-04T10:00:00Z' };
    expect(await read([paragraph('Text')], properties)).toMatchObject({
      title: 'Refunds & returns',
      updated: '2026-03-04',
    });
    const nothing = { title: 'Document1', modified: '1601-01-01T00:00:00Z' };
    expect(await read([paragraph('Refunds', 'Title')], nothing)).toMatchObject({
      title: 'Refunds',
      updated: undefined,
    });
  });

  test('is read although its properties are broken', async () => {
    const { body } = await read([paragraph('Text')], {}, { 'docProps/core.xml': '<a><b' });
    expect(body.trim()).toBe('Text');
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['locked or older', Buffer.from('d0cf11e0a1b11ae1ff', 'hex'), /has a password, or is of the older \.doc/],
    ['no archive', Buffer.from('Hello.'), /is damaged, or no Word document/],
    ['cut off', createDocx([paragraph('Text')]).subarray(0, 400), /is damaged, or no Word document/],
    ['broken inside', createDocx(['<w:p><w:r>']), /is damaged, or no Word document/],
    ['a few bytes that unpack to many', createDocx([' '.repeat(60_000_000)]), /more than 8 MB of text/],
  ])('that is %s says what to do', async (_title, bytes, reason) => {
    expect(await docxReader.read(bytes)).toEqual({ reason: expect.stringMatching(reason) });
  });
});
