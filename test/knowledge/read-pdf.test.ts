import { describe, expect, test } from 'vitest';
import { pdfReader } from '../../src/knowledge/read-pdf.ts';
import { createPdf, type PrintedLine } from '../helpers/pdf.ts';

async function read(pages: PrintedLine[][], options?: Parameters<typeof createPdf>[1]) {
  const result = await pdfReader.read(createPdf(pages, options));
  if ('reason' in result) throw new Error(result.reason);
  return result;
}

const lines = (...texts: string[]): PrintedLine[] => texts.map((text, at) => ({ text, y: 700 - at * 14 }));

describe('a PDF file', () => {
  test('has its headings by the size of their letters, and its lines as paragraphs', async () => {
    const { body } = await read([
      [
        { text: 'Refund policy', size: 22, y: 760 },
        { text: 'Who gets one', size: 15, y: 720 },
        ...lines('A customer who cancels with-', 'in thirty days (30) gets the money', 'back.'),
        { text: 'Another paragraph.', y: 630 },
      ],
    ]);
    expect(body).toBe(
      '# Refund policy\n\n## Who gets one\n\nA customer who cancels within thirty days (30) gets the money back.\n\nAnother paragraph.',
    );
  });

  test('goes on over a page break in the middle of a sentence only', async () => {
    const { body } = await read([lines('It begins here and'), lines('ends here.'), lines('A new one.')]);
    expect(body).toBe('It begins here and ends here.\n\nA new one.');
  });

  test('has bullets and numbers as lists, and marks of Markdown as text', async () => {
    const { body } = await read([lines('Steps:', '• first', '• second', '1. one', '2. two', '# text')]);
    expect(body).toContain('- first\n- second');
    expect(body).toContain('1. one\n2. two');
    expect(body).toMatch(/\\# text$/m);
  });

  test('loses the head and foot that every page repeats, and nothing else', async () => {
    const page = (text: string, number: number): PrintedLine[] => [
      { text: 'Acme handbook', size: 8, y: 820 },
      { text, y: 700 },
      { text: 'Same on every page', y: 600 },
      { text: `about ${text}`, y: 500 },
      { text: `Page ${number} of 4`, size: 8, y: 30 },
    ];
    const { body } = await read(['One', 'Two', 'Three', 'Four'].map((text, at) => page(text, at + 1)));
    expect(body).not.toMatch(/handbook|Page \d/);
    expect(body.match(/Same on every page/g)).toHaveLength(4);
    expect(body).toContain('Three');
  });

  test.each([
    ['Refunds', 'Refunds'],
    ['Microsoft Word - final2.doc', undefined],
    ['untitled', undefined],
    ['manual.indd', undefined],
    ['', undefined],
  ])('that calls itself %j has the title %s', async (title, expected) => {
    expect((await read([lines('Text')], { title })).title).toBe(expected);
  });

  test.each([
    ["D:20260304101112+01'00'", '2026-03-04'],
    ['D:16010101000000', undefined],
    ['yesterday', undefined],
  ])('with the date %s was updated %s', async (modified, expected) => {
    expect((await read([lines('Text')], { modified })).updated).toBe(expected);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['locked', createPdf([lines('Text')], { encrypt: true }), /^is protected by a password; save a copy/],
    ['scanned', createPdf([[], []]), /^has no text, only pictures.*OCRmyPDF/],
    ['cut off', createPdf([lines('Text')]).subarray(0, 300), /^is damaged, or no PDF/],
    ['no PDF', Buffer.from('Hello.'), /^is damaged, or no PDF/],
    ['empty', Buffer.alloc(0), /^is damaged, or no PDF/],
  ])('that is %s says what to do', async (_title, bytes, reason) => {
    expect(await pdfReader.read(bytes)).toEqual({ reason: expect.stringMatching(reason) });
  });

  test('lets others work between its pages', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await read(
      Array.from({ length: 60 }, (_, at) => lines(...Array.from({ length: 40 }, () => `Page ${at} says`))),
    );
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});
