import { useMemo } from 'preact/hooks';
import { html } from './html.js';

// A frame with a whole file in it must not freeze the page.
const LONGEST = 60_000;
const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function tokens(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon] = match;
    const kind = string ? (colon ? 'json-key' : 'json-string') : 'json-other';
    nodes.push(text.slice(from, match.index), html`<span class=${kind}>${string ?? whole}</span>`);
    from = match.index + (string ?? whole).length;
  }
  return [...nodes, text.slice(from)];
}

/** JSON, indented and coloured. */
export function Json({ value }) {
  const nodes = useMemo(() => {
    const text = JSON.stringify(value, null, 2) ?? 'nothing';
    return text.length > LONGEST
      ? [`${text.slice(0, LONGEST)}\n… ${text.length - LONGEST} characters more`]
      : tokens(text);
  }, [value]);
  return html`<pre class="json" tabindex="0">${nodes}</pre>`;
}
