import type { ServerResponse } from 'node:http';

/** A page that answers cite, as the operator's folder holds it. */
export interface SourcePage {
  title: string;
  text: string;
}

export type FindSource = (url: string) => Promise<SourcePage | undefined>;

const STYLE = `body{margin:0 auto;max-width:46rem;padding:2rem 1rem;font:16px/1.6 system-ui,sans-serif;color-scheme:light dark}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:15px/1.6 ui-monospace,monospace}p{opacity:.75}`;

/**
 * Shows a cited page whose address leads nowhere because its help centre is made up. It is shown as text, so nothing
 * in it can do anything.
 */
export async function answerSource(url: URL, find: FindSource, response: ServerResponse): Promise<void> {
  const address = url.searchParams.get('url') ?? '';
  const page = await find(address);
  const title = escapeHtml(page?.title ?? 'No such page');
  const text = page
    ? `<pre>${escapeHtml(page.text)}</pre>`
    : '<p>The knowledge has no page with this address.</p>';
  response.writeHead(page ? 200 : 404, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1><p>${escapeHtml(address)}</p>${text}</main></html>`,
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
