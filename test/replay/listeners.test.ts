import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toInboxItem } from '../../src/slack/listeners/index.ts';
import { ROOT } from '../helpers/source-facts.ts';

const FOLDER = join(ROOT, 'test', 'fixtures', 'slack');
const FIXTURES = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));
const THREAD = '1795200001.000100';

const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));

const message = (key: string, ts: string, text: string, more: Record<string, unknown> = {}) => {
  const { threadTs, user = 'U05ALICE01', team, channel = 'C06SHARED1' } = more;
  return {
    kind: 'message',
    key,
    subject: `message:${channel}:${ts}`,
    lane: `${channel}:${threadTs ?? ts}`,
    sortTs: ts,
    body: { channel, ts, threadTs, user, team, text },
  };
};

const rewrite = (key: string, sortTs: string, text: string, thread = '1795200008.000800') => ({
  kind: 'rewrite',
  key,
  lane: `C06SHARED1:${thread}`,
  sortTs,
  body: { channel: 'C06SHARED1', ts: '1795200008.000800', text },
});

const reaction = (key: string, sortTs: string, emoji: string, removed = false) => ({
  kind: 'reaction',
  key,
  lane: 'C06MANAGE1:1795200020.000000',
  sortTs,
  body: { channel: 'C06MANAGE1', ts: '1795200020.000000', user: 'U02MAYA001', emoji, removed },
});

const press = (action: string, sortTs: string, value: string, body: Record<string, unknown>) => {
  const trigger = '9876543210.4567890123.0a1b2c3d4e5f60718293a4b5c6d7e8f9';
  const on = body.message as { channel: string; ts: string } | undefined;
  return {
    kind: 'button',
    key: `button:${trigger}:${action}`,
    lane: on ? `${on.channel}:${on.ts}` : `button:${body.user}`,
    sortTs,
    body: { action, value, ...body },
  };
};

const card = { channel: 'C06MANAGE1', ts: '1795200020.000000', threadTs: undefined };
const acme = { team: 'T07ACME001' };
const home = { team: 'T024HOME1' };
const MENTION = '<@U0COUNTER> where do I find our invoices?';
const EDITED = 'Where do I find the invoices of last year?';

/** What each payload becomes; undefined = acknowledged, and nothing to do. */
const EXPECTED: Record<string, unknown> = {
  'message-external-author': message(
    'Ev0A1EXT001',
    THREAD,
    'Where do I find our invoices &amp; receipts?',
    acme,
  ),
  'message-guest-in-thread': message(
    'Ev0A1GUEST1',
    '1795200002.000200',
    'And how do I change the address on them?',
    { ...home, user: 'U06GUEST01', threadTs: THREAD },
  ),
  'message-file-share': message('Ev0A1FILE01', '1795200003.000300', 'What does this error mean?', acme),
  'message-file-share-without-words': message('Ev0A1FILE02', '1795200003.000350', '', acme),
  'message-thread-broadcast': message(
    'Ev0A1BROAD1',
    '1795200004.000400',
    'This still happens, can anybody help?',
    { threadTs: THREAD },
  ),
  'message-me': message('Ev0A1ME0001', '1795200004.000450', 'wonders how to export a report'),
  'message-other-bot': undefined,
  'message-other-bot-with-user': message('Ev0A1BOT002', '1795200005.000550', 'Build 413 passed.', {
    ...home,
    user: 'U04CINOTE1',
  }),
  'message-staff-by-integration': message(
    'Ev0A1INTEG1',
    '1795200005.000570',
    'I will look at this tomorrow morning.',
    { ...home, user: 'U02SAM0001', threadTs: THREAD },
  ),
  'message-own-echo': undefined,
  'message-channel-join': undefined,
  'message-replied': undefined,
  'message-direct': message('Ev0A1DM0001', '1795200037.003700', 'hello', {
    ...home,
    user: 'U02MAYA001',
    channel: 'D0A1HOME01',
  }),
  'message-enterprise-grid': message(
    'Ev0A1GRID01',
    '1795200036.003600',
    'Is there an API for invoices?',
    acme,
  ),
  'message-changed-by-unfurl': undefined,
  'message-changed-by-edit': rewrite('Ev0A1EDIT01', '1795200010.001000', EDITED),
  'message-changed-by-edit-in-thread': rewrite('Ev0A1EDIT02', '1795200011.001100', EDITED, THREAD),
  'message-changed-into-tombstone': rewrite('Ev0A1TOMB01', '1795200012.001200', ''),
  'message-changed-own-card': undefined,
  'message-deleted': rewrite('Ev0A1DEL001', '1795200013.001300', '', THREAD),
  'mention-as-message': message('Ev0A1MENT01', '1795200014.001400', MENTION, acme),
  'mention-as-app-mention': message('Ev0A1MENT02', '1795200014.001400', MENTION, acme),
  'mention-edited': message('Ev0A1MENT03', '1795200014.001400', MENTION, acme),
  'reaction-added-with-skin-tone': reaction(
    'Ev0A1REAC01',
    '1795200022.002200',
    'white_check_mark::skin-tone-4',
  ),
  'reaction-removed': reaction('Ev0A1REAC02', '1795200023.002300', 'white_check_mark', true),
  'reaction-without-author': reaction('Ev0A1REAC05', '1795200023.002350', 'x'),
  'reaction-on-another-author': undefined,
  'reaction-on-file': undefined,
  'home-opened': {
    kind: 'home',
    key: 'Ev0A1HOME01',
    lane: 'home:U02MAYA001',
    sortTs: '1795200026.002600',
    body: { user: 'U02MAYA001' },
  },
  'home-opened-at-messages': undefined,
  'bot-joined': {
    kind: 'joined',
    key: 'Ev0A1MEMB01',
    lane: 'joined:C06NEWROOM',
    sortTs: '1795200028.002800',
    body: { channel: 'C06NEWROOM', invitedBy: 'U02MAYA001' },
  },
  'person-joined': undefined,
  'block-actions-approve': press('refund.approve', '1795200031.003100', '01M7ZSESCALATION000000001', {
    user: 'U02MAYA001',
    message: card,
  }),
  'block-actions-feedback': press('answer.feedback', '1795200032.003200', 'yes:01M7ZSANSWER00000000000001', {
    user: 'U05ALICE01',
    message: { channel: 'C06SHARED1', ts: '1795200006.000600', threadTs: THREAD },
  }),
  'block-actions-ephemeral': press('refund.deny', '1795200033.003300', '01M7ZSESCALATION000000001', {
    user: 'U02MAYA001',
    message: card,
  }),
  'block-actions-in-home': press('home.refresh', '1795200034.003400', '', {
    user: 'U02MAYA001',
    message: undefined,
  }),
  'command-reindex': {
    kind: 'command',
    key: 'command:9876543211.4567890123.1a2b3c4d5e6f708192a3b4c5d6e7f809',
    lane: 'command:9876543211.4567890123.1a2b3c4d5e6f708192a3b4c5d6e7f809',
    sortTs: '',
    body: {
      command: '/reindex',
      text: 'now please',
      user: 'U02SAM0001',
      channel: 'C06MANAGE1',
      responseUrl: 'https://hooks.slack.com/commands/T024HOME1/4567890123456/XyZaBcDeFgHiJkLmNoPqRsTu',
    },
  },
  'command-unknown': undefined,
  'view-submission': undefined,
  shortcut: undefined,
  'app-uninstalled': undefined,
  'app-rate-limited': undefined,
  'url-verification': undefined,
};

