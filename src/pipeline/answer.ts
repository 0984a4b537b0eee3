import type { Decide } from './decide.ts';
import type { Generate } from './generate.ts';
import { addCost, addUsage } from './prices.ts';
import { type AssemblePrompt, fitPassages } from './prompt.ts';
import type { Retrieve } from './retrieve.ts';
import type {
  Attempt,
  Decision,
  Draft,
  LabelledPassage,
  Question,
  StepTime,
  Triage,
  Usage,
} from './types.ts';
import type { Verify } from './verify.ts';

export interface Steps {
  triage: (question: Question) => Triage;
  /** Only where the order is draft-first: what the model says before it has seen a source. */
  sketch?: ((question: Question) => Promise<{ draft: Draft; tried: Attempt[] }>) | undefined;
  retrieve: Retrieve;
  prompt: AssemblePrompt;
  generate: Generate;
  verify: Verify;
  decide: Decide;
}

export type Answer = (question: Question) => Promise<Decision>;

const NO_USAGE: Usage | null = null;
const FREE: number | null = 0;

/** The six steps, in order. Worker, scripts and every evaluation call this one function. */
export function createAnswer(steps: Steps, now: () => number): Answer {
  return async (question) => {
    const times: StepTime[] = [];
    const timed = async <T>(name: StepTime['name'], work: () => T | Promise<T>): Promise<T> => {
      const start = now();
      const result = await work();
      times.push({ name, ms: now() - start });
      return result;
    };

    const triage = await timed('triage', () => steps.triage(question));
    const { sketch: makeSketch } = steps;
    const sketch = makeSketch && (await timed('sketch', () => makeSketch(question)));
    const found = await timed('retrieve', () => steps.retrieve(question, { triage, sketch: sketch?.draft }));
    const passages = found.passages.map(label);
    // What is only nearest helps a colleague to look further; an answer is not made of it.
    const usable = found.answerable ? fitPassages(passages) : [];
    const prompt = await timed('prompt', () => steps.prompt(question, usable, sketch?.draft));
    const { draft, tried } = await timed('generate', () => steps.generate(question, usable, prompt));
    const verdict = await timed('verify', () => steps.verify(draft, usable, question));
    const facts = { question, triage, reading: draft.reading, verdict, passages: usable };
    const ruling = await timed('decide', () => steps.decide(facts));

    return {
      ...ruling,
      category: draft.reading?.category ?? triage.category,
      sentiment: draft.reading?.sentiment ?? triage.sentiment,
      passages: passages.map(describe),
      steps: times,
      usage: [sketch?.draft, found, draft].reduce(
        (sum, part) => addUsage(sum, part?.usage ?? null),
        NO_USAGE,
      ),
      costUsd: [sketch?.draft, found, draft].reduce(
        (sum, part) => addCost(sum, part ? part.costUsd : 0),
        FREE,
      ),
      model: draft.model,
      tried: [...(sketch?.tried ?? []), ...found.tried, ...tried],
      account: question.account ?? (question.customer === undefined ? 'none' : 'found'),
      steering: triage.steering ?? false,
      promptVersion: prompt.version,
      promptHash: prompt.hash,
      indexVersion: found.version,
      meaning: found.meaning,
      dropped: verdict.dropped,
    };
  };
}

function label(passage: Omit<LabelledPassage, 'label'>, index: number): LabelledPassage {
  return { ...passage, label: `S${index + 1}` };
}

function describe({
  id,
  source,
  title,
  url,
  score,
  relevance,
}: LabelledPassage): Decision['passages'][number] {
  return { id, source, title, url, score, relevance };
}
