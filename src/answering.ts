import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { createClaude } from './adapters/claude.ts';
import { createCustomers } from './adapters/customers.ts';
import { createExtractive } from './adapters/extractive.ts';
import { createSqliteIndex } from './adapters/sqlite-index.ts';
import { systemClock } from './clock.ts';
import type { OfflineConfig } from './config.ts';
import type { ModelConfig } from './config-model.ts';
import { createMarkdownSource } from './knowledge/load-markdown.ts';
import { createReindex, type Reindex } from './knowledge/reindex.ts';
import { DEFAULT_THRESHOLD } from './knowledge/relevance.ts';
import { createSearch } from './knowledge/search.ts';
import type { PageSource } from './knowledge/types.ts';
import { readWholeKnowledge } from './knowledge/whole.ts';
import type { Logger } from './log.ts';
import { type Answer, createAnswer } from './pipeline/answer.ts';
import { type Breaker, createBreaker } from './pipeline/breaker.ts';
import { decide } from './pipeline/decide.ts';
import { createGenerate } from './pipeline/generate.ts';
import { type Budget, createLadder, noBudget, type Rung } from './pipeline/ladder.ts';
import { createPrompt } from './pipeline/prompt.ts';
import { createRetrieve, retrieveNothing } from './pipeline/retrieve.ts';
import { createRewrite, noRewrite } from './pipeline/rewrite.ts';
import { createSketch } from './pipeline/sketch.ts';
import { createTriage } from './pipeline/triage.ts';
import { createVerify } from './pipeline/verify.ts';
import type { Clock, Customers, KnowledgeIndex } from './ports.ts';

/** What a call costs at most: a prompt of 8,000 tokens and 2,000 back at the dearest known price. */
const ESTIMATE_USD = 0.08;
/** The dearest known price of writing a token to the cache, for pages that stand in the prompt. */
const DEAREST_TOKEN_USD = 0.000_008;
/** Needs nothing from outside, so it is the last to be asked. */
const EXTRACTIVE = createExtractive();
/** One call, and one more when the first was turned away for a moment. */
const MAX_CALLS = 2;

/** What answers questions, without Slack: the bot and every script use this one. */
export interface Answering {
  answer: Answer;
  index: KnowledgeIndex;
  reindex: Reindex;
  customers: Customers;
  /** The models in the order in which they are asked. */
  models: string[];
  /** Asks each model server what it can do, and says what an operator should know. Never throws for a server. */
  preflight(signal: AbortSignal): Promise<string[]>;
  close(): Promise<void>;
}

interface Parts {
  log: Logger;
  clock?: Clock;
  budget?: Budget;
}

/** Joins retrieval, model and prompt by tier and order. */
export async function createAnswering(config: OfflineConfig, parts: Parts): Promise<Answering> {
  const { log, clock = systemClock, budget = noBudget } = parts;
  const index = createSqliteIndex({ folder: indexFolder(config), clock });
  const sources = [createMarkdownSource(config.knowledge.sources)];
  const models = createModels(config, log).map((model) => ({ model, breaker: createBreaker(clock) }));
  const join = async () => createLine(config, { index, sources, models, clock, budget });
  let answer = await join();
  const reindex = createReindex({ index, sources, clock });
  return {
    answer: (question) => answer(question),
    index,
    async reindex(options) {
      const result = await reindex(options);
      // The pages stand in the prompt there, so a changed page is a changed prompt.
      if (config.pipeline.tier === 'minimal' && !options?.dryRun) answer = await join();
      return result;
    },
    customers: createCustomers(config.customers.source, clock),
    models: [...models.map(({ model }) => model.name), EXTRACTIVE.name],
    async preflight(signal) {
      const reports = await Promise.all(models.map(({ model }) => model.preflight(signal)));
      return reports.flatMap((report) => report.warnings);
    },
    close: () => index.close(),
  };
}

interface LineParts {
  index: KnowledgeIndex;
  sources: PageSource[];
  models: { model: ReturnType<typeof createClaude>; breaker: Breaker }[];
  clock: Clock;
  budget: Budget;
}

/** The six steps with what each of them needs. */
async function createLine(config: OfflineConfig, parts: LineParts): Promise<Answer> {
  const { index, sources, models, clock, budget } = parts;
  const { tier, order, promptVersion, answerDeadlineMs: deadlineMs } = config.pipeline;
  const whole = tier === 'minimal' ? await readWholeKnowledge(sources) : undefined;
  const estimateUsd = ESTIMATE_USD + (whole?.tokens ?? 0) * DEAREST_TOKEN_USD;
  const rungs: Rung[] = [
    ...models.map(({ model, breaker }) => ({ model, remote: { breaker, maxCalls: MAX_CALLS, estimateUsd } })),
    { model: EXTRACTIVE },
  ];
  const prompt = createPrompt(promptVersion, whole?.text);
  const generate = createGenerate(createLadder(rungs, budget, clock), deadlineMs, clock);
  const rewrite =
    models[0] === undefined ? noRewrite : createRewrite({ ...models[0], budget, clock, deadlineMs });
  const search = createSearch({ index, threshold: DEFAULT_THRESHOLD });
  return createAnswer(
    {
      triage: createTriage(),
      sketch: order === 'draft-first' ? createSketch({ prompt, generate }) : undefined,
      retrieve: whole === undefined ? createRetrieve(search, rewrite) : retrieveNothing,
      prompt,
      generate,
      verify: createVerify(whole?.passages),
      decide,
    },
    () => performance.now(),
  );
}

/** Best first: the tuned model where there is one and the tier wants it, then the base model. */
function createModels(config: OfflineConfig, log: Logger): ReturnType<typeof createClaude>[] {
  const { base, tuned, cacheTtl } = config.models;
  const create = (name: 'base' | 'tuned', model: ModelConfig) =>
    createClaude({
      name,
      model: model.name,
      apiKey: model.apiKey?.reveal(),
      baseUrl: model.baseUrl,
      kind: isVendors(model) ? 'anthropic' : 'compatible',
      cacheTtl,
      log,
    });
  return [
    ...(tuned !== undefined && config.pipeline.tier === 'premium' ? [create('tuned', tuned)] : []),
    ...(base === undefined ? [] : [create('base', base)]),
  ];
}

/** Behind a gateway a Claude model still refuses what only other models take, such as a temperature. */
function isVendors({ name, baseUrl }: ModelConfig): boolean {
  return baseUrl === undefined || /(?:^|[./])claude-/.test(name);
}

/** One folder per set of sources, so that changing KNOWLEDGE never looks like everything having been deleted. */
function indexFolder(config: OfflineConfig): string {
  const sources = config.knowledge.sources.map((source) => resolve(source)).join('\n');
  const name = createHash('sha256').update(sources).digest('hex').slice(0, 12);
  return join(config.store.dataDir, 'index', name);
}
