import { runCommand, UsageError } from './command-line.ts';
import { runFitSupport } from './fit/support.ts';
import { runFitTriage } from './fit/triage.ts';

const HELP = `npm run fit -- triage --data PATH [--data PATH …]
npm run fit -- support --data FOLDER
Fits the weights that the offline triage and the offline verifier work with, and says how good they are on what they
have not seen. Add --help to either for its options.
Exit code: 0 done, 1 failed, 2 wrong usage.`;

const FITS: Record<string, (args: string[]) => Promise<number>> = {
  triage: runFitTriage,
  support: runFitSupport,
};

runCommand(async () => {
  const [name = '--help', ...args] = process.argv.slice(2);
  if (name === '--help') {
    console.log(HELP);
    return 0;
  }
  const run = Object.hasOwn(FITS, name) ? FITS[name] : undefined;
  if (run === undefined) throw new UsageError(`There is nothing to fit by the name "${name}".\n\n${HELP}`);
  return run(args);
});
