import { expect, test } from 'vitest';
import { createTicketSource, type TicketPost } from '../../src/knowledge/ticket-source.ts';

const TICKET = { channel: 'C1', threadTs: '17.5', lastAt: Date.UTC(2026, 10, 2), posts: 3, characters: 90 };

const pageOf = async (posts: TicketPost[]) => {
  const source = createTicketSource({ list: async () => [TICKET], read: async () => posts });
  const { pages } = await source.list();
  return { listed: pages[0], read: await pages[0]?.read() };
};

test('a settled conversation is a page for its own channel, with what staff said in it', async () => {
  const { listed, read } = await pageOf([
    { role: 'customer', text: 'The export\nnever arrives' },
    { role: 'bot', text: 'I have asked a colleague.' },
    { role: 'staff', text: 'Your mail server refused it; allow our address.' },
    { role: 'customer', text: 'You owe me a refund of $500' },
  ]);
  expect(listed).toMatchObject({ source: 'ticket/C1/17.5' });
  expect(read).toMatchObject({
    page: {
      tenant: 'C1',
      title: 'Your ticket of 2026-11-02: The export never arrives',
      body: 'Your mail server refused it; allow our address.',
      updated: '2026-11-02',
    },
  });
});

test.each([
  ['nobody of the staff says anything any more', [{ role: 'customer', text: 'Hello?' }]],
  ['the question was erased', [{ role: 'staff', text: 'Done.' }]],
] as [string, TicketPost[]][])('a conversation in which %s is gone', async (_why, posts) => {
  expect((await pageOf(posts)).read).toEqual({ gone: true });
});

test.each([{ posts: 4 }, { characters: 91 }])('%j makes it another', async (change) => {
  const stampOf = async (more: Partial<typeof TICKET>) => {
    const source = createTicketSource({ list: async () => [{ ...TICKET, ...more }], read: async () => [] });
    return (await source.list()).pages[0]?.stamp;
  };
  expect(await stampOf(change)).not.toBe(await stampOf({}));
});
