import { afterEach, expect, test } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import type { LocalServer } from '../../src/local/server.ts';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import { waitForReplies } from '../helpers/slack-message.ts';

let t: TestBot | undefined;

afterEach(() => t?.stop());

/** A bot whose calls of `method` go wrong while it starts. */
async function createBotBefore(
  method: string,
  ...fault: Parameters<LocalServer['faults']['onCall']> extends [string, ...infer Rest] ? Rest : never
): Promise<TestBot> {
  t = await createTestBot({
    isStarted: false,
    arrange: (server) => server.faults.onCall(method, ...fault),
  });
  return t;
}

test.each([
  ['auth.test', 'SLACK_BOT_TOKEN'],
  ['apps.connections.open', 'SLACK_APP_TOKEN'],
])('a token that %s refuses ends the start with its name and what to do', async (method, setting) => {
  const { bot } = await createBotBefore(method, { type: 'error', error: 'invalid_auth' }, { times: 99 });
  const failure = await bot.start().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ConfigError);
  expect(String(failure)).toMatch(
    new RegExp(`${setting}: Slack refuses it \\(invalid_auth\\).*npm run check`),
  );
});

test('a Slack that does not answer for a moment while the bot starts costs no question', async () => {
  const { bot, server, newRoom } = await createBotBefore('auth.test', { type: 'status', status: 503 });
  await bot.start();
  const channel = newRoom();
  const ts = server.as('U0ALICE').says(channel, 'How do I cancel our subscription?');
  expect(await waitForReplies(server, channel, ts)).toHaveLength(1);
});
