import type { Environment } from './config-fields.ts';
import type { Secret } from './secret.ts';

/** A model and where it is asked. A key belongs to one address and never goes to another. */
export interface ModelConfig {
  name: string;
  apiKey: Secret | undefined;
  /** Undefined = api.anthropic.com. */
  baseUrl: string | undefined;
}

export interface ModelsConfig {
  /** Undefined without a key and without an address of its own. */
  base: ModelConfig | undefined;
  tuned: ModelConfig | undefined;
  cacheTtl: '5m' | '1h';
  dailyBudgetUsd: number | undefined;
}

export type Tier = 'minimal' | 'standard' | 'premium';

/** Which models there are, by what is set. */
export function readModels(env: Partial<Environment>): ModelsConfig {
  const base = readBase(env);
  return {
    base,
    tuned: readTuned(env, base),
    cacheTtl: env.PROMPT_CACHE_TTL ?? '5m',
    dailyBudgetUsd: env.DAILY_BUDGET_USD,
  };
}

function readBase(env: Partial<Environment>): ModelConfig | undefined {
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl, MODEL: name } = env;
  if (name === undefined || (apiKey === undefined && baseUrl === undefined)) return undefined;
  return { name, apiKey, baseUrl };
}

function readTuned(env: Partial<Environment>, base: ModelConfig | undefined): ModelConfig | undefined {
  const { FINE_TUNED_MODEL: name, FINE_TUNED_BASE_URL: baseUrl, FINE_TUNED_API_KEY: apiKey } = env;
  if (name === undefined) return undefined;
  if (baseUrl !== undefined) return { name, baseUrl, apiKey };
  return { name, baseUrl: base?.baseUrl, apiKey: apiKey ?? base?.apiKey };
}

/** `auto` is the best that is configured. */
export function readTier(env: Partial<Environment>, models: ModelsConfig): Tier {
  if (env.TIER !== undefined && env.TIER !== 'auto') return env.TIER;
  return models.tuned === undefined ? 'standard' : 'premium';
}

/** What is chosen but cannot work, by name. */
export function findModelProblems(env: Partial<Environment>): { name: keyof Environment; wrong: string }[] {
  const models = readModels(env);
  const problems: { name: keyof Environment; wrong: string }[] = [];
  const needs = (name: keyof Environment, wrong: string) => problems.push({ name, wrong });
  if (env.TIER === 'premium' && models.tuned === undefined) {
    needs('TIER', 'is premium, which needs FINE_TUNED_MODEL');
  }
  if (env.TIER === 'minimal' && models.base === undefined) {
    needs('TIER', 'is minimal, which needs a model: set ANTHROPIC_API_KEY or ANTHROPIC_BASE_URL');
  }
  if (env.ORDER === 'draft-first' && models.base === undefined && models.tuned === undefined) {
    needs('ORDER', 'is draft-first, which needs a model: set ANTHROPIC_API_KEY or FINE_TUNED_MODEL');
  }
  if (
    env.FINE_TUNED_MODEL === undefined &&
    (env.FINE_TUNED_BASE_URL ?? env.FINE_TUNED_API_KEY) !== undefined
  ) {
    needs('FINE_TUNED_MODEL', 'is missing, while other FINE_TUNED settings are set');
  }
  if (models.tuned !== undefined && models.tuned.baseUrl === undefined && models.tuned.apiKey === undefined) {
    needs('FINE_TUNED_MODEL', 'has neither a key nor an address: set FINE_TUNED_BASE_URL or a key');
  }
  return problems;
}
