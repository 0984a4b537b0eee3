import { parseArgs } from 'node:util';
import { type Config, loadConfig, readEnvironment } from '../src/config.ts';
import { ConfigError } from '../src/errors.ts';
import { checkAll } from './check/check-all.ts';
import { type Finding, failed, ok } from './check/finding.ts';
import { runCommand } from './command-line.ts';

const HELP = `npm run check -- [options]
Looks whether everything is in order for npm start: settings, tokens, channels, approvers, knowledge, data folder.
Prints one line for each, with what to do about what is wrong, and changes nothing.

  --json      print the result as JSON: { ok, checks: [{ check, status, detail, remedy }] }
  --help      this text
Exit code: 0 all right, 1 something is wrong, 2 wrong usage or configuration.`;

const SIGNS = { ok: '✔', failed: '✖', skipped: '–' };

runCommand(async () => {
  const boolean = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ options: { json: boolean, help: boolean } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const findings: Finding[] = [];
  const note = (finding: Finding) => {
    findings.push(finding);
    if (!values.json) console.log(asText(finding));
  };
  const config = readConfig(note);
  if (config !== undefined) for await (const finding of checkAll(config)) note(finding);
  const wrong = findings.filter(({ status }) => status === 'failed').length;
  if (values.json) console.log(JSON.stringify({ ok: wrong === 0, checks: findings }, null, 2));
  else console.log(summary(wrong, config !== undefined));
  if (config === undefined) return 2;
  return wrong === 0 ? 0 : 1;
});

function readConfig(note: (finding: Finding) => void): Config | undefined {
  try {
    const config = loadConfig(readEnvironment());
    note(ok('settings', 'complete and valid'));
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) note(asFinding(problem));
    return undefined;
  }
}

/** A problem reads: what is wrong; what it is for; where to get it. */
function asFinding(problem: string): Finding {
  const [wrong = '', purpose, ...where] = problem.split('; ');
  if (where.length === 0) return failed('settings', wrong, purpose ?? 'see .env.example');
  return failed('settings', `${wrong} (${purpose})`, where.join('; '));
}

function asText(finding: Finding): string {
  const indent = (text: string) => text.split('\n').join('\n    ');
  const line = `${SIGNS[finding.status]} ${finding.check}: ${indent(finding.detail)}`;
  return finding.status === 'failed' ? `${line}\n    → ${indent(finding.remedy)}` : line;
}

function summary(wrong: number, isConfigured: boolean): string {
  if (!isConfigured)
    return '\nSlack and this machine are checked once the settings are right. To try without Slack: npm run local';
  if (wrong === 0) return '\nAll right. Start with npm start';
  return `\n${wrong} to put right`;
}
