import { createBot } from './app.ts';
import { loadConfig, readEnvironment } from './config.ts';
import { ConfigError } from './errors.ts';

/** Starts the bot and keeps it until it is told to stop. Exit codes: 1 failed, 2 wrong configuration. */
async function main(): Promise<void> {
  const bot = await createBot(loadConfig(readEnvironment()));
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    await bot.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const { port } = await bot.start();
  console.error(`Countersign is running; health at http://localhost:${port}/readyz`);
}

main().catch((error: unknown) => {
  if (!(error instanceof ConfigError)) throw error;
  const problems = error.problems.map((problem) => `  ${problem}`).join('\n');
  console.error(`Countersign cannot start yet:\n${problems}\n\nTo try it without Slack: npm run local`);
  process.exit(2);
});
