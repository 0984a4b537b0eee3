import { runCommand, UsageError } from './command-line.ts';
import { evaluateRetrieval } from './evaluate/evaluate-retrieval.ts';
import { readOptions } from './evaluate/options.ts';
import { prepare } from './evaluate/prepare.ts';

const HELP = `npm run evaluate -- retrieval --knowledge PATH --dataset FILE [options]
npm run evaluate -- retrieval --suite FOLDER [options]
npm run evaluate -- prepare --data FOLDER --to FOLDER
Judges search alone: indexes the knowledge aside, asks every question of the data set, and compares the pages found
with the right ones. The index of the bot is neither read nor changed.

  --knowledge       folder or file; may be given several times
  --dataset         JSON Lines: {"question": "…", "gold": ["path", "table.csv#id"], "kind": "optional"};
                    optional too: "thread": [{"author": "customer" | "staff" | "bot", "text": "…"}], oldest first
  --suite           folder that "prepare" made: every data set in it, each with an index of its own
  --embeddings      none, local, http or auto, instead of what EMBEDDINGS says
  --configurations  words, meaning, weaviate: one or several, comma separated, on the same questions; weaviate is the
                    hybrid search of a server by itself, over the same passages and vectors (--weaviate URL)
  --sweep           sizes of passages instead: --targets 400,600,900,1200,1800 --overlaps 0,150
  --gate            recall5=0.8: exit with 1 when a kind of question has less; may be given several times
  --report          write a report as one HTML file
  --markdown        write the tables; a file that has their place, such as docs/retrieval.md, keeps its text
  --picture         write the overview as an SVG file
  --seed            of the resamples behind the 95 % intervals (1)
  --date            to be written into the report instead of today
  --json            print the figures as JSON
  --help            this text

prepare makes such data sets of public ones: docs-railway, faq-webapps and rag-conversations below --data.
Exit code: 0 done, also when rows were left out (they are named and counted), 1 failed or gate not met, 2 wrong usage.`;

runCommand(async () => {
  const options = readOptions(process.argv.slice(2), new Date().toISOString().slice(0, 10));
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  if (options.what === 'retrieval') return evaluateRetrieval(options);
  if (options.what === 'prepare') return prepare(options);
  throw new UsageError(`Say what to evaluate.\n\n${HELP}`);
});
