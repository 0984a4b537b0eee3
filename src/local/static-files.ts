import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('./page/', import.meta.url));
const requireFrom = createRequire(import.meta.url);

/** Libraries the page imports, straight from the installed packages: no build step, nothing from elsewhere. */
const LIBRARIES: Record<string, [module: string, file: string]> = {
  'preact.js': ['preact', 'preact.module.js'],
  'preact-hooks.js': ['preact/hooks', 'hooks.module.js'],
  'htm.js': ['htm', 'htm.module.js'],
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The page may load from this server alone, whatever a message contains. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'";

/** Serves the page and its libraries. False when the path is none of theirs. */
export async function answerFile(pathname: string, response: ServerResponse): Promise<boolean> {
  const file = findFile(pathname);
  const content = file && (await readFile(file).catch(() => undefined));
  if (!file || !content) return false;
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-cache',
    'content-security-policy': POLICY,
  });
  response.end(content);
  return true;
}

function findFile(pathname: string): string | undefined {
  if (pathname === '/') return join(PAGE, 'index.html');
  if (pathname.startsWith('/lib/')) return findLibrary(pathname.slice('/lib/'.length));
  if (!pathname.startsWith('/page/')) return undefined;
  const file = normalize(join(PAGE, pathname.slice('/page/'.length)));
  return file.startsWith(PAGE.endsWith(sep) ? PAGE : PAGE + sep) ? file : undefined;
}

function findLibrary(name: string): string | undefined {
  const [module, file] = (Object.hasOwn(LIBRARIES, name) && LIBRARIES[name]) || [];
  if (!module || !file) return undefined;
  return join(requireFrom.resolve(module), '..', file);
}
