import { CATEGORIES } from './types.ts';

/** Labels a passage can have in a prompt. Fixed, so that the schema is the same for every question. */
export const LABELS = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8'] as const;

/** The label for a quote from the knowledge base in the system prompt, where it is small enough to stand there. */
export const KNOWLEDGE_BASE_LABEL = 'KB';

const text = (description: string) => ({ type: 'string', description }) as const;
const choice = (description: string, values: readonly string[]) =>
  ({ type: 'string', enum: values, description }) as const;
const object = <P extends Record<string, unknown>>(description: string, properties: P) =>
  ({
    type: 'object',
    description,
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  }) as const;
const list = <I>(description: string, items: I) => ({ type: 'array', description, items }) as const;

/**
 * What every model fills in, in the order in which it fills it in: first how it reads the message, then what it
 * would say. Constant to the byte: changing it throws away compiled grammars and prompt caches, and makes rows of
 * training data obsolete. No limits on numbers or lengths, no optional fields, no unions: servers differ there.
 */
export const ANSWER_SCHEMA = object('How the support desk reads and answers one message.', {
  kind: choice('What the message is. A demand or wish for money back is refund_demand.', [
    'question',
    'refund_demand',
    'chatter',
  ]),
  addressed: { type: 'boolean', description: 'Whether the message is meant for the support desk.' },
  category: choice('What it is about.', CATEGORIES),
  sentiment: choice('How the customer feels.', ['positive', 'neutral', 'negative']),
  language: text('Language of the message as a BCP 47 tag, such as en or de.'),
  outcome: choice(
    'answer: the sources answer it. clarify: one question to the customer first. handover: a colleague answers. escalate: a manager decides. silence: nothing was asked.',
    ['answer', 'clarify', 'handover', 'escalate', 'silence'],
  ),
  segments: list(
    'The answer in order: acknowledge, explain, next steps. Empty unless the outcome is answer.',
    object('One to three sentences that share their sources.', {
      text: text('What the customer reads. Plain text, no links.'),
      cites: list(
        'Where each fact of the text stands. Empty only for a sentence without any fact.',
        object('One source.', {
          label: choice('Label of the passage.', [...LABELS, KNOWLEDGE_BASE_LABEL]),
          quote: text('At most 20 words, copied word for word from that passage.'),
        }),
      ),
    }),
  ),
  clarifying_question: text('The question to the customer, or empty.'),
  escalation: object('Whether a manager has to decide something.', {
    needed: { type: 'boolean', description: 'True for refunds, credits, discounts, legal matters.' },
    reason: text('Why, in one sentence, or empty.'),
  }),
  missing_information: list('What the sources do not say, though the question needs it.', text('One gap.')),
  confidence: choice('How sure the answer is given the sources.', ['low', 'medium', 'high']),
});
