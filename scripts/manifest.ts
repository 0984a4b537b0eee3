import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildManifest, type ManifestKind } from '../manifests/app.ts';

const USAGE = `Writes the Slack app manifests from manifests/app.ts.

  npm run manifest                          write manifests/production.json and development.json
  npm run manifest -- --check               say whether those files are current, and write nothing
  npm run manifest -- --http https://HOST   print the manifest for HTTP mode at that public address
      --development                         with --http: the development app

Paste a manifest at https://api.slack.com/apps → Create New App → From a manifest.
Exit code: 0 done, 1 not current, 2 wrong usage.`;

const KINDS: ManifestKind[] = ['production', 'development'];

function main(): number {
  const options = readOptions();
  if (options === undefined) return usage('unknown option');
  if (options.help) return say(USAGE);
  if (options.http !== undefined) {
    if (!isPublicAddress(options.http)) return usage('--http takes an address that begins with https://');
    const kind = options.development ? 'development' : 'production';
    return say(toJson(kind, { mode: 'http', url: options.http }).trimEnd());
  }
  return options.check ? check() : write();
}

function readOptions() {
  const boolean = { type: 'boolean', default: false } as const;
  const options = { check: boolean, development: boolean, help: boolean, http: { type: 'string' } } as const;
  try {
    return parseArgs({ options, strict: true }).values;
  } catch {
    return undefined;
  }
}

function isPublicAddress(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

function check(): number {
  const old = KINDS.filter((kind) => read(kind) !== toJson(kind, { mode: 'socket' }));
  for (const kind of old) process.stderr.write(`manifests/${kind}.json is not current: npm run manifest\n`);
  return old.length === 0 ? say('manifests/*.json are current') : 1;
}

function write(): number {
  for (const kind of KINDS) writeFileSync(pathOf(kind), toJson(kind, { mode: 'socket' }));
  return say('wrote manifests/production.json and manifests/development.json');
}

const pathOf = (kind: ManifestKind) => fileURLToPath(new URL(`../manifests/${kind}.json`, import.meta.url));

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

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function usage(problem: string): number {
  process.stderr.write(`${problem}\n\n${USAGE}\n`);
  return 2;
}

process.exitCode = main();
