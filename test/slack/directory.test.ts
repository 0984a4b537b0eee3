import { describe, expect, onTestFinished, test } from 'vitest';
import { startLocalServer } from '../../src/local/server.ts';
import { createSlackApi } from '../../src/slack/api.ts';
import { createSlackDirectory } from '../../src/slack/directory.ts';
import { createLogbook } from '../helpers/logbook.ts';

const TEN_MINUTES_MS = 600_000;

async function openDirectory() {
  const server = await startLocalServer();
  onTestFinished(() => server.stop());
  const clock = { time: 1_000, now: () => clock.time, sleep: async () => undefined };
  const call = createSlackApi({ botToken: 'xoxb-test', apiUrl: server.apiUrl, log: createLogbook() });
  return { server, clock, directory: createSlackDirectory(call, clock) };
}

describe('people', () => {
  test.each([
    [
      'U0SAM',
      {
        teamId: 'T0HOME',
        firstName: 'Sam',
        isBot: false,
        isGuest: false,
        isDeleted: false,
        isStranger: false,
      },
    ],
    ['U0GUEST', { teamId: 'T0HOME', isGuest: true }],
    ['U0ALICE', { teamId: 'T0ACME', firstName: 'Alice', isBot: false }],
    ['U0CIBOT', { isBot: true }],
  ])('%s is who Slack says', async (id, expected) => {
    const { directory } = await openDirectory();
    expect(await directory.person(id)).toMatchObject({ id, ...expected });
  });

  test('who have left or are strangers are told apart', async () => {
    const { server, directory } = await openDirectory();
    server.addUser({ id: 'U0GONE', isDeleted: true });
    server.addUser({ id: 'U0STRANGE', isStranger: true });
    expect((await directory.person('U0GONE')).isDeleted).toBe(true);
    expect((await directory.person('U0STRANGE')).isStranger).toBe(true);
  });

  test('nobody knows are an error, never an empty person', async () => {
    const { directory } = await openDirectory();
    await expect(directory.person('U0NOBODY')).rejects.toMatchObject({ name: 'VendorRefused' });
  });

  test('are remembered for ten minutes, and asked for anew when it matters', async () => {
    const { server, clock, directory } = await openDirectory();
    expect((await directory.person('U0SAM')).isGuest).toBe(false);
    server.addUser({ id: 'U0SAM', isGuest: true });
    expect((await directory.person('U0SAM')).isGuest).toBe(false);
    expect((await directory.person('U0SAM', { fresh: true })).isGuest).toBe(true);
    server.addUser({ id: 'U0SAM', isGuest: false });
    clock.time += TEN_MINUTES_MS - 1;
    expect((await directory.person('U0SAM')).isGuest).toBe(true);
    clock.time += 1;
    expect((await directory.person('U0SAM')).isGuest).toBe(false);
  });

  test('are asked for again after a failure', async () => {
    const { server, directory } = await openDirectory();
    server.faults.onCall('users.info', { type: 'status', status: 503 });
    await expect(directory.person('U0SAM')).rejects.toThrow();
    expect((await directory.person('U0SAM')).id).toBe('U0SAM');
  });
});

describe('places', () => {
  test('a channel is what Slack says', async () => {
    const { server, directory } = await openDirectory();
    server.addChannel({
      id: 'C0SHARED',
      name: 'shared',
      isPrivate: true,
      isExtShared: true,
      members: ['U0BOT'],
    });
    expect(await directory.channel('C0SHARED')).toEqual({
      ...{
        id: 'C0SHARED',
        name: 'shared',
        isPrivate: true,
        isExtShared: true,
        isDirect: false,
        isMember: true,
      },
    });
  });

  test('all members of a channel are found, however many pages they fill', async () => {
    const { server, directory } = await openDirectory();
    const members = Array.from({ length: 450 }, (_, index) => `U0M${index}`);
    for (const id of members) server.addUser({ id });
    server.addChannel({ id: 'C0LARGE', members: ['U0BOT', ...members] });
    expect(new Set(await directory.members('C0LARGE'))).toEqual(new Set(['U0BOT', ...members]));
  });

  test('a message has a link', async () => {
    const { server, directory } = await openDirectory();
    server.addChannel({ id: 'C0QUIET', members: ['U0BOT', 'U0SAM'] });
    const ts = server.as('U0SAM').says('C0QUIET', 'hello');
    expect(await directory.permalink('C0QUIET', ts)).toMatch(/^https?:\/\/.*C0QUIET/);
  });
});

test('the bot knows itself', async () => {
  const { directory } = await openDirectory();
  expect(await directory.self()).toEqual({ userId: 'U0BOT', botId: 'B0BOT', teamId: 'T0HOME' });
});
