import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Utterance, whoSpeaksNext } from '../../src/conversation/floor.ts';
import { readMessageText } from '../../src/conversation/message-text.ts';
import { anyText } from '../helpers/any-text.ts';

const BOT = 'U0BOT';
const SAM = 'U0SAM';
const HOUR_MS = 3_600_000;
const NOW = 1_800_000_000_000;
const NAMES = new Set(['sam', 'renée', 'anna-lena', 'will', 'my', 'mark']);

/** A message as it comes from Slack, in a quiet customer channel unless said otherwise. */
function utterance(raw: string, more: Partial<Utterance> = {}): Utterance {
  const { plain, mentions } = readMessageText(raw);
  return {
    role: 'customer',
    text: plain,
    mentions,
    botUserId: BOT,
    memberFirstNames: NAMES,
    mode: 'answer',
    now: NOW,
    thread: { staffSpokeAt: undefined, handedOverAt: undefined, awaitsDecision: false },
    staffHoldMs: HOUR_MS,
    ...more,
  };
}

const turn = (raw: string, more: Partial<Utterance> = {}) => whoSpeaksNext(utterance(raw, more)).turn;
const inThread = (thread: Partial<Utterance['thread']>): Partial<Utterance> => ({
  thread: { staffSpokeAt: undefined, handedOverAt: undefined, awaitsDecision: false, ...thread },
});

describe('what a customer says in a quiet channel', () => {
  test.each([
    ['a question to nobody in particular', 'How do I export my data?'],
    ['a question that names the bot', `<@${BOT}> how do I export my data?`],
    ['a greeting before the bot is named', `Hey <@${BOT}>, how do I export?`],
    ['a name inside the sentence', 'The export that Sam set up stopped. Why?'],
    ["a colleague's thing", "Sam's export stopped, why?"],
    ['the same with the apostrophe of a phone', 'Sam’s export stopped, why?'],
    ['the bot named before a name', `<@${BOT}> Sam said exports are limited, is that true?`],
    ['a greeting to the bot and then a name', `Hey <@${BOT}>, Sam said exports are limited. True?`],
    ['a first name that opens a sentence as a word', 'Will the export work tomorrow?'],
    ['a short first name that is a word', 'My export fails with an error'],
    ['another first name that is a word', 'Mark as read does nothing, why?'],
    ['a person mentioned after the bot', `<@${BOT}> can you tell <@${SAM}> how to export?`],
    ['a mention of a person in a quote', `&gt; <@${SAM}> said so\nIs that still true?`],
    ['a channel mentioned', 'Is there more in <#C012345|help>?'],
  ])('%s is for the bot', (_title, raw) => {
    expect(turn(raw)).toBe('bot');
  });

  test.each([
    ['a mention of a person', `<@${SAM}> can you look at this?`],
    ['a mention of a person at the end', `Can you look at this, <@${SAM}>?`],
    ['a mention with the name in it', `<@${SAM}|sam> can you look?`],
    ['a question to a person about the bot', `<@${SAM}> is <@${BOT}> always this slow?`],
    ['a first name and a question about the bot', `Sam, did <@${BOT}> answer that?`],
    ['a first name', 'Sam, can you look at this?'],
    ['a first name without a comma', 'sam can you look at this?'],
    ['a first name in capitals', 'SAM: the export fails again'],
    ['a first name typed with an at sign', '@sam the export fails again'],
    ['a greeting with a first name', 'Hi Sam, the export fails again'],
    ['a greeting with a comma', 'Hello, Sam! The export fails'],
    ['a good morning', 'Good morning Sam, did you see this?'],
    ['a thank-you to somebody', 'Thanks Sam, that worked. And the import?'],
    ['a first name with an accent', 'Renée, any news?'],
    ['a first name of two parts', 'Anna-Lena, any news?'],
    ['a first name that is a word, with a comma', 'Will, can you look at this?'],
    ['a first name that is a word, after a greeting', 'hey mark, any news?'],
    ['a first name alone', 'Will'],
  ])('%s is for that person', (_title, raw) => {
    expect(whoSpeaksNext(utterance(raw))).toMatchObject({ turn: 'person', hold: false });
  });

  test('names that nobody in the channel has are no address', () => {
    expect(turn('Oliver, can you look at this?')).toBe('bot');
  });
});

describe('how a channel is set', () => {
  test.each([
    ['answer', 'How do I export?', 'bot'],
    ['mention', 'How do I export?', 'nobody'],
    ['mention', `<@${BOT}> how do I export?`, 'bot'],
    ['mention', `&gt; <@${BOT}> how do I export?\nI asked this yesterday`, 'nobody'],
    ['off', `<@${BOT}> how do I export?`, 'nobody'],
    ['off', 'How do I export?', 'nobody'],
  ] as const)('in mode %s, %j: %s', (mode, raw, expected) => {
    expect(turn(raw, { mode })).toBe(expected);
  });
});

