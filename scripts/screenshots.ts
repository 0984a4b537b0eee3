import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { createBot } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { startLocalServer } from '../src/local/server.ts';
import { createLogger } from '../src/log.ts';
import { runCommand, UsageError } from './command-line.ts';
import { localEnvironment } from './local-environment.ts';

const HELP = `npm run screenshots -- [--out FOLDER]
Plays a short scene in the local workspace and takes the pictures that the README shows. Needs Chromium.

  --out FOLDER   where the pictures go (docs/pictures)
  --help         this text
Exit code: 0 done, 1 failed, 2 wrong usage.`;

const PICTURES = fileURLToPath(new URL('../docs/pictures', import.meta.url));
/** Longer than anything in the scene takes on a slow machine. */
const PATIENCE_MS = 20_000;
const VIEWPORT = { width: 1280, height: 800 };

type Server = Awaited<ReturnType<typeof startLocalServer>>;

runCommand(async () => {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const folder = values.out ?? PICTURES;
  mkdirSync(folder, { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-pictures-'));
  const server = await startLocalServer();
  const bot = await createBot(loadConfig(localEnvironment({ DATA_DIR: dataDir }, server)), {
    log: createLogger({ level: 'error' }),
  });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    await bot.start();
    await takePictures(browser, server, await play(server), folder);
    return 0;
  } finally {
    await browser.close();
    await bot.stop();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** A question that gets an answer, and a refund request. Returns the question's ts. */
async function play(server: Server): Promise<string> {
  const asked = server.as('U0ALICE').says('C0ACME', 'How do I export a report as CSV?');
  await server.waitFor(() => server.thread('C0ACME', asked).length === 2, PATIENCE_MS);
  server
    .as('U0ARUN')
    .says('C0ACME', 'We were charged twice in November. Can we please get the second payment back?');
  await server.waitFor(() => server.messages('C0MANAGERS').length === 1, PATIENCE_MS);
  return asked;
}

async function takePictures(browser: Browser, server: Server, asked: string, folder: string): Promise<void> {
  const shot = async (
    name: string,
    scene: { as: string; route: string; ready: string; theme: 'light' | 'dark' },
  ) => {
    const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: scene.theme });
    const saved = { viewer: scene.as, guide: false };
    const lines = Object.entries(saved).map(
      ([name, value]) => `localStorage.setItem('countersign.local.${name}', '${JSON.stringify(value)}');`,
    );
    await context.addInitScript({ content: lines.join('\n') });
    const page = await context.newPage();
    await page.goto(`${server.url}/#${scene.route}`);
    await page.getByText(scene.ready).first().waitFor({ timeout: PATIENCE_MS });
    await page.screenshot({ path: join(folder, name) });
    await context.close();
  };
  const theme = 'light';
  await shot('answer.png', { as: 'U0ALICE', route: `C0ACME/${asked}`, ready: 'Quoted word for word', theme });
  await shot('card.png', { as: 'U0MAYA', route: 'C0MANAGERS', ready: 'Deny', theme });
  await shot('home.png', { as: 'U0MAYA', route: 'home', ready: 'Waiting for a decision', theme });
  await shot('dark.png', {
    as: 'U0ALICE',
    route: `C0ACME/${asked}`,
    ready: 'Quoted word for word',
    theme: 'dark',
  });
}

function findChromium(): string {
  try {
    return execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
  } catch {
    throw new UsageError('Chromium is not installed. On Debian: apt-get install chromium');
  }
}
