import { describe, expect, test } from 'vitest';
import { isChatter } from '../../../src/pipeline/triage/chatter-rules.ts';
import { readGolden } from './golden.ts';

describe('chatter', () => {
  test.each([
    ...['thanks!', 'thank you so much 🙏', 'ok great', '👍', ':tada: :tada:', '...', 'perfect, thanks Maya'],
    ...['good morning team', 'Happy Friday everyone!', 'Good night folks', 'how are you all doing today?'],
    ...[
      'got it, thanks',
      'It works now, thank you!',
      'Thanks, that’s all for today',
      'np',
      'lol',
      'sorry for the noise',
    ],
    ...['Who doesn’t love a Monday morning?', 'Can you believe it’s already December?', 'nice weather today'],
    ...[
      'FYI our office is closed on Friday',
      'Anyone up for lunch at 12?',
      'I’ll be out of office until Monday',
    ],
    ...['Please join us for the quarterly webinar on Thursday', 'congrats on the launch 🎉🎉'],
  ])('is: %s', (text) => {
    expect(isChatter(text)).toBe(true);
  });

  test.each([
    ...[
      'thanks! one more thing: how do I export a report?',
      'ok but how do I cancel?',
      'Thanks, but it still fails',
    ],
    ...[
      'hello, the dashboard doesn’t load',
      'hi, is anyone there?',
      'help',
      'pricing?',
      '??',
      'sso',
      'refund',
    ],
    ...[
      'FYI the API returns 500 since noon',
      'heads up: webhooks are down',
      'Reminder: our ticket 4410 is still open',
    ],
    ...['yes please', 'no', 'yes, the EU region please', 'Welcome email is not sent to new users'],
    ...[
      'Hi team, we need 5 more seats',
      'Our office moved, please update the billing address',
      'nothing works',
    ],
    ...[
      'Anyone know how to export to PDF?',
      'who can approve a new seat?',
      'Isn’t the export limited to 10k rows?',
    ],
  ])('is not: %s', (text) => {
    expect(isChatter(text)).toBe(false);
  });

  test('is none of our own customer messages but thanks and praise', () => {
    const found = readGolden<{ text: string; sentiment: string }>('own-messages.jsonl').filter(({ text }) =>
      isChatter(text),
    );
    expect(found.filter(({ sentiment }) => sentiment !== 'positive')).toEqual([]);
  });
});