test.each([`<@${BOT}> how do I export?`, 'How do I export?', 'back to you'])(
  'another bot is never answered: %s',
  (raw) => {
    expect(turn(raw, { role: 'bot' })).toBe('nobody');
  },
);

describe('when staff speak', () => {
  const staff = { role: 'staff' } as const;

  test.each([
    'Let me look into this.',
    'What does the log say?',
    `<@${SAM}> can you take this one?`,
    `I think <@${BOT}> is wrong here.`,
    `<@${SAM}> should <@${BOT}> know this?`,
    "I'll get back to you.",
    'I will come back to you tomorrow, is that fine?',
    'We will have this back to you by Monday',
    'Thanks, we report back to you next week.',
    'Looking now. Back to you soon!',
    'I sent the file over to you',
    `<@${SAM}> back to you`,
  ])('they keep the thread: %s', (raw) => {
    expect(whoSpeaksNext(utterance(raw, staff))).toMatchObject({ turn: 'person', hold: true });
  });

  test.each([
    'back to you',
    'Back to you!',
    'Fixed. Over to you',
    'Done, back to you',
    'ok, back to you',
    'Handing this back to you',
    "It's over to you",
    `<@${BOT}> back to you`,
    `Thanks, <@${BOT}> back to you`,
  ])('they give it back: %s', (raw) => {
    expect(turn(raw, staff)).toBe('released');
  });

  test('a question put to the bot by name is answered, also while staff hold the thread', () => {
    const held = { ...staff, ...inThread({ staffSpokeAt: NOW - 1 }) };
    expect(turn(`<@${BOT}> what is the export limit?`, held)).toBe('bot');
    expect(turn(`<@${BOT}> nice work`, held)).toBe('person');
  });

  test('a question of theirs to nobody is not answered', () => {
    expect(turn('How do I export?', staff)).toBe('person');
  });
});

describe('while a person holds the thread', () => {
  test.each(['staffSpokeAt', 'handedOverAt'] as const)('%s silences the bot for the hold time', (since) => {
    const turnAfter = (ms: number) => turn('And how do I import?', inThread({ [since]: NOW - ms }));
    expect(turnAfter(0)).toBe('person');
    expect(turnAfter(HOUR_MS - 1)).toBe('person');
    expect(turnAfter(HOUR_MS)).toBe('bot');
  });

  test('the later of the two counts', () => {
    const both = inThread({ staffSpokeAt: NOW - 1, handedOverAt: NOW - 2 * HOUR_MS });
    expect(turn('And how do I import?', both)).toBe('person');
    const other = inThread({ staffSpokeAt: NOW - 2 * HOUR_MS, handedOverAt: NOW - 1 });
    expect(turn('And how do I import?', other)).toBe('person');
  });

  test('a customer who names the bot is answered', () => {
    const held = inThread({ staffSpokeAt: NOW - 1 });
    expect(turn(`<@${BOT}> how do I import?`, held)).toBe('bot');
    expect(turn(`&gt; <@${BOT}> how do I import?\nthat was my question`, held)).toBe('person');
  });

  test('the hold is the one of the settings', () => {
    const held = { ...inThread({ staffSpokeAt: NOW - 1_000 }), staffHoldMs: 500 };
    expect(turn('And how do I import?', held)).toBe('bot');
  });
});

describe('while a decision is awaited', () => {
  const waiting = inThread({ awaitsDecision: true });

  test.each(['Any news?', `<@${BOT}> any news?`, 'I want my money back'])(
    'the bot says nothing: %s',
    (raw) => {
      expect(turn(raw, waiting)).toBe('nobody');
    },
  );

  test('a message to a person is still that person’s', () => {
    expect(turn(`<@${SAM}> any news?`, waiting)).toBe('person');
  });
});

test('whatever is written, the bot never speaks where it is switched off, to bots, or over a silent hold', () => {
  const anything = fc.record({
    text: anyText,
    mentions: fc.array(fc.constantFrom(BOT, SAM, 'U0ANY')),
    role: fc.constantFrom('customer', 'staff', 'bot'),
    mode: fc.constantFrom('answer', 'mention', 'off'),
    held: fc.boolean(),
    awaitsDecision: fc.boolean(),
  });
  fc.assert(
    fc.property(anything, ({ held, awaitsDecision, ...said }) => {
      const floor = whoSpeaksNext(
        utterance('', {
          ...said,
          ...inThread({ staffSpokeAt: held ? NOW - 1 : undefined, awaitsDecision }),
        }),
      );
      if (floor.turn !== 'bot') return;
      expect(said.mode).not.toBe('off');
      expect(said.role).not.toBe('bot');
      if (said.role === 'customer') expect(awaitsDecision).toBe(false);
      if (held || said.mode === 'mention' || said.role === 'staff') expect(said.mentions[0]).toBe(BOT);
    }),
  );
});
