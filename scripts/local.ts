import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createBot, stateFile } from '../src/app.ts';
import { loadConfig, type RawEnvironment, readEnvironment } from '../src/config.ts';
import { startLocalServer } from '../src/local/server.ts';
import { runCommand } from './command-line.ts';

const HELP = `npm run local -- [--port N]
Opens a local workspace in the browser: customers, staff and managers to act as, the bot connected to it, and the
sample knowledge. Nothing leaves this machine, and Slack settings are ignored. KNOWLEDGE, CUSTOMERS and the other
settings that do not belong to Slack are honoured.

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
  const server = await openWorkspace(values.port === undefined ? undefined : Number(values.port));
  console.log(`Local workspace: ${server.url}`);
  const config = loadConfig(localEnvironment(readEnvironment(), server.apiUrl));
  // The workspace lives in memory, so what an earlier run knew of its messages would only mislead.
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${stateFile(config)}${suffix}`, { force: true });
  const bot = createBot(config);
  await bot.start();
  console.log('The bot is connected. Open the page and try one of the suggested questions.');
  await untilStopped();
  await bot.stop();
  await server.stop();
  return 0;
});

async function openWorkspace(port: number | undefined): ReturnType<typeof startLocalServer> {
  if (port !== undefined) return startLocalServer({ port });
  return startLocalServer({ port: DEFAULT_PORT }).catch(() => startLocalServer({ port: 0 }));
}

/** The operator's environment without anything of Slack's, joined to the local workspace's people and places. */
function localEnvironment(env: RawEnvironment, apiUrl: string): RawEnvironment {
  const examples = fileURLToPath(new URL('../examples/customers.json', import.meta.url));
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('SLACK_'));
  return {
    CUSTOMERS: examples,
    ...Object.fromEntries(kept),
    SLACK_BOT_TOKEN: 'xoxb-local',
    SLACK_APP_TOKEN: 'xapp-local',
    SLACK_API_URL: apiUrl,
    CUSTOMER_CHANNELS: 'C0ACME,C0GLOBEX',
    DEFAULT_MODE: 'answer',
    MANAGER_CHANNEL: 'C0MANAGERS',
    STAFF_CHANNEL: undefined,
    APPROVERS: 'S0APPROVERS',
    HOME_TEAMS: undefined,
    DATA_DIR: join(env.DATA_DIR ?? './data', 'local'),
    PORT: '0',
  };
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
