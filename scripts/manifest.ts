import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildManifest, type ManifestKind } from '../manifests/app.ts';
import { runCommand, UsageError } from './command-line.ts';

const HELP = `npm run manifest -- [options]
Writes the Slack apps of manifests/app.ts to manifests/production.json and manifests/development.json. Paste one at
https://api.slack.com/apps → Create New App → From a manifest.

  --check         say whether the files are current, write nothing
  --http URL      print the app for HTTP mode at that public address (https://…), write nothing
  --development   with --http: the development app
  --help          this text
Exit code: 0 done, 1 not current, 2 wrong usage.`;

const KINDS: ManifestKind[] = ['production', 'development'];

runCommand(async () => {
  const boolean = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: { check: boolean, development: boolean, help: boolean, http: { type: 'string' } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.http !== undefined) {
    console.log(forHttp(values.development ? 'development' : 'production', values.http));
    return 0;
  }
  return values.check ? check() : write();
});

function forHttp(kind: ManifestKind, url: string): string {
  if (!isPublicAddress(url)) throw new UsageError(`--http ${url}: give an address that begins with https://`);
  return toJson(kind, { mode: 'http', url }).trimEnd();
}

function isPublicAddress(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

function check(): number {
  const old = KINDS.filter((kind) => read(kind) !== toJson(kind, { mode: 'socket' }));
  for (const kind of old) console.error(`manifests/${kind}.json is not current: npm run manifest`);
  if (old.length > 0) return 1;
  console.log('manifests/*.json are current');
  return 0;
}

function write(): number {
  for (const kind of KINDS) writeFileSync(pathOf(kind), toJson(kind, { mode: 'socket' }));
  console.log('wrote manifests/production.json and manifests/development.json');
  return 0;
}

function pathOf(kind: ManifestKind): string {
  return fileURLToPath(new URL(`../manifests/${kind}.json`, import.meta.url));
}

function read(kind: ManifestKind): string | undefined {
  try {
    return readFileSync(pathOf(kind), 'utf8');
  } catch {
    return undefined;
  }
}

function toJson(...how: Parameters<typeof buildManifest>): string {
  return `${JSON.stringify(buildManifest(...how), null, 2)}\n`;
}
