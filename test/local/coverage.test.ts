import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blockRules } from '../../src/local/block-rules.ts';
import {
  type Coverage,
  eventCoverage,
  findCoverage,
  methodCoverage,
  subtypeCoverage,
} from '../../src/local/coverage.ts';
import { readEvents } from '../../src/local/events.ts';
import { createSeed } from '../../src/local/seed.ts';
import { webApiMethods } from '../../src/local/web-api.ts';
import { createWorkspace } from '../../src/local/workspace.ts';

const resolve = createRequire(import.meta.url).resolve;
const sdkFolder = dirname(resolve('@slack/web-api'));
const eventsFolder = join(dirname(resolve('@slack/types')), 'events');

function namesIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((found) => String(found[1])))];
}

const sdkMethods = namesIn(
  readFileSync(join(sdkFolder, 'methods.js'), 'utf8'),
  /bindApiCall\w*\(this, '([\w.]+)'/g,
);
const eventTypes = readdirSync(eventsFolder)
  .filter((name) => name.endsWith('.d.ts'))
  .map((name) => readFileSync(join(eventsFolder, name), 'utf8'))
  .join('\n');
const sdkEvents = namesIn(eventTypes, /^ {4}type: '(\w+)'/gm);
const sdkSubtypes = namesIn(
  readFileSync(join(eventsFolder, 'message.d.ts'), 'utf8'),
  /^ {4}subtype: '(\w+)'/gm,
);

const supported = (table: Coverage) => Object.keys(table).filter((row) => table[row] === 'supported');

describe('the table of what the local workspace covers', () => {
  test.each<[string, Coverage, string[], number]>([
    ['method', methodCoverage, sdkMethods, 250],
    ['event', eventCoverage, sdkEvents, 70],
    ['subtype of message', subtypeCoverage, sdkSubtypes, 12],
  ])('speaks for every %s of the SDK, and no row is idle', (_what, table, names, atLeast) => {
    expect(names.length).toBeGreaterThan(atLeast);
    expect(names.filter((name) => !findCoverage(table, name))).toEqual([]);
    const used = new Set(names.map((name) => findCoverage(table, name)));
    expect(Object.keys(table).filter((row) => !used.has(row))).toEqual([]);
  });

  test('knows the limits of every block of the SDK', () => {
    const blocks = readFileSync(join(eventsFolder, '..', 'block-kit', 'blocks.d.ts'), 'utf8');
    const names = namesIn(blocks, /^ {4}type: '(\w+)'/gm);
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !Object.hasOwn(blockRules, name))).toEqual([]);
  });

  test('calls a method supported exactly when the router answers it', () => {
    expect(supported(methodCoverage).sort()).toEqual(Object.keys(webApiMethods).sort());
  });

  test('calls an event or a subtype supported exactly when the workspace sends it', () => {
    const sent = playEverything();
    expect([...sent.events].sort()).toEqual(supported(eventCoverage).sort());
    expect([...sent.subtypes].sort()).toEqual(supported(subtypeCoverage).sort());
  });
});

/** Does everything that can be done in the workspace and notes what the bot would hear. */
function playEverything(): { events: Set<string>; subtypes: Set<string> } {
  const workspace = createWorkspace(createSeed());
  const events = new Set<string>();
  const subtypes = new Set<string>();
  workspace.onChange((change) => {
    for (const event of readEvents(workspace, change)) {
      events.add(event.type);
      if (typeof event.subtype === 'string') subtypes.add(event.subtype);
    }
  });
  const base = { channel: 'C0ACME', user: 'U0ALICE' };
  const message = workspace.post({ ...base, text: '<@U0BOT> hi' });
  workspace.post({ ...base, text: 'x', threadTs: message.ts, subtype: 'thread_broadcast' });
  const file = workspace.post({ ...base, text: 'x', subtype: 'file_share', files: [{ id: 'F0A' }] });
  workspace.change(message, { text: 'ho' });
  workspace.react(message, 'U0SAM', 'eyes');
  workspace.unreact(message, 'U0SAM', 'eyes');
  workspace.remove(file);
  workspace.join('C0ACME', 'U0OMAR');
  workspace.leave('C0ACME', 'U0OMAR');
  workspace.leave('C0ACME', 'U0BOT');
  workspace.leave('C0MANAGERS', 'U0BOT');
  workspace.announce({ type: 'home-opened', user: 'U0MAYA', channel: 'D0MAYA' });
  workspace.putUser({ ...workspace.requireUser('U0SAM'), isDeleted: true });
  return { events, subtypes };
}
