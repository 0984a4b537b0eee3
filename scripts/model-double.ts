import { parseArgs } from 'node:util';
import { FAULT_NAMES, type FaultName } from '../src/local/model-double/faults.ts';
import { isModeName, MODES, type ModeName } from '../src/local/model-double/modes.ts';
import { startModelDouble } from '../src/local/model-double/server.ts';
import { runCommand, UsageError } from './command-line.ts';

const HELP = `npm run model-double -- [--port N] [--mode NAME] [--fault NAME]
A model made of rules behind the Messages API, to try the desk with and to break things on purpose. It answers with
sentences of the passages it is given, escalates demands for money and hands over what it does not find. It listens
on this machine alone and costs nothing.

  --port N      where it listens (4500; 0 = any free port)
  --mode NAME   which server it behaves like: ${Object.keys(MODES).join(', ')} (anthropic)
  --fault NAME  happens to every answer:
${wrap(FAULT_NAMES)}
  --help        this text
Stop with Ctrl+C.`;

const DEFAULT_PORT = '4500';

runCommand(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: DEFAULT_PORT },
      mode: { type: 'string', default: 'anthropic' },
      fault: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const mode = requireMode(values.mode);
  const double = await startModelDouble({
    port: requirePort(values.port),
    mode,
    fault: requireFault(values.fault),
  });
  console.log(
    [
      `Model double (${mode}${values.fault ? `, ${values.fault}` : ''}). To use it:`,
      ...settings(mode, double.url),
    ].join('\n'),
  );
  await untilStopped();
  await double.stop();
  return 0;
});

function settings(mode: ModeName, url: string): string[] {
  const { isVendor, model } = MODES[mode];
  return isVendor
    ? [`ANTHROPIC_BASE_URL=${url}`, 'ANTHROPIC_API_KEY=double', `MODEL=${model}`]
    : [`FINE_TUNED_BASE_URL=${url}`, 'FINE_TUNED_API_KEY=double', `FINE_TUNED_MODEL=${model}`];
}

function requirePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port ${text}: must be a whole number from 0 to 65535`);
}

function requireMode(name: string): ModeName {
  if (isModeName(name)) return name;
  throw new UsageError(`--mode ${name}: must be one of ${Object.keys(MODES).join(', ')}`);
}

function requireFault(name: string | undefined): FaultName | undefined {
  const fault = FAULT_NAMES.find((known) => known === name);
  if (fault !== undefined || name === undefined) return fault;
  throw new UsageError(`--fault ${name}: must be one of ${FAULT_NAMES.join(', ')}`);
}

/** In lines that fit a terminal. */
function wrap(names: string[]): string {
  const lines = [''];
  for (const name of names) {
    const line = lines.at(-1) ?? '';
    if (line.length + name.length > 84) lines.push(name);
    else lines[lines.length - 1] = line === '' ? name : `${line}, ${name}`;
  }
  return lines.map((line) => `                ${line}`).join('\n');
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
