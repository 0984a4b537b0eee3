import { setImmediate } from 'node:timers/promises';
import { XMLParser } from 'fast-xml-parser';

export interface SitemapEntry {
  loc: string;
  lastmod: string | undefined;
}

export interface SitemapContent {
  pages: SitemapEntry[];
  sitemaps: SitemapEntry[];
}

/** Parsed in one go: a few hundredths of a second, in which nothing else happens. */
const PIECE_CHARACTERS = 100_000;
/** An entry has some hundred characters; what has no end of one for so long is no sitemap. */
const MAX_PIECE_CHARACTERS = 400_000;
const ROOT = /<((?:[\w.-]{1,50}:)?)(urlset|sitemapindex)[\s>]/;

/** What the XML of a sitemap names. Throws when it cannot be parsed. */
export async function readSitemapXml(xml: string): Promise<SitemapContent> {
  const content: SitemapContent = { pages: [], sitemaps: [] };
  for (const piece of piecesOf(xml)) {
    if (piece.length > MAX_PIECE_CHARACTERS) throw new Error('not a sitemap');
    const { pages, sitemaps } = parse(piece);
    for (const page of pages) content.pages.push(page);
    for (const sitemap of sitemaps) content.sitemaps.push(sitemap);
    await setImmediate();
  }
  return content;
}

/** Cuts behind entries, and gives each piece the root it stood in. */
function* piecesOf(xml: string): Generator<string> {
  const [, prefix = '', root = ''] = ROOT.exec(xml.slice(0, PIECE_CHARACTERS)) ?? [];
  const end = `</${prefix}${root === 'urlset' ? 'url' : 'sitemap'}>`;
  for (let from = 0; from < xml.length; ) {
    const found = root === '' ? -1 : xml.indexOf(end, from + PIECE_CHARACTERS);
    const to = found < 0 ? xml.length : found + end.length;
    yield (from === 0 ? '' : `<${root}>`) + xml.slice(from, to);
    from = to;
  }
}

function parse(xml: string): SitemapContent {
  const parser = new XMLParser({
    removeNSPrefix: true,
    ignoreAttributes: true,
    parseTagValue: false,
    isArray: (name) => name === 'url' || name === 'sitemap',
  });
  const tree: unknown = parser.parse(xml);
  return {
    pages: entries(below(tree, 'urlset'), 'url'),
    sitemaps: entries(below(tree, 'sitemapindex'), 'sitemap'),
  };
}

function entries(parent: unknown, name: string): SitemapEntry[] {
  const list = below(parent, name);
  return (Array.isArray(list) ? list : []).flatMap((entry) => {
    const [loc, lastmod] = [below(entry, 'loc'), below(entry, 'lastmod')];
    return typeof loc === 'string'
      ? [{ loc, lastmod: typeof lastmod === 'string' ? lastmod.trim() : undefined }]
      : [];
  });
}

function below(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[name] : undefined;
}
