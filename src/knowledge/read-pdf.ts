import { setImmediate } from 'node:timers/promises';
import { readLine, readSaneDate } from './page-fields.ts';
import { MAX_BINARY_BYTES, MAX_TEXT_BYTES, type PageReader, type ReadFile, tooLarge } from './page-reader.ts';
import { linesOfPage, type PdfLine } from './pdf-lines.ts';
import { pdfToMarkdown } from './pdf-to-markdown.ts';

/** PDF files that hold text: headings are told by the size of their letters. */
export const pdfReader: PageReader = { maxBytes: MAX_BINARY_BYTES, read: readPdf };

const MAX_PAGES = 1_000;
const NO_TITLE = /^(?:untitled.*|document\s*\d*|microsoft word.*|.*\.(?:docx?|pdf|indd|tex|dvi|pptx?))$/i;

async function readPdf(bytes: Uint8Array): Promise<ReadFile | { reason: string }> {
  // Takes as long to load as the rest of the bot, and many desks have no PDF.
  const { getDocumentProxy, getMeta } = await import('unpdf');
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    // The parser takes the bytes for itself, hence the copy; 0 = it writes nothing to the console.
    pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
  } catch (error) {
    return { reason: whyClosed(error) };
  }
  try {
    if (pdf.numPages > MAX_PAGES) {
      return { reason: `has ${pdf.numPages} pages, more than the limit of ${MAX_PAGES}; split it` };
    }
    const { pages, unread } = await readPages(pdf);
    const body = pdfToMarkdown(pages);
    if (body.length > MAX_TEXT_BYTES) return tooLarge(body.length, MAX_TEXT_BYTES);
    if (body.trim() === '') return { reason: unread > 0 ? DAMAGED : SCANNED };
    const { info } = await getMeta(pdf).catch(() => ({ info: {} as Record<string, unknown> }));
    return { ...factsOf(info), body };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

const SCANNED =
  'has no text, only pictures of it, such as a scan; run text recognition over it (for example with OCRmyPDF) and save the result';
const DAMAGED = 'is damaged, or no PDF; open it and save it as PDF again';

function whyClosed(error: unknown): string {
  const isLocked = error instanceof Error && error.name === 'PasswordException';
  return isLocked ? 'is protected by a password; save a copy without one' : DAMAGED;
}

/** Page by page, so that others get their turn; a damaged page costs itself alone. */
async function readPages(pdf: {
  numPages: number;
  getPage(number: number): Promise<{
    getTextContent(): Promise<{ items: object[] }>;
    cleanup(): boolean;
  }>;
}): Promise<{ pages: PdfLine[][]; unread: number }> {
  const pages: PdfLine[][] = [];
  let unread = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    try {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(linesOfPage(items));
      page.cleanup();
    } catch {
      unread += 1;
    }
    await setImmediate();
  }
  return { pages, unread };
}

function factsOf(info: Record<string, unknown>): { title: string | undefined; updated: string | undefined } {
  const title = readLine(info.Title);
  const isTitle = title !== undefined && /\p{L}/u.test(title) && !NO_TITLE.test(title);
  return { title: isTitle ? title : undefined, updated: dateOf(info.ModDate) ?? dateOf(info.CreationDate) };
}

/** `D:20260304…`, as PDF writes dates. */
function dateOf(value: unknown): string | undefined {
  const [, year, month, day] = /^(?:D:)?(\d{4})(\d{2})(\d{2})/.exec(readLine(value) ?? '') ?? [];
  return year === undefined ? undefined : readSaneDate(`${year}-${month}-${day}`);
}
