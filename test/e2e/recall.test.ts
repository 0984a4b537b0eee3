import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../src/local/types.ts';
import { findBreak } from '../../src/store/audit.ts';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import { botPosts, botReplies, buttonsOf, shownText } from '../helpers/slack-message.ts';

const STAFF = 'C0STAFF';
const SEATS = 'Every workspace has five seats included, and each further seat costs $9 per month.';
const DEARER = 'Every workspace has five seats included, and each further seat costs $12 per month.';
const EXPORTS = 'Exports of a dashboard are kept for 30 days and can be downloaded as often as you like.';

let folder: string;
let t: TestBot;

const write = (name: string, ...paragraphs: string[]) =>
  writeFileSync(
    join(folder, name),
    `---\nurl: https://help.example/${name}\n---\n${paragraphs.join('\n\n')}\n`,
  );

const writeSeats = (...paragraphs: string[]) => write('seats.md', '# Seats of a workspace', ...paragraphs);
const writeExports = (...paragraphs: string[]) =>
  write('exports.md', '# Exports of dashboards', ...paragraphs);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-recall-'));
  writeSeats(SEATS);
  writeExports(EXPORTS);
  write('roles.md', '# Roles', 'An owner may do everything, a viewer may only look at dashboards.');
  write('login.md', '# Sign in', 'You sign in with your address and a password of at least twelve signs.');
  t = await createTestBot({
    env: { KNOWLEDGE: folder, STAFF_CHANNEL: STAFF },
    arrange: (server) => server.addChannel({ id: STAFF, members: ['U0SAM', 'U0MAYA', 'U0ALICE', 'U0BOT'] }),
  });
});

