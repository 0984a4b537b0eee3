import { z } from 'zod';
import { KNOWLEDGE_BASE_LABEL, LABELS } from '../../pipeline/answer-schema.ts';
import { CATEGORIES, type DraftSegment, type Reading } from '../../pipeline/types.ts';
import type { Block, Reply } from './call.ts';
import { findJsonObjects } from './json.ts';

/** Grammars do not promise the case of a word out of a list. */
const oneOf = <const T extends readonly string[]>(values: T) =>
  z
    .string()
    .transform((word) => word.trim().toLowerCase())
    .pipe(z.enum(values));

const label = z
  .string()
  .transform((text) => text.replace(/[[\]\s]/g, '').toUpperCase())
  .pipe(z.enum([...LABELS, KNOWLEDGE_BASE_LABEL]));

/** The answer schema once more, as a check: what a server without a grammar sends may be anything. */
const ANSWER = z.object({
  kind: oneOf(['question', 'refund_demand', 'chatter']),
  addressed: z.boolean(),
  category: oneOf(CATEGORIES),
  sentiment: oneOf(['positive', 'neutral', 'negative']),
  language: z
    .string()
    .transform((tag) => (/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(tag.trim()) ? tag.trim() : 'und')),
  outcome: oneOf(['answer', 'clarify', 'handover', 'escalate', 'silence']),
  segments: z.array(z.object({ text: z.string(), cites: z.array(z.object({ label, quote: z.string() })) })),
  clarifying_question: z.string(),
  escalation: z.object({ needed: z.boolean(), reason: z.string() }),
  missing_information: z.array(z.string()),
  confidence: oneOf(['low', 'medium', 'high']),
});

/** Reads what the model said, wherever it put it; throws VendorRefused when that is no answer. */
export function readAnswer(reply: Reply): { segments: DraftSegment[]; reading: Reading } {
  const said = readObjects(reply.blocks);
  if (said === undefined) throw reply.refuse('empty answer', 'later');
  for (const object of said) {
    const answer = ANSWER.safeParse(object);
    if (answer.success) return toDraft(answer.data);
  }
  throw reply.refuse('not in the schema', 'later');
}

/** The input of a tool, or the JSON of the text; undefined when nothing was said at all. Thoughts are skipped. */
export function readObjects(blocks: Block[]): unknown[] | undefined {
  const inputs = blocks.filter(({ type }) => type === 'tool_use').map(({ input }) => input);
  if (inputs.length > 0)
    return inputs.flatMap((input) => (typeof input === 'string' ? findJsonObjects(input) : [input]));
  const text = readText(blocks);
  return text === '' ? undefined : findJsonObjects(text);
}

export function readText(blocks: Block[]): string {
  return blocks
    .map((block) => (block.type === 'text' && typeof block.text === 'string' ? block.text : ''))
    .join('')
    .trim();
}

function toDraft(answer: z.output<typeof ANSWER>): { segments: DraftSegment[]; reading: Reading } {
  const { segments, clarifying_question, missing_information, ...rest } = answer;
  return {
    segments,
    reading: { ...rest, clarifyingQuestion: clarifying_question, missing: missing_information },
  };
}
