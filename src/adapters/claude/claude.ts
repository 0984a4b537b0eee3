import type { Logger } from '../../log.ts';
import { ANSWER_SCHEMA } from '../../pipeline/answer-schema.ts';
import type { Draft } from '../../pipeline/types.ts';
import type { LanguageModel } from '../../ports.ts';
import { readAnswer } from './answer.ts';
import { createCall } from './call.ts';
import { createClaudeClient } from './client.ts';
import { checkModel, type Preflight, type SettingNames } from './preflight.ts';
import { buildRequest, guessManner } from './request.ts';
import { createRewrite, type Rewrite } from './rewrite.ts';

export interface ClaudeOptions {
  name: 'base' | 'tuned';
  model: string;
  /** Undefined for a server that wants none. */
  apiKey: string | undefined;
  /** Undefined for the vendor's own. */
  baseUrl: string | undefined;
  /** The vendor's API, or another server that speaks it. */
  kind: 'anthropic' | 'compatible';
  cacheTtl: '5m' | '1h';
  log: Logger;
}

export interface Claude extends LanguageModel {
  draft(request: Parameters<LanguageModel['draft']>[0]): Promise<Draft & { requestId: string | null }>;
  /** Finds out how the model can be asked; drafts made before assume the best. Never throws. */
  preflight(signal: AbortSignal): Promise<Preflight>;
  rewrite: Rewrite;
}

const SETTINGS: Record<ClaudeOptions['name'], SettingNames> = {
  base: { key: 'ANTHROPIC_API_KEY', url: 'ANTHROPIC_BASE_URL', model: 'MODEL' },
  tuned: { key: 'FINE_TUNED_API_KEY', url: 'FINE_TUNED_BASE_URL', model: 'FINE_TUNED_MODEL' },
};

/** A model behind the Messages API: a Claude model, or any other whose server speaks it. One call per draft. */
export function createClaude(options: ClaudeOptions): Claude {
  const { name, model, cacheTtl, log } = options;
  const vendor = `${name} model`;
  const client = createClaudeClient(options);
  const call = createCall({ client, vendor, model, cacheTtl, log });
  let manner = guessManner(options);
  return {
    name,
    async draft({ prompt, signal }) {
      const reply = await call(buildRequest(manner, prompt, ANSWER_SCHEMA), signal);
      const { usage, costUsd, requestId } = reply;
      return { model, ...readAnswer(reply), usage, costUsd, requestId };
    },
    async preflight(signal) {
      const checked = await checkModel({ client, call, vendor, names: SETTINGS[name] }, manner, signal);
      manner = checked.manner;
      return checked.report;
    },
    rewrite: createRewrite(call, () => manner),
  };
}
