import { XMLParser } from 'fast-xml-parser';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { readLine, readSaneDate } from './page-fields.ts';
import { MAX_BINARY_BYTES, type PageReader, type ReadFile } from './page-reader.ts';
import { readZip, type ZipEntry } from './read-zip.ts';

/** Word documents. Headings, lists and tables come through; pictures do not. */
export const docxReader: PageReader = { maxBytes: MAX_BINARY_BYTES, read: readDocx };

/** About 400 pages: more XML than this blocks whoever waits for seconds, and a few bytes can unpack to it. */
const MAX_XML_BYTES = 8 * 1024 * 1024;
/** First bytes of the older format, which also wraps a document with a password. */
const OLDER = 'd0cf11e0a1b11ae1';
const DAMAGED = { reason: 'is damaged, or no Word document; open it in Word and save it as .docx again' };
/** What Word and its kin call a document that nobody gave a title. */
const NO_TITLE = /^(?:untitled.*|document\s*\d*|microsoft word.*|word document|.*\.docx?)$/i;

async function readDocx(bytes: Uint8Array): Promise<ReadFile | { reason: string }> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, 8).toString('hex') === OLDER) {
    return { reason: 'has a password, or is of the older .doc format; save it as .docx without a password' };
  }
  const entries = readZip(buffer);
  if (!entries?.some(({ name }) => name === 'word/document.xml')) return DAMAGED;
  const properties = await readProperties(entries);
  if (!(await isHarmless(entries))) {
    return { reason: 'is damaged, or holds more than 8 MB of text and formatting; split it' };
  }
  const html = await toHtml(buffer);
  if (html === undefined) return DAMAGED;
  const read = await htmlToMarkdown(html);
  if ('reason' in read) return read;
  return { title: properties.title ?? read.title, updated: properties.updated, body: read.body };
}

/** Word unpacks all its XML whole, so all of it has to be of a size that can be. */
async function isHarmless(entries: ZipEntry[]): Promise<boolean> {
  let left = MAX_XML_BYTES;
  for (const entry of entries.filter(({ name }) => /\.(?:xml|rels)$/i.test(name))) {
    const unpacked = left > 0 ? await entry.read(left) : undefined;
    if (unpacked === undefined) return false;
    left -= unpacked.length;
  }
  return true;
}

async function toHtml(buffer: Buffer): Promise<string | undefined> {
  // Takes longer to load than the rest of the bot, and many desks have no Word document.
  const { default: mammoth } = await import('mammoth');
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer },
      {
        styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      },
    );
    return value;
  } catch {
    return undefined;
  }
}

async function readProperties(entries: ZipEntry[]): Promise<{ title?: string; updated?: string }> {
  const entry = entries.find(({ name }) => name === 'docProps/core.xml');
  const xml = await entry?.read(64 * 1024);
  if (xml === undefined) return {};
  try {
    const parser = new XMLParser({ removeNSPrefix: true, ignoreAttributes: true, parseTagValue: false });
    const core: unknown = parser.parse(xml.toString('utf8'))?.coreProperties;
    const { title, modified, created } = (core ?? {}) as Record<string, unknown>;
    const called = readLine(title);
    return {
      title: called !== undefined && NO_TITLE.test(called) ? undefined : called,
      updated: readSaneDate(modified) ?? readSaneDate(created),
    };
  } catch {
    // The text counts; what stands beside it may be broken.
    return {};
  }
}
