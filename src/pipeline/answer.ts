import type { Decide } from './decide.ts';
import type { Generate } from './generate.ts';
import type { AssemblePrompt } from './prompt.ts';
import type { Retrieve } from './retrieve.ts';
import type { Decision, LabelledPassage, Question, StepTime, Triage } from './types.ts';
import type { Verify } from './verify.ts';

export interface Steps {
  triage: (question: Question) => Triage;
  retrieve: Retrieve;
  prompt: AssemblePrompt;
  generate: Generate;
  verify: Verify;
  decide: Decide;
}

export type Answer = (question: Question) => Promise<Decision>;

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
    const found = await timed('retrieve', () => steps.retrieve(question));
    const passages = found.passages.map(label);
    // What is only nearest helps a colleague to look further; an answer is not made of it.
    const usable = found.answerable ? passages : [];
    const prompt = await timed('prompt', () => steps.prompt(question, usable));
    const draft = await timed('generate', () => steps.generate(question, usable, prompt));
    const verdict = await timed('verify', () => steps.verify(draft, usable));
    const ruling = await timed('decide', () => steps.decide(triage, verdict, passages));

    return {
      ...ruling,
      category: triage.category,
      sentiment: triage.sentiment,
      passages: passages.map(({ id, source, title, url, score, relevance }) => ({
        id,
        source,
        title,
        url,
        score,
        relevance,
      })),
      steps: times,
      usage: draft.usage,
      costUsd: draft.costUsd,
      model: draft.model,
      promptVersion: prompt.version,
      promptHash: prompt.hash,
      indexVersion: found.version,
      dropped: verdict.dropped,
    };
  };
}

function label(passage: Omit<LabelledPassage, 'label'>, index: number): LabelledPassage {
  return { ...passage, label: `S${index + 1}` };
}
