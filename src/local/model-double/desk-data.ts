import { type MessagesRequest, textOf } from './wire.ts';

export interface DeskPassage {
  label: string;
  title: string;
  text: string;
}

/** What a support desk puts to a model, as far as the double reads it. */
export interface DeskData {
  question: string;
  /** Undefined when the request is not about answering, such as making a search of a follow-up. */
  passages: DeskPassage[] | undefined;
  thread: { author: string; text: string }[];
}

/** Reads the JSON of the last user turn; undefined when it holds something else. */
export function readDeskData(request: MessagesRequest): DeskData | undefined {
  const last = request.messages.findLast(({ role }) => role === 'user');
  const data = parseObject(textOf(last?.content));
  if (data === undefined || typeof data.question !== 'string') return undefined;
  return {
    question: data.question,
    passages: Array.isArray(data.passages) ? data.passages.flatMap(readPassage) : undefined,
    thread: Array.isArray(data.thread) ? data.thread.flatMap(readTurn) : [],
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readPassage(value: unknown): DeskPassage[] {
  if (!isObject(value) || typeof value.label !== 'string' || typeof value.text !== 'string') return [];
  const headings = Array.isArray(value.headings) ? value.headings.join(' ') : '';
  return [{ label: value.label, title: `${value.title ?? ''} ${headings}`, text: value.text }];
}

function readTurn(value: unknown): { author: string; text: string }[] {
  return isObject(value) && typeof value.author === 'string' && typeof value.text === 'string'
    ? [{ author: value.author, text: value.text }]
    : [];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
