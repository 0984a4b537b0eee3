import type { TextBlockParam } from '@anthropic-ai/sdk/resources/messages';
import type { Request } from './call.ts';

/** How a server is made to answer in a given form: by its grammar, by a forced tool, or by asking for it. */
export type Mode = 'native' | 'tool' | 'text';

/** A JSON schema, the same object for every request. */
export type Schema = Readonly<Record<string, unknown>>;

/** How a model is to be asked, whatever it is asked. */
export interface Manner {
  model: string;
  kind: 'anthropic' | 'compatible';
  cacheTtl: '5m' | '1h';
  mode: Mode;
  /** Answers are short and checked by code, so thinking costs more time than it saves errors. */
  disableThinking: boolean;
  lowEffort: boolean;
}

const TOOL = { name: 'answer', description: 'Gives the answer in its fixed form.' };

/** An answer of eight segments with their quotes is about 900 tokens. */
const MAX_TOKENS = 2_000;
/** Thinking counts into the limit, and an answer cut off there is thrown away whole. */
const MAX_TOKENS_WHEN_THINKING = 8_000;

/** What is known of a model by its name, until the vendor tells. */
export function guessManner(options: Pick<Manner, 'model' | 'kind' | 'cacheTtl'>): Manner {
  const { model, kind, cacheTtl } = options;
  const isVendor = kind === 'anthropic';
  const disableThinking = isVendor && model.includes('haiku');
  // Models before 4.6, the large one of 4.5 apart, do not know of effort.
  const knowsEffort = !/-[34]-/.test(model) || /-4-[6-9]|opus-4-5/.test(model);
  const lowEffort = isVendor && !disableThinking && knowsEffort;
  return { model, kind, cacheTtl, mode: 'native', disableThinking, lowEffort };
}

/**
 * One request. Everything before the messages is the same for every question, byte for byte, so that grammar and
 * prompt cache are found again; what belongs to the question comes last.
 *
 * The user part is plain JSON in a user turn. The vendor advises a tool result for text of third parties; against
 * it speaks that a made-up tool turn needs thinking off, that a tuned model must be asked in the form it was trained
 * on, and that rows of training data know no tools. JSON keeps each text inside its string, and code, not the
 * model, decides what comes of an answer.
 */
export function buildRequest(
  manner: Manner,
  prompt: { system: string; user: string },
  schema: Schema,
): Request {
  const { model, kind, mode, disableThinking, lowEffort } = manner;
  const format = mode === 'native' ? { format: { type: 'json_schema' as const, schema } } : {};
  const effort = lowEffort ? { effort: 'low' as const } : {};
  const request: Request & { temperature?: number } = {
    model,
    max_tokens: lowEffort ? MAX_TOKENS_WHEN_THINKING : MAX_TOKENS,
    ...(mode === 'tool' ? toolOf(schema) : {}),
    system: systemOf(manner, prompt.system, schema),
    ...(mode === 'native' || lowEffort ? { output_config: { ...format, ...effort } } : {}),
    ...(disableThinking ? { thinking: { type: 'disabled' as const } } : {}),
    // The vendor's models refuse it; open ones roll dice without it.
    ...(kind === 'compatible' ? { temperature: 0 } : {}),
    messages: [{ role: 'user', content: prompt.user }],
  };
  return request;
}

/** A request for plain text, without a form. */
export function buildTextRequest(
  manner: Manner,
  prompt: { system: string; user: string },
  maxTokens: number,
): Request {
  const {
    max_tokens: limit,
    output_config: _form,
    ...request
  } = buildRequest({ ...manner, mode: 'native' }, prompt, {});
  const effort = manner.lowEffort ? { output_config: { effort: 'low' as const } } : {};
  return { ...request, ...effort, max_tokens: manner.lowEffort ? limit : maxTokens };
}

function toolOf(schema: Schema): Pick<Request, 'tools' | 'tool_choice'> {
  return {
    tools: [{ ...TOOL, input_schema: schema as { type: 'object' } }],
    tool_choice: { type: 'any' },
  };
}

function systemOf({ mode, cacheTtl }: Manner, system: string, schema: Schema): TextBlockParam[] {
  const texts = mode === 'text' ? [system, writeForm(schema)] : [system];
  const blocks = texts.map((text): TextBlockParam => ({ type: 'text', text }));
  const last = blocks.at(-1);
  if (last !== undefined) last.cache_control = { type: 'ephemeral', ttl: cacheTtl };
  return blocks;
}

function writeForm(schema: Schema): string {
  return `Answer with one JSON object and nothing else. It follows this JSON schema, with every property present:\n${JSON.stringify(schema)}`;
}
