import { parseArgs } from 'node:util';
import { benchEmbedded } from './bench/bench-embedded.ts';
import { benchWeaviate } from './bench/bench-weaviate.ts';
import { gatherPassages } from './bench/gather-passages.ts';
import { describeTimes, type SearchTimes } from './bench/search-times.ts';
import { runCommand, UsageError } from './command-line.ts';

const HELP = `npm run bench -- --knowledge FOLDER [--knowledge FOLDER …] [--chunks 5000,20000] [--json]
Times searches by words and meaning: the embedded index, and beside it, in the same run and over the same passages and
vectors, a plain hybrid search of a Weaviate server. Embedding a question is not part of it.

  --knowledge  folders or files with pages; questions are their headings and titles
  --chunks     how many passages (default 5000,20000); it fails when the folders hold fewer
  --questions  how many questions (default 200)
  --weaviate   address of a server without a key, such as http://127.0.0.1:8080
  --json       print the times as JSON
  --help       this text
Vectors are made by a stand-in that needs no model: texts that share words are near. Exit code: 0 done, 1 failed,
2 wrong usage.`;

runCommand(async () => {
  const { values } = parseArgs({
    options: {
      knowledge: { type: 'string', multiple: true },
      chunks: { type: 'string', default: '5000,20000' },
      questions: { type: 'string', default: '200' },
      weaviate: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (!values.knowledge) throw new UsageError(`Give --knowledge.\n\n${HELP}`);
  const sizes = values.chunks.split(',').map(Number);
  const questions = Number(values.questions);
  if (![...sizes, questions].every((number) => Number.isInteger(number) && number > 0))
    throw new UsageError('--chunks and --questions take whole numbers');
  const pages = await gatherPassages(values.knowledge, Math.max(...sizes));
  const times: SearchTimes[] = [];
  for (const size of sizes) {
    const sample = pages.take(size, questions);
    times.push(await benchEmbedded(sample));
    if (values.weaviate) times.push(await benchWeaviate(sample, values.weaviate));
  }
  console.log(values.json ? JSON.stringify(times) : describeTimes(times));
  return 0;
});
