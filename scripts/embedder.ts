import { parseArgs } from 'node:util';
import { readEnvironment } from '../src/config.ts';
import { FIELDS } from '../src/config-fields.ts';
import { runCommand, UsageError } from './command-line.ts';
import { installModel } from './embedder/install.ts';
import { listModels } from './embedder/list.ts';
import { removeModel } from './embedder/remove.ts';
import { tryModel } from './embedder/try-model.ts';

const HELP = `npm run embedder -- install [NAME]          fetch a model from the Hugging Face hub (default: all-minilm-l6-v2)
npm run embedder -- install --from FOLDER   copy one that is on this machine already
npm run embedder -- list                    what there is, and what is installed
npm run embedder -- remove NAME
npm run embedder -- test ["text"]           load the model that the settings name and time it
Embedding models let the bot find pages that say the same in other words. They live in DATA_DIR/models; every file is
checked against the SHA-256 the hub announced, when it is fetched and whenever it is loaded. After installing one, run
npm run reindex. NAME is a name of the list, or OWNER/NAME of a repository with onnx/model_quantized.onnx.

  --from FOLDER   copy this folder, with tokenizer.json and onnx/model_quantized.onnx
  --name NAME     install it under this name
  --hub URL       another hub or mirror (default: HF_ENDPOINT, else https://huggingface.co)
  --model NAME    test this model or folder instead of the one in the settings
  --json          print results as JSON
  --help          this text
A download that was broken off goes on where it stopped.
Exit code: 0 done, 1 failed, 2 wrong usage or configuration.`;

runCommand(async () => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { from: text, name: text, hub: text, model: text, json: flag, help: flag },
  });
  const [command, ...rest] = positionals;
  const wrong = (problem: string) => new UsageError(`${problem}\n\n${HELP}`);
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const environment = readEnvironment();
  // Only this one setting: the others may name a model that is yet to be installed.
  const dataDir = FIELDS.DATA_DIR.schema.parse(environment.DATA_DIR?.trim() || undefined);
  const say = (line: string, result: unknown) => console.log(values.json ? JSON.stringify(result) : line);
  const [argument] = rest;
  if (rest.length > 1) throw wrong(`${command} takes one argument, not ${rest.length}.`);
  if (command === 'list') return listModels({ dataDir, say });
  if (command === 'test') return tryModel({ text: argument, model: values.model, say });
  if (command === 'remove') {
    if (argument === undefined) throw wrong('Which model is to be removed?');
    return removeModel({ name: argument, dataDir, say });
  }
  if (command !== 'install')
    throw wrong(command ? `There is no command "${command}".` : 'What is to be done?');
  if (values.from !== undefined && argument !== undefined) throw wrong('Give either a name or --from.');
  const hub = values.hub ?? environment.HF_ENDPOINT ?? 'https://huggingface.co';
  if (!URL.canParse(hub)) throw wrong(`--hub ${hub} is no address.`);
  return installModel({ model: argument, from: values.from, name: values.name, hub, dataDir, say });
});
