import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { BOT_SCOPES, buildManifest, type ManifestKind, type Transport } from '../../manifests/app.ts';
import { EVENT_SCOPES, METHOD_SCOPES } from '../../manifests/scopes.ts';
import { commandListeners, eventListeners } from '../../src/slack/listeners/index.ts';
import { runScript } from '../helpers/run-script.ts';
import { ROOT, readSourceFiles } from '../helpers/source-facts.ts';

const KINDS: ManifestKind[] = ['production', 'development'];
const SOCKET: Transport = { mode: 'socket' };
const HTTP: Transport = { mode: 'http', url: 'https://bot.example.com' };
const ALL = KINDS.flatMap((kind) => [SOCKET, HTTP].map((transport) => buildManifest(kind, transport)));

const NAMESPACES =
  'apps|assistant|auth|bots|chat|conversations|files|pins|reactions|team|usergroups|users|views';
const methodOf = new RegExp(`\\b(?:client|slack)\\.((?:${NAMESPACES})(?:\\.[a-z]\\w*)+)\\(`, 'g');

/** `chat.postMessage` and the like, wherever the bot or the check calls them. */
function calledMethods(): Set<string> {
  const callers = [...readSourceFiles()].filter(([path]) => /^(src\/slack\/|scripts\/check)/.test(path));
  return new Set(
    callers.flatMap(([, text]) => [...text.matchAll(methodOf)].map(([, method]) => method ?? '')),
  );
}

describe('the Slack app', () => {
  test.each(KINDS)('has a current manifests/%s.json', (kind) => {
    const file = readFileSync(join(ROOT, 'manifests', `${kind}.json`), 'utf8');
    expect(file, 'run npm run manifest').toBe(`${JSON.stringify(buildManifest(kind, SOCKET), null, 2)}\n`);
  });

  test('keeps to the lengths that Slack allows', () => {
    for (const { display_information: display, features } of ALL) {
      expect(display.name.length).toBeLessThanOrEqual(35);
      expect(display.description.length).toBeLessThanOrEqual(140);
      expect(display.long_description.length).toBeGreaterThanOrEqual(175);
      expect(display.long_description.length).toBeLessThanOrEqual(4000);
      expect(features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
      for (const { command, description } of features.slash_commands) {
        expect(command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
        expect(description.length).toBeLessThanOrEqual(2000);
      }
    }
  });

  test('listens to exactly the events that have a listener', () => {
    const ofMessages = ['message.channels', 'message.groups', 'message.im'];
    const listened = Object.keys(eventListeners).flatMap((type) =>
      type === 'message' ? ofMessages : [type],
    );
    expect(buildManifest('production', SOCKET).settings.event_subscriptions.bot_events).toEqual(
      listened.toSorted(),
    );
  });

  test('offers exactly the slash commands that have a listener', () => {
    const offered = buildManifest('production', SOCKET).features.slash_commands.map(({ command }) => command);
    expect(offered).toEqual(Object.keys(commandListeners));
  });

  test('knows the scopes of every method that is called, and of no other', () => {
    expect([...calledMethods()].toSorted()).toEqual(Object.keys(METHOD_SCOPES).toSorted());
  });

  test('asks for the scopes of its calls, events and commands, and for nothing more', () => {
    const needed = [
      ...Object.values(METHOD_SCOPES).flat(),
      ...Object.values(EVENT_SCOPES).flat(),
      'commands',
    ];
    expect(BOT_SCOPES).toEqual([...new Set(needed)].toSorted());
  });

  test('names no address in Socket Mode and one for everything in HTTP mode', () => {
    expect(JSON.stringify(buildManifest('production', SOCKET))).not.toContain('url');
    const { features, settings } = buildManifest('production', HTTP);
    const address = 'https://bot.example.com/slack/events';
    expect(settings.event_subscriptions).toMatchObject({ request_url: address });
    expect(settings.interactivity).toEqual({ is_enabled: true, request_url: address });
    expect(features.slash_commands[0]).toMatchObject({ url: address });
    expect(settings.socket_mode_enabled).toBe(false);
  });

  const schema = process.env.SLACK_MANIFEST_SCHEMA;
  test.skipIf(schema === undefined)(
    "is valid by Slack's own schema (needs SLACK_MANIFEST_SCHEMA=manifest.schema.2.0.0.json of slackapi/manifest-schema)",
    () => {
      const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(
        JSON.parse(readFileSync(schema ?? '', 'utf8')),
      );
      for (const manifest of ALL) expect(validate(manifest) ? [] : validate.errors).toEqual([]);
      expect(validate({ ...ALL[0], display_information: {} })).toBe(false);
    },
  );
});

describe('npm run manifest', () => {
  test('confirms that the files are current', async () => {
    expect(await runScript('manifest', ['--check'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('prints the app for HTTP mode without touching the files', async () => {
    const { code, stdout } = await runScript('manifest', [
      '--http',
      'https://bot.example.com',
      '--development',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(buildManifest('development', HTTP));
  });

  test.each([[['--http', 'http://bot.example.com']], [['--no-such-option']], [['--http']]])(
    'refuses %j as wrong usage',
    async (args) => {
      const { code, stdout, stderr } = await runScript('manifest', args);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain('--');
    },
  );
});
