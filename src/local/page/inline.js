import { h } from 'preact';

const isWordCharacter = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
const isSpace = (character) => character === undefined || /\s/.test(character);

/**
 * Turns one run of text into preact nodes. At each place the rules are asked in turn; a rule answers
 * `{ end, node }` or undefined. What no rule wants is plain text.
 */
export function scanInline(text, rules, active = []) {
  const nodes = [];
  // Markers known to have no partner further on: asking again for each would make hostile text quadratic.
  const unpaired = new Set();
  const inside = (inner, marker) => scanInline(inner, rules, [...active, marker]);
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    const found = firstMatch(rules, { text, at, active, unpaired, inside });
    if (!found) {
      at += 1;
      continue;
    }
    if (at > plainFrom) nodes.push(text.slice(plainFrom, at));
    nodes.push(found.node);
    at = found.end;
    plainFrom = at;
  }
  if (plainFrom < text.length) nodes.push(text.slice(plainFrom));
  return nodes;
}

function firstMatch(rules, place) {
  for (const rule of rules) {
    const found = rule(place);
    if (found) return found;
  }
  return undefined;
}

/** Rule for text between two equal markers (`*bold*`), only at word borders, so snake_case stays itself. */
export function paired(marker, wrap) {
  return ({ text, at, active, unpaired, inside }) => {
    if (!text.startsWith(marker, at) || active.includes(marker) || unpaired.has(marker)) return undefined;
    const start = at + marker.length;
    if (isWordCharacter(text[at - 1]) || isSpace(text[start]) || text[start] === marker[0]) return undefined;
    const close = findClose(text, marker, start);
    if (close < 0) {
      unpaired.add(marker);
      return undefined;
    }
    return { end: close + marker.length, node: wrap(inside(text.slice(start, close), marker)) };
  };
}

function findClose(text, marker, start) {
  for (let close = text.indexOf(marker, start + 1); close >= 0; close = text.indexOf(marker, close + 1)) {
    const after = text[close + marker.length];
    if (!isSpace(text[close - 1]) && !isWordCharacter(after) && after !== marker[0]) return close;
  }
  return -1;
}

/** Rule for a regular expression (sticky) tried at the present place. */
export function matching(pattern, make) {
  return ({ text, at, inside }) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return undefined;
    const node = make(match, inside);
    return node === undefined ? undefined : { end: at + match[0].length, node };
  };
}

/** Rule for `code`; the marker may be several backticks long. */
export const codeSpan = (decode) => {
  return ({ text, at, unpaired }) => {
    if (text[at] !== '`' || text[at - 1] === '`') return undefined;
    const marker = /^`+/.exec(text.slice(at, at + 20))[0];
    if (unpaired.has(marker)) return undefined;
    const close = text.indexOf(marker, at + marker.length + 1);
    if (close < 0) {
      unpaired.add(marker);
      return undefined;
    }
    return {
      end: close + marker.length,
      node: h('code', null, decode(text.slice(at + marker.length, close))),
    };
  };
};

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };
export const decodeEntities = (text) => text.replace(/&(?:lt|gt|amp|quot);/g, (entity) => ENTITIES[entity]);
export const entityRule = matching(/&(?:lt|gt|amp|quot);/y, ([entity]) => ENTITIES[entity]);
