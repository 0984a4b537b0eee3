import { expect, test } from 'vitest';
import { createTicketSource, isTicket, type TicketPost } from '../../src/knowledge/ticket-source.ts';

const TICKET = { channel: 'C1', threadTs: String(Date.UTC(2026, 10, 2) / 1_000) };

const listed = async (posts: TicketPost[]) => {
  const source = createTicketSource({ list: async () => [TICKET], read: async () => posts });
  return (await source.list()).pages[0];
};

test('a settled conversation is a page for its own channel, with what staff said in it', async () => {
  const page = await listed([
    { role: 'customer', text: 'The export\nnever arrives' },
    { role: 'bot', text: 'I have asked a colleague.' },
    {
      role: 'staff',
      text: '> Your contract says exports are free\nYour mail server refused it; allow our address.',
    },
    { role: 'customer', text: 'You owe me a refund of $500' },
  ]);
  expect(isTicket(page?.source ?? '')).toBe(true);
  expect(await page?.read()).toMatchObject({
    page: {
      tenant: 'C1',
      title: 'Your ticket of 2026-11-02: The export never arrives',
      body: 'Your mail server refused it; allow our address.',
      updated: '2026-11-02',
    },
  });
});

test.each([
  [
    'staff say nothing of their own',
    [
      { role: 'customer', text: 'Hello?' },
      { role: 'staff', text: '> Hello?' },
    ],
  ],
  ['the question was erased', [{ role: 'staff', text: 'Done.' }]],
] as [string, TicketPost[]][])('a conversation in which %s is none', async (_why, posts) => {
  expect(await listed(posts)).toBeUndefined();
});

test('what staff correct makes it another, what the customer adds does not', async () => {
  const stampOf = async (answer: string, ...more: TicketPost[]) =>
    (await listed([{ role: 'customer', text: 'How long?' }, { role: 'staff', text: answer }, ...more]))
      ?.stamp;
  expect(await stampOf('within 30 days')).not.toBe(await stampOf('within 14 days'));
  expect(await stampOf('within 14 days', { role: 'customer', text: 'Thanks, that helped!' })).toBe(
    await stampOf('within 14 days'),
  );
});
