import { WebClient } from '@slack/web-api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LocalServer, startLocalServer } from '../../src/local/server.ts';
import { CHROMIUM, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { startEditingApp } from './editing-app.ts';
import { answerBlocks, editButton, fields, richText } from './page-blocks.ts';

const [WIDE, PHONE] = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=2</script>';

describe.skipIf(!CHROMIUM)(`the page of the local workspace${NO_CHROMIUM}`, { timeout: 60_000 }, () => {
  let browser: Browser;
  let server: LocalServer;
  let bot: WebClient;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);

  afterAll(() => browser?.close());

  beforeEach(async () => {
    server = await startLocalServer();
    bot = new WebClient('xoxb-local', { slackApiUrl: server.apiUrl });
    complaints = [];
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await server.stop();
  });

  async function openPage({ as = 'U0ALICE', hash = '', viewport = WIDE } = {}): Promise<Page> {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.addInitScript(`localStorage.setItem('countersign.local.viewer', '"${as}"')`);
    await page.goto(`${server.url}/${hash}`);
    await page.locator('.topbar').waitFor();
    return page;
  }

  async function actAs(page: Page, name: string): Promise<void> {
    await page.getByRole('button', { name: /^Act as/ }).click();
    await page.getByRole('menuitemradio', { name: new RegExp(name) }).click();
    await page.getByRole('button', { name: new RegExp(`^Act as: ${name}`) }).waitFor();
  }

  const thread = (page: Page) => page.getByRole('complementary', { name: 'Thread' });

  test('a question of the guide is sent in its person’s name and the answer appears live in the thread', async () => {
    const page = await openPage({ as: 'U0SAM' });
    await page.getByRole('button', { name: 'Send as Alice' }).first().click();
    await thread(page).getByText('How do I invite a colleague').waitFor();
    const [question] = server.messages('C0ACME');
    expect(question).toMatchObject({
      user: 'U0ALICE',
      text: expect.stringContaining('invite a colleague'),
    });
    const ts = question?.ts ?? '';

    await bot.assistant.threads.setStatus({ channel_id: 'C0ACME', thread_ts: ts, status: 'is searching…' });
    await thread(page).getByText('Countersign is searching…').waitFor();
    await bot.chat.postMessage({
      channel: 'C0ACME',
      thread_ts: ts,
      text: 'fallback',
      blocks: answerBlocks(),
    });

    const answer = thread(page).locator('article').last();
    await answer.getByRole('strong').filter({ hasText: 'Settings' }).waitFor();
    expect(await answer.getByText('APP', { exact: true }).count()).toBe(1);
    expect(await answer.locator('table td').allInnerTexts()).toEqual(['Team', '10']);
    expect(await answer.getByRole('link', { name: 'Inviting people' }).getAttribute('href')).toBe(
      'https://help.example.com/invite',
    );
    expect(await answer.getByRole('button', { name: 'Helpful', exact: true }).isEnabled()).toBe(true);
    await page.getByRole('button', { name: /1 reply/ }).waitFor();
    await expect.poll(() => thread(page).getByText('is searching').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a manager reacts to a message, and a second press takes the reaction back', async () => {
    const ts = server.as('U0OMAR').says('C0MANAGERS', 'Refund of $480?');
    const page = await openPage({ as: 'U0MAYA', hash: '#C0MANAGERS' });
    const reactions = () => server.workspace.findMessage('C0MANAGERS', ts)?.reactions;
    await page.locator('article', { hasText: 'Refund of $480?' }).hover();
    await page.getByRole('button', { name: 'Add reaction' }).click();
    await page.getByRole('button', { name: 'white_check_mark', exact: true }).click();
    const chip = page.getByRole('button', { name: 'You reacted with :white_check_mark:' });
    await chip.waitFor();
    expect(reactions()).toEqual([{ name: 'white_check_mark', users: ['U0MAYA'] }]);

    await chip.click();
    await chip.waitFor({ state: 'detached' });
    expect(reactions()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('whoever one acts as, one sees that person’s channels, unread marks and private notes, and no others', async () => {
    const page = await openPage();
    const rail = page.getByRole('navigation', { name: 'Channels' });
    await bot.chat.postEphemeral({ channel: 'C0ACME', user: 'U0ALICE', text: 'For Alice alone' });
    const note = page.locator('article', { hasText: 'For Alice alone' });
    await note.waitFor();
    await page.getByText('Only visible to you').waitFor();
    expect(await rail.getByText('refund-approvals').count()).toBe(0);

    server.as('U0OMAR').says('C0MANAGERS', 'Please look');
    await actAs(page, 'Maya Lindqvist');
    await rail.getByRole('button', { name: /refund-approvals.*1 unread/ }).waitFor();
    expect(await note.count()).toBe(0);
    expect(await page.textContent('body')).not.toContain('For Alice alone');

    await page.getByRole('button', { name: /^Act as/ }).press('Enter');
    await page.locator('.person:focus').waitFor();
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('button', { name: /^Act as: Bea Novak/ }).waitFor();
    await rail.getByText('ext-globex-tidemark').waitFor();
    expect(await rail.getByText('ext-acme-tidemark').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('one writes with a mention, edits and deletes what one wrote', async () => {
    const page = await openPage();
    const field = page.getByRole('combobox', { name: 'Message #ext-acme-tidemark' });
    await field.pressSequentially('Hello @counter');
    await page.getByRole('option', { name: /Countersign/ }).waitFor();
    await field.press('Enter');
    await field.pressSequentially('there');
    await field.press('Shift+Enter');
    await field.pressSequentially('second line');
    await field.press('Enter');
    const message = page.locator('article', { hasText: 'second line' });
    await message.waitFor();
    expect(server.messages('C0ACME')[0]?.text).toBe('Hello <@U0BOT> there\nsecond line');

    await message.hover();
    await message.getByRole('button', { name: 'Edit message' }).click();
    await page.getByRole('textbox', { name: 'Edit message' }).fill('Hello @Countersign, all is well');
    await page.keyboard.press('Enter');
    await page.getByText('(edited)').waitFor();
    expect(server.messages('C0ACME')[0]?.text).toBe('Hello <@U0BOT>, all is well');

    await page.locator('article').hover();
    await page.getByRole('button', { name: 'Delete message' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Nothing here yet').waitFor();
    expect(server.messages('C0ACME')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('the Home tab shows what the app published for the person', async () => {
    const page = await openPage({ as: 'U0SAM' });
    await page.getByRole('button', { name: /Home/ }).click();
    await page.getByText('Nothing published yet').waitFor();
    await bot.views.publish({
      user_id: 'U0SAM',
      view: { type: 'home', blocks: [fields('*Answered*\n12')] },
    });
    const home = page.getByRole('main', { name: 'Home' });
    await home.getByText('Answered').waitFor();
    expect(await home.textContent()).toContain('12');
    expect(complaints).toEqual([]);
  });

  test('a pressed button reaches the app; its modal shows the app’s errors and is submitted', async () => {
    const submitted: unknown[] = [];
    const app = await startEditingApp(server.apiUrl, submitted);
    try {
      const page = await openPage({ as: 'U0SAM', hash: '#C0MANAGERS' });
      await bot.chat.postMessage({ channel: 'C0MANAGERS', text: 'Draft', blocks: [editButton()] });
      await page.getByRole('button', { name: 'Edit draft' }).click();
      const modal = page.getByRole('dialog', { name: 'The draft' });
      await modal.getByRole('textbox', { name: 'Answer' }).fill('no');
      await modal.getByRole('button', { name: 'Send' }).click();
      await modal.getByText('Too short').waitFor();
      await modal.getByRole('textbox', { name: 'Answer' }).fill('A longer answer');
      await modal.getByRole('combobox', { name: 'Tone' }).selectOption({ label: 'Calm' });
      await modal.getByRole('button', { name: 'Send' }).click();
      await modal.waitFor({ state: 'detached' });
      expect(submitted).toEqual([{ answer: 'A longer answer', tone: 'calm' }]);
      expect(complaints).toEqual([]);
    } finally {
      await app.stop();
    }
  });

  test('hostile text stays text wherever text is drawn', async () => {
    const page = await openPage();
    const ts = server
      .as('U0ALICE')
      .says('C0ACME', `${HOSTILE} <javascript:alert(1)|here> javascript:alert(2)`);
    const markdown = `${HOSTILE} [press](javascript:window.hit=3) ![x](data:text/html,1) \`${HOSTILE}\``;
    await bot.chat.postMessage({ channel: 'C0ACME', text: HOSTILE });
    await bot.chat.postMessage({
      channel: 'C0ACME',
      text: 'fallback',
      blocks: [
        { type: 'markdown', text: markdown },
        { type: 'header', text: { type: 'plain_text', text: HOSTILE } },
        { type: 'section', text: { type: 'mrkdwn', text: `<javascript:window.hit=4|press> *${HOSTILE}*` } },
        { type: 'context', elements: [{ type: 'mrkdwn', text: `\`\`\`${HOSTILE}\`\`\`` }] },
        richText(HOSTILE),
      ],
    });
    await page.locator('article').nth(2).waitFor();
    const drawn = (await page.getByRole('main').textContent()) ?? '';
    expect(drawn.split('<script>window.hit=2</script>')).toHaveLength(10);
    expect(await page.locator('#root script, #root .messages img, #root iframe').count()).toBe(0);
    expect(await page.locator('a[href^="javascript"], a[href^="data"]').count()).toBe(0);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(server.thread('C0ACME', ts)).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test('on a phone every pane fits, and back leads from the thread to the list', async () => {
    const ts = server.as('U0ALICE').says('C0ACME', `A long word: ${'x'.repeat(300)}`);
    const wide = `| ${'Column | '.repeat(12)}\n|${' --- |'.repeat(12)}\n| ${'content | '.repeat(12)}`;
    await bot.chat.postMessage({
      channel: 'C0ACME',
      thread_ts: ts,
      text: 'fallback',
      blocks: [
        { type: 'markdown', text: `${wide}\n\n\`\`\`\n${'code '.repeat(100)}\n\`\`\`` },
        ...answerBlocks().slice(1),
      ],
    });
    const page = await openPage({ viewport: PHONE });
    const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
    await page.getByRole('button', { name: 'Send as Alice' }).first().waitFor();
    expect(await width()).toBe(390);
    await page.getByRole('button', { name: /ext-acme-tidemark/ }).click();
    await page.getByText('A long word').waitFor();
    expect(await width()).toBe(390);
    await page.getByRole('button', { name: /1 reply/ }).click();
    await thread(page).getByText('Column').first().waitFor();
    expect(await width()).toBe(390);
    expect(await page.getByRole('main').isVisible()).toBe(false);

    await page.getByRole('button', { name: /^Inspector/ }).click();
    await page.getByText('chat.postMessage').waitFor();
    expect(await width()).toBe(390);
    await page.getByRole('button', { name: 'Close the inspector' }).click();
    await page.getByRole('button', { name: 'Back to the channel', exact: true }).click();
    await page.getByRole('button', { name: 'Back to the channels' }).click();
    await page.getByRole('navigation', { name: 'Channels' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('the inspector shows frames with what they carried, and filters them', async () => {
    const page = await openPage();
    await page.getByRole('button', { name: /^Inspector/ }).click();
    await bot.chat.postMessage({ channel: 'C0ACME', text: 'a frame to look at' });
    await bot.conversations.info({ channel: 'C0ACME' });
    await page.getByRole('button', { name: /conversations\.info/ }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter frames' }).fill('frame to look at');
    await page.getByRole('button', { name: /conversations\.info/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /chat\.postMessage/ }).click();
    expect(await page.locator('.json').first().textContent()).toContain('"a frame to look at"');
    expect(complaints).toEqual([]);
  });

  test('after the server was away the page says so, comes back by itself and shows the state anew', async () => {
    const page = await openPage();
    const { port } = server;
    await server.stop();
    await page.getByText('Lost the connection to the local server').waitFor();
    server = await startLocalServer({ port });
    server.as('U0ARUN').says('C0ACME', 'written while the page was cut off');
    await page.getByText('written while the page was cut off').waitFor();
    await page.getByText('Lost the').waitFor({ state: 'detached' });
    // The browser notes each refused try itself.
    expect(complaints.filter((line) => !/net::ERR_/.test(line))).toEqual([]);
  });

  test('every control has a name, and Escape closes the thread', async () => {
    const ts = server.as('U0ALICE').says('C0ACME', 'A question');
    await bot.chat.postMessage({ channel: 'C0ACME', thread_ts: ts, text: 'x', blocks: answerBlocks() });
    const page = await openPage({ hash: `#C0ACME/${ts}` });
    await thread(page).getByRole('button', { name: 'Helpful', exact: true }).waitFor();
    const nameless = await page.evaluate<string[]>(
      `[...document.querySelectorAll('button, a, input, textarea, select')]
        .filter((one) => !(one.getAttribute('aria-label') || one.innerText?.trim() || one.labels?.length))
        .map((one) => one.outerHTML)`,
    );
    expect(nameless).toEqual([]);
    await page.keyboard.press('Escape');
    await thread(page).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});
