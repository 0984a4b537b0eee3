import { type Claude, type ClaudeOptions, createClaude } from '../../src/adapters/claude/claude.ts';
import type { ModelDouble } from '../../src/local/model-double/server.ts';
import { createLogger } from '../../src/log.ts';
import { createPrompt } from '../../src/pipeline/prompt.ts';
import type { LabelledPassage, Question } from '../../src/pipeline/types.ts';

export const PASSAGES: LabelledPassage[] = [
  passage('S1', 'Plans', 'The Hobby plan costs $5 a month. It includes 3 dashboards and 2 members.'),
  passage(
    'S2',
    'Audit log',
    'The audit log is kept for 365 days on the Business plan. Owners can export it as CSV.',
  ),
];

function question(text: string, more: Partial<Question> = {}): Question {
  return { id: 'q1', text, channel: 'C1', user: 'U1', thread: [], mentioned: false, ...more };
}

function passage(label: string, title: string, text: string): LabelledPassage {
  const source = `${title.toLowerCase().replaceAll(' ', '-')}.md`;
  const page = { source, title, url: undefined, updated: undefined, headings: [] };
  return { label, id: `${source}#0`, ...page, text, score: 1, relevance: 0.9 };
}

const assemble = createPrompt('v1');

/** What the pipeline would put to a model, with a call that ends by itself. */
export function draftRequest(
  text: string,
  options: { passages?: LabelledPassage[]; withinMs?: number } = {},
) {
  const asked = question(text);
  const passages = options.passages ?? PASSAGES;
  const signal = AbortSignal.timeout(options.withinMs ?? 10_000);
  return { question: asked, passages, prompt: assemble(asked, passages), signal };
}

/** The adapter on a double, and everything it logged. */
export function claudeOn(
  double: Pick<ModelDouble, 'url'>,
  more: Partial<ClaudeOptions> = {},
): { claude: Claude; logged: () => string } {
  let lines = '';
  const log = createLogger({
    level: 'debug',
    write: (line) => {
      lines += line;
    },
  });
  const claude = createClaude({
    name: 'base',
    model: 'claude-haiku-5-5',
    apiKey: 'sk-ant-test-key-1',
    baseUrl: double.url,
    kind: 'anthropic',
    cacheTtl: '5m',
    log,
    ...more,
  });
  return { claude, logged: () => lines };
}
