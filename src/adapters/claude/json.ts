/** Each brace that opens costs one reading of the text; an answer with more before its JSON is none. */
const MOST_TRIES = 20;

/**
 * The JSON objects of a text, in order. Servers that hold their model to a form send one and nothing else; the
 * others wrap it in a code fence, a greeting or their thoughts.
 */
export function findJsonObjects(text: string): unknown[] {
  const whole = parseObject(text);
  if (whole !== undefined) return [whole];
  const said = text.replace(/<think>[\s\S]*?<\/think>/g, ' ');
  const found: unknown[] = [];
  let start = said.indexOf('{');
  for (let tries = 0; tries < MOST_TRIES && start >= 0; tries += 1) {
    const end = findEnd(said, start);
    const object = end < 0 ? undefined : parseObject(said.slice(start, end));
    if (object !== undefined) found.push(object);
    start = said.indexOf('{', end < 0 ? start + 1 : end);
  }
  return found;
}

/** One past the brace that closes the one at `start`, or -1. */
function findEnd(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function parseObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
