import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { createClaude } from './adapters/claude/claude.ts';
import { createCustomers } from './adapters/customers.ts';
import { createExtractive } from './adapters/extractive.ts';
import { createRunLock } from './adapters/run-lock.ts';
import { createSqliteIndex } from './adapters/sqlite-index/sqlite-index.ts';
import { createWeaviateIndex } from './adapters/weaviate-index/weaviate-index.ts';
import { createWebStateFolder } from './adapters/web-state-folder.ts';
import { systemClock } from './clock.ts';
import type { OfflineConfig } from './config.ts';
import type { ModelConfig } from './config-model.ts';
import { createEmbedder } from './embedders.ts';
import { followVersions } from './follow-versions.ts';
import { type EmbedderHealth, watchEmbedder } from './knowledge/embedder-health.ts';
import { likenessOf } from './knowledge/likeness.ts';
import { readGoldenQuestions } from './knowledge/probe-file.ts';
import { createReindex, type Reindex, type ReindexParts } from './knowledge/reindex.ts';
import { DEFAULT_THRESHOLD } from './knowledge/relevance.ts';
import { createRollback, type Rollback } from './knowledge/rollback.ts';
import { createSearch } from './knowledge/search.ts';
import { createSources, isWebAddress } from './knowledge/sources.ts';
import { readSynonyms, type Synonyms } from './knowledge/synonyms.ts';
import { createTicketSource, type Tickets } from './knowledge/ticket-source.ts';
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
import type { Clock, Customers, Embedder, KnowledgeIndex } from './ports.ts';

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
  /** Names the set of sources whose index it is. */
  knowledge: string;
  reindex: Reindex;
  rollback: Rollback;
  customers: Customers;
  embedderHealth(): EmbedderHealth;
  /** The models in the order in which they are asked. */
  models: string[];
  /** Asks each model server what it can do, and says what an operator should know. Never throws for a server. */
  preflight(signal: AbortSignal): Promise<string[]>;
  close(): Promise<void>;
}

interface Parts {
  log: Logger;
  clock?: Clock;
  budget?: Budget | undefined;
  /** Former conversations, where there is a record of them. */
  tickets?: Tickets | undefined;
  /** Told of every page that a release changed or removed. */
  onSwitched?: ReindexParts['onSwitched'];
}

/** Joins retrieval, model and prompt by tier and order. */
export async function createAnswering(config: OfflineConfig, parts: Parts): Promise<Answering> {
  const { log, clock = systemClock, budget = noBudget } = parts;
  const index = createIndex(config, { clock, log });
  const { dataDir } = config.store;
  const { embedder, health } = watchEmbedder(
    await createEmbedder(config.embeddings, { dataDir, log, clock }),
  );
  const state = createWebStateFolder(webFolder(config));
  const documents = createSources(config.knowledge.sources, { state, fetch, clock, log });
  const sources = parts.tickets ? [...documents, createTicketSource(parts.tickets)] : documents;
  const models = createModels(config, log).map((model) => ({ model, breaker: createBreaker(clock) }));
  const line = await followVersions(index, log, () =>
    createLine(config, { index, embedder, models, clock, budget, synonyms: openSynonyms(config, log) }),
  );
  // Beside the work, so that the first question need not wait for it.
  if (embedder) void likenessOf(embedder).catch(() => undefined);
  const releasing: ReindexParts = {
    ...{ index, embedder, sources, clock, onSwitched: parts.onSwitched },
    wordsChosen: config.embeddings.kind === 'none',
    lock: createRunLock(join(indexFolder(config), 'run-lock.sqlite')),
    readQuestions: (path) =>
      readGoldenQuestions(path ?? join(config.store.dataDir, 'probes.jsonl'), {
        isNamed: path !== undefined,
      }),
  };
  const reindex = createReindex(releasing);
  return {
    answer: async (question) => (await line.current())(question),
    index,
    knowledge: knowledgeName(config),
    rollback: createRollback(releasing),
    async reindex(options) {
      const result = await reindex(options);
      if (options?.dryRun) return result;
      // The release stands, whatever comes of this; synonyms may have been edited with it.
      const trouble = await line.renew();
      return trouble === undefined ? result : { ...result, warnings: [...result.warnings, trouble] };
    },
    customers: createCustomers(config.customers.source, clock),
    embedderHealth: health,
    models: [...models.map(({ model }) => model.name), EXTRACTIVE.name],
    async preflight(signal) {
      const reports = await Promise.all(models.map(({ model }) => model.preflight(signal)));
      return reports.flatMap((report) => report.warnings);
    },
    async close() {
      await index.close();
      await embedder?.close();
    },
  };
}

/** Where passages are searched; every set of sources has an index of its own. */
function createIndex(config: OfflineConfig, { clock, log }: { clock: Clock; log: Logger }): KnowledgeIndex {
  if (config.index.kind === 'embedded') return createSqliteIndex({ folder: indexFolder(config), clock });
  const { url, apiKey } = config.index;
  const name = `Countersign${knowledgeName(config)}`;
  return createWeaviateIndex({ url, apiKey: apiKey?.reveal(), name, clock, log });
}

interface LineParts {
  index: KnowledgeIndex;
  embedder: Embedder | undefined;
  synonyms: Synonyms;
  models: { model: ReturnType<typeof createClaude>; breaker: Breaker }[];
  clock: Clock;
  budget: Budget;
}

/** The six steps with what each of them needs. */
async function createLine(config: OfflineConfig, parts: LineParts): Promise<Answer> {
  const { index, embedder, synonyms, models, clock, budget } = parts;
  const { tier, order, promptVersion, answerDeadlineMs: deadlineMs } = config.pipeline;
  const whole = tier === 'minimal' ? await readWholeKnowledge(index) : undefined;
  const estimateUsd = ESTIMATE_USD + (whole?.tokens ?? 0) * DEAREST_TOKEN_USD;
  const rungs: Rung[] = [
    ...models.map(({ model, breaker }) => ({ model, remote: { breaker, maxCalls: MAX_CALLS, estimateUsd } })),
    { model: EXTRACTIVE },
  ];
  const prompt = createPrompt(promptVersion, whole?.text);
  const generate = createGenerate(createLadder(rungs, budget, clock), deadlineMs, clock);
  const rewrite =
    models[0] === undefined ? noRewrite : createRewrite({ ...models[0], budget, clock, deadlineMs });
  const search = createSearch({ index, embedder, synonyms, threshold: DEFAULT_THRESHOLD });
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

/** The team's own words for the same thing, from a file beside the data. */
function openSynonyms(config: OfflineConfig, log: Logger): Synonyms {
  const { synonyms, problems } = readSynonyms(join(config.store.dataDir, 'synonyms.txt'));
  for (const problem of problems) log.warn('A line of synonyms was left out', { problem });
  return synonyms;
}

/** One folder per set of sources, so that changing KNOWLEDGE never looks like everything having been deleted. */
function indexFolder(config: OfflineConfig): string {
  return join(config.store.dataDir, 'index', knowledgeName(config));
}

function knowledgeName(config: OfflineConfig): string {
  const sources = config.knowledge.sources
    .map((source) => (isWebAddress(source) ? source : resolve(source)))
    .join('\n');
  return createHash('sha256').update(sources).digest('hex').slice(0, 12);
}

function webFolder(config: OfflineConfig): string {
  return join(config.store.dataDir, 'web');
}
