/** Its content is text to the parser, and no reader ever sees it. */
const UNSEEN = new Set(['script', 'style', 'noembed', 'noframes', 'iframe', 'xmp']);
/** Its content is text to the parser, too. */
const RAW = new Set(['title', 'textarea']);
/** Never has an end tag. */
const VOID = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(
    ' ',
  ),
);
/** Often written without an end tag, and ended by whatever follows. */
const ENDS_ITSELF = new Set(
  'p li dt dd option optgroup tr td th thead tbody tfoot colgroup rt rp html head body'.split(' '),
);
/** The parser opens these anew in every block until they are closed. */
const FORMATTING = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '));

/** The parsers of HTML call themselves for every level, and lists take longer the deeper; pages have about 30. */
const MAX_DEPTH = 200;
/** Elements that the parser would add by itself to mend formatting that was never closed. */
const MAX_REOPENED = 200_000;
/** A table of prices has some thousands; over more than this the parser would keep everybody waiting. */
export const MAX_ELEMENTS = 10_000;

const TAG = /<(?:!--|(\/?)([a-zA-Z][^\s/>]*))/g;

/**
 * A page without its scripts, styles and comments, which are the most of many; undefined when it is so large
 * or so deeply nested that the parser would fail or take minutes. One pass, however broken the page is.
 */
export function slimHtml(html: string): string | undefined {
  const kept: string[] = [];
  let elements = 0;
  const open = createOpenElements();
  let from = 0;
  TAG.lastIndex = 0;
  for (let found = TAG.exec(html); found !== null; found = TAG.exec(html)) {
    const name = found[2]?.toLowerCase();
    if (name === undefined) {
      kept.push(html.slice(from, found.index));
      from = after(html, '-->', found.index + 2);
      TAG.lastIndex = from;
    } else if (found[1] === '/') {
      open.close(name);
    } else if (UNSEEN.has(name) || RAW.has(name)) {
      const end = endOfRaw(html, name, found.index);
      if (UNSEEN.has(name)) {
        kept.push(html.slice(from, found.index));
        from = end;
      }
      TAG.lastIndex = end;
    } else {
      elements += 1;
      if (!open.open(name) || elements > MAX_ELEMENTS) return undefined;
    }
  }
  kept.push(html.slice(from));
  return kept.join('');
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}

/** Where the element that begins here has ended; without an end tag, the rest of the page is its content. */
function endOfRaw(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  end.lastIndex = from;
  const found = end.exec(html);
  return found === null ? html.length : after(html, '>', found.index);
}

/** Counts what is open by name: an end tag that fits nothing closes nothing. */
function createOpenElements() {
  const counts = new Map<string, number>();
  let depth = 0;
  let formatting = 0;
  let reopened = 0;
  return {
    /** Tells whether the page can still be parsed. */
    open(name: string): boolean {
      reopened += formatting;
      if (VOID.has(name) || ENDS_ITSELF.has(name)) return reopened <= MAX_REOPENED;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      depth += 1;
      if (FORMATTING.has(name)) formatting += 1;
      return depth <= MAX_DEPTH && reopened <= MAX_REOPENED;
    },
    close(name: string): void {
      const count = counts.get(name) ?? 0;
      if (count === 0) return;
      counts.set(name, count - 1);
      depth -= 1;
      if (FORMATTING.has(name)) formatting -= 1;
    },
  };
}