afterAll(async () => {
  await t.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Asked {
  channel: string;
  ts: string;
}

const ask = async (text: string): Promise<Asked> => {
  t.clock.advance(20_000);
  const channel = t.newRoom();
  const ts = t.server.as('U0ALICE').says(channel, text);
  await t.settled();
  expect(botReplies(t.server, channel, ts)).toHaveLength(1);
  return { channel, ts };
};

const askForSeats = () => ask('How much does a further seat cost per month?');

const reindex = async () => {
  t.clock.advance(20_000);
  await t.server.as('U0SAM').runs('C0MANAGERS', '/reindex');
  await t.settled();
};

const cardsOf = ({ channel, ts }: Asked): Message[] =>
  botPosts(t.server, STAFF).filter((post) => {
    return shownText(post).includes(`/archives/${channel}/p${ts.replace('.', '')}`);
  });

const cardOf = (asked: Asked) => cardsOf(asked).at(-1) ?? expect.fail('no card came');

const press = async (user: string, card: Message, action: 'recall.send' | 'recall.leave') => {
  t.clock.advance(20_000);
  await t.server.as(user).clicks(card.channel, card.ts, action);
  await t.settled();
};

/** What the customer was told after the answer. */
const corrections = ({ channel, ts }: Asked) => botReplies(t.server, channel, ts).slice(1).map(shownText);

/** What was done about the newest card of an answer, by whom. */
const auditOf = async ({ channel, ts }: Asked) => {
  const { id } = await t.db
    .selectFrom('recalls')
    .innerJoin('answers', 'answers.id', 'recalls.answer_id')
    .select('recalls.id')
    .where('answers.channel', '=', channel)
    .where('answers.question_ts', '=', ts)
    .orderBy('recalls.id', 'desc')
    .executeTakeFirstOrThrow();
  const rows = await t.db
    .selectFrom('audit')
    .select(['actor', 'action'])
    .where('subject', '=', id)
    .orderBy('seq')
    .execute();
  return rows.map(({ actor, action }) => `${actor} ${action}`);
};

const withSeats = async (work: (asked: Asked) => Promise<void>) => {
  writeSeats(SEATS);
  await reindex();
  await work(await askForSeats());
};

describe('an answer whose page says something else after a re-index', () => {
  test('is shown to staff: who got it, the old and the new words, what would be sent', async () => {
    await withSeats(async (asked) => {
      writeSeats(DEARER);
      await reindex();
      const card = cardOf(asked);
      const shown = shownText(card);
      expect(shown).toMatch(/Alice[\s\S]*How much does a further seat cost/);
      expect(shown).toContain(SEATS);
      expect(shown).toContain(DEARER);
      expect(shown).toContain(
        'A correction to my answer above: the page <https://help.example/seats.md|Seats of a workspace>',
      );
      expect(buttonsOf(card)).toEqual(['Send correction', 'Leave as it is']);
      expect(corrections(asked)).toEqual([]);
    });
  });

  test('is corrected in its thread once when staff press Send, however often they press', async () => {
    await withSeats(async (asked) => {
      writeSeats(DEARER);
      await reindex();
      const card = cardOf(asked);
      const before = t.server.ephemerals('U0MAYA').length;
      await press('U0SAM', card, 'recall.send');
      await t.server
        .as('U0SAM')
        .clicks(card.channel, card.ts, 'recall.send')
        .catch(() => undefined);
      await t.server
        .as('U0MAYA')
        .clicks(card.channel, card.ts, 'recall.leave')
        .catch(() => undefined);
      await t.settled();
      expect(corrections(asked)).toEqual([expect.stringContaining(DEARER)]);
      expect(corrections(asked)[0]).not.toContain(SEATS);
      expect(shownText(cardOf(asked))).toContain('Correction sent by <@U0SAM>');
      expect(buttonsOf(cardOf(asked))).toEqual([]);
      expect(t.server.ephemerals('U0MAYA').length).toBeLessThanOrEqual(before + 1);
      expect(await auditOf(asked)).toEqual(['countersign recall.opened', 'U0SAM recall.sent']);
      await reindex();
      expect(cardsOf(asked)).toHaveLength(1);
    });
  });

  test('is shown again when the page changes once more after the correction', async () => {
    await withSeats(async (asked) => {
      writeSeats(DEARER);
      await reindex();
      await press('U0SAM', cardOf(asked), 'recall.send');
      writeSeats(DEARER.replace('$12', '$15'));
      await reindex();
      expect(cardsOf(asked)).toHaveLength(2);
      expect(shownText(cardOf(asked))).toMatch(/\$12 per month[\s\S]*\$15 per month/);
    });
  });

  test('is left as it is when staff say so, and the customer is told nothing', async () => {
    await withSeats(async (asked) => {
      writeSeats(DEARER);
      await reindex();
      const card = cardOf(asked);
      await press('U0MAYA', card, 'recall.leave');
      expect(corrections(asked)).toEqual([]);
      expect(shownText(cardOf(asked))).toContain('Left as it is by <@U0MAYA>');
      expect(await auditOf(asked)).toEqual(['countersign recall.opened', 'U0MAYA recall.left']);
    });
  });

  test('is not corrected by a customer, who is told so in private', async () => {
    await withSeats(async (asked) => {
      writeSeats(DEARER);
      await reindex();
      const card = cardOf(asked);
      const before = t.server.ephemerals('U0ALICE').length;
      await press('U0ALICE', card, 'recall.send');
      expect(corrections(asked)).toEqual([]);
      expect(t.server.ephemerals('U0ALICE').slice(before).map(shownText)).toEqual([
        expect.stringMatching(/Only staff/),
      ]);
      expect(buttonsOf(cardOf(asked))).toHaveLength(2);
      expect(await auditOf(asked)).toContain('U0ALICE recall.refused');
    });
  });

  test('whose page changes again before anybody decides has a newer card, and the old one says so', async () => {
    await withSeats(async (asked) => {
      writeSeats(DEARER);
      await reindex();
      writeSeats(DEARER.replace('$12', '$20'));
      await reindex();
      const [old, newer] = cardsOf(asked);
      expect(shownText(old ?? expect.fail())).toContain('see the newer card');
      expect(buttonsOf(old ?? expect.fail())).toEqual([]);
      await press('U0SAM', newer ?? expect.fail(), 'recall.send');
      expect(corrections(asked)).toEqual([expect.stringContaining('$20 per month')]);
    });
  });

  test('whose page says again what it said needs no correction any more', async () => {
    await withSeats(async (asked) => {
      writeSeats(DEARER);
      await reindex();
      writeSeats(SEATS);
      await reindex();
      expect(cardsOf(asked)).toHaveLength(1);
      expect(shownText(cardOf(asked))).toContain('the page says again what I answered');
    });
  });

  test('is not corrected where the answer was deleted, and the card says why', async () => {
    await withSeats(async (asked) => {
      writeSeats(DEARER);
      await reindex();
      const [answer] = botReplies(t.server, asked.channel, asked.ts);
      t.server.workspace.remove(answer ?? expect.fail());
      await press('U0SAM', cardOf(asked), 'recall.send');
      expect(botReplies(t.server, asked.channel, asked.ts)).toEqual([]);
      expect(shownText(cardOf(asked))).toContain('my answer was deleted');
    });
  });
});

test('an answer whose page is gone is shown as removed, and the customer learns that a colleague follows up', async () => {
  const asked = await ask('How long are exports of a dashboard kept?');
  rmSync(join(folder, 'exports.md'));
  await reindex();
  expect(shownText(cardOf(asked))).toMatch(/kept for 30 days[\s\S]*removed/);
  await press('U0SAM', cardOf(asked), 'recall.send');
  expect(corrections(asked)).toEqual([
    expect.stringMatching(/no longer says what I quoted; a colleague will follow up/),
  ]);
  writeExports(EXPORTS);
  await reindex();
});

test.each<[string, () => void]>([
  [
    'its looks',
    () =>
      writeSeats(
        `- Every **workspace** has five\n  seats included, and each further seat costs $9 per month!`,
      ),
  ],
  ['another paragraph', () => writeSeats(SEATS, 'Guests are free of charge since 2027.')],
  [
    'its place',
    () => {
      writeSeats('How seats are counted.');
      write('plans.md', '# Plans and prices', SEATS);
    },
  ],
])('an answer whose page changes in %s alone is none to tell of', async (_what, edit) => {
  await withSeats(async (asked) => {
    edit();
    await reindex();
    expect(cardsOf(asked)).toEqual([]);
    rmSync(join(folder, 'plans.md'), { force: true });
  });
});

test('what was decided and refused above is one unbroken chain', async () => {
  expect(await findBreak(t.db)).toBeUndefined();
});