describe('a recorded payload becomes what is to be done about it', () => {
  test.each(FIXTURES)('%s', (name) => {
    expect(Object.keys(EXPECTED)).toContain(name);
    expect(toInboxItem(read(name))).toEqual(EXPECTED[name]);
  });

  test('and every expectation has its payload', () => {
    expect(Object.keys(EXPECTED).toSorted()).toEqual(FIXTURES.toSorted());
  });

  test('the two events of one mention are about the same post, but are different deliveries', () => {
    const [first, second] = ['mention-as-message', 'mention-as-app-mention'].map((name) =>
      toInboxItem(read(name)),
    );
    expect(first?.subject).toBe(second?.subject);
    expect(first?.key).not.toBe(second?.key);
  });
});

describe('a payload that is not Slack’s', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'payload'],
    ['a number', 7],
    ['a list', []],
    ['an empty object', {}],
    ['an event without an id', { type: 'event_callback', event: { type: 'message' } }],
    ['an event that is null', { event_id: 'Ev1', event: null }],
    ['an event that is a text', { event_id: 'Ev1', event: 'message' }],
    ['an event whose type every object knows', { event_id: 'Ev1', event: { type: 'constructor' } }],
    ['an event whose type is not a text', { event_id: 'Ev1', event: { type: ['message'] } }],
    ['an event of tomorrow', { event_id: 'Ev1', event: { type: 'message_dreamt', channel: 'C1' } }],
    ['a command that every object knows', { command: 'toString', trigger_id: '1' }],
    ['a press without a button', { type: 'block_actions', trigger_id: '1', user: { id: 'U1' }, actions: [] }],
    [
      'a press whose buttons are no list',
      { type: 'block_actions', trigger_id: '1', user: 'U1', actions: 'x' },
    ],
    [
      'a message of nobody',
      { event_id: 'Ev1', event: { type: 'message', channel: 'C1', ts: '1.1', text: 'x' } },
    ],
    [
      'an event with an empty id',
      { event_id: '', event: { type: 'message', channel: 'C1', user: 'U1', ts: '1.1', text: 'hi' } },
    ],
  ])('%s becomes nothing', (_what, body) => {
    expect(toInboxItem(body)).toBeUndefined();
  });

  test('never throws and never makes an item that cannot be stored, whatever stands in its fields', () => {
    const anyFixture = fc.constantFrom(...FIXTURES);
    fc.assert(
      fc.property(anyFixture, fc.nat(), fc.jsonValue(), (name, where, value) => {
        const item = toInboxItem(replaceField(read(name), where, value));
        if (item === undefined) return;
        const { kind, key, lane, sortTs, subject = '' } = item;
        for (const field of [kind, key, lane, sortTs, subject]) expect(field).toBeTypeOf('string');
        const texts = Object.entries(item.body as object).filter(([, field]) => field !== undefined);
        for (const [, field] of texts) expect(['string', 'boolean', 'object']).toContain(typeof field);
        if (kind === 'message') expect((item.body as { text: unknown }).text).toBeTypeOf('string');
        expect(key).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });
});

/** The payload with one of its fields, however deep, replaced. */
function replaceField(payload: unknown, where: number, value: unknown): unknown {
  const spots: [Record<string, unknown>, string][] = [];
  const walk = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      spots.push([node as Record<string, unknown>, key]);
      walk(inner);
    }
  };
  walk(payload);
  const spot = spots[where % spots.length];
  if (spot) spot[0][spot[1]] = value;
  return payload;
}
