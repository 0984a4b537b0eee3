import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createBot } from '../src/app.ts';
import { loadConfig, readEnvironment } from '../src/config.ts';
import { startLocalServer } from '../src/local/server.ts';
import { stateFile } from '../src/state-file.ts';
import { runCommand, UsageError } from './command-line.ts';
import { createFindSource } from './find-source.ts';
import { localEnvironment } from './local-environment.ts';

const HELP = `npm run local -- [--port N]
Opens a local workspace in the browser: customers, staff and managers to act as, the bot connected to it, and the
sample knowledge. Nothing leaves this machine. Slack settings and tokens are ignored; KNOWLEDGE and CUSTOMERS are
honoured, so that you can try it on pages of your own.

  --port N   where the page is served (4400; any free port when that one is taken)
  --help     this text
Stop with Ctrl+C.`;

const DEFAULT_PORT = 4_400;

runCommand(async () => {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const server = await openWorkspace(readPort(values.port));
  console.log(`Local workspace: ${server.url}`);
  try {
    await runBot(server);
    return 0;
  } finally {
    await server.stop();
  }
});

async function runBot(server: { apiUrl: string; port: number }): Promise<void> {
  const config = loadConfig(localEnvironment(readEnvironment(), server));
  // The workspace lives in memory, so what an earlier run knew of its messages would only mislead.
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${stateFile(config)}${suffix}`, { force: true });
  // Who tries the bot on pages of their own edits them beside it.
  const bot = await createBot(config, { watchesKnowledge: true });
  try {
    await bot.start();
    console.log('The bot is connected. Open the page and try one of the suggested questions.');
    await untilStopped();
  } finally {
    // A start that failed half way has opened a port, which would keep the process from ending.
    await bot.stop();
  }
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not "${text}"`);
}

async function openWorkspace(port: number | undefined): ReturnType<typeof startLocalServer> {
  const findSource = createFindSource();
  if (port !== undefined) return startLocalServer({ port, findSource });
  return startLocalServer({ port: DEFAULT_PORT, findSource }).catch(() =>
    startLocalServer({ port: 0, findSource }),
  );
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
