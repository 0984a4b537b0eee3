import type { Anthropic } from '@anthropic-ai/sdk';
import { z } from 'zod';
import { type CountersignError, VendorRefused, VendorUnreachable } from '../../errors.ts';
import { readObjects } from './answer.ts';
import type { Call } from './call.ts';
import { toVendorError } from './errors.ts';
import { buildRequest, type Manner, type Mode } from './request.ts';

export interface Preflight {
  /** Whether the model will answer, as far as can be told now. */
  ok: boolean;
  mode: Mode;
  lifecycle?: string;
  /** `YYYY-MM-DD` */
  retiresAt?: string;
  /** Each tells the operator what is wrong and what to do. */
  warnings: string[];
}

/** The settings to name to the operator. */
export interface SettingNames {
  key: string;
  url: string;
  model: string;
}

const supported = z.object({ supported: z.boolean() }).nullish();
const MODEL = z.object({
  id: z.string(),
  lifecycle: z.string().nullish(),
  retires_at: z.string().nullish(),
  capabilities: z
    .object({
      structured_outputs: supported,
      effort: z.object({ low: supported }).nullish(),
      thinking: z.object({ types: z.object({ disabled: supported }).nullish() }).nullish(),
    })
    .nullish(),
});
type ModelInfo = z.output<typeof MODEL>;

/** Asked without a form, no model says this word; held to the form, it can say nothing else. */
const PROBE_WORD = 'countersign';
const PROBE_SCHEMA = {
  type: 'object',
  properties: { word: { type: 'string', enum: [PROBE_WORD] } },
  required: ['word'],
  additionalProperties: false,
};
const PROBE_PROMPT = { system: 'You greet people.', user: 'Say hello.' };
const PROBE = z.object({ word: z.string() });

/** Statuses by which a server says that it does not know a request of this form. */
const NOT_TAKEN = 'request not accepted';

interface Parts {
  client: Anthropic;
  call: Call;
  vendor: string;
  names: SettingNames;
}

/** Asks the vendor about the model, or tries out what a server without such an answer can do. Never throws. */
export async function checkModel(
  parts: Parts,
  manner: Manner,
  signal: AbortSignal,
): Promise<{ report: Preflight; manner: Manner }> {
  try {
    const info = manner.kind === 'anthropic' ? await retrieveModel(parts, manner, signal) : undefined;
    if (info !== undefined) return readModel(parts, manner, info);
    const mode = await probeMode(parts.call, manner, signal);
    return {
      report: { ok: true, mode, warnings: modeWarnings(parts, manner, mode) },
      manner: { ...manner, mode },
    };
  } catch (error) {
    if (!(error instanceof VendorRefused || error instanceof VendorUnreachable)) throw error;
    const warnings = [
      `The ${parts.vendor} "${manner.model}" does not answer: ${error.message}. ${remedyFor(error, parts.names)}`,
    ];
    return { report: { ok: false, mode: manner.mode, warnings }, manner };
  }
}

/** Undefined when the address does not tell about models, as gateways may not. */
async function retrieveModel(
  parts: Parts,
  manner: Manner,
  signal: AbortSignal,
): Promise<ModelInfo | undefined> {
  try {
    const info = MODEL.safeParse(await parts.client.models.retrieve(manner.model, {}, { signal }));
    return info.success ? info.data : undefined;
  } catch (thrown) {
    const error = toVendorError(thrown, parts.vendor, signal);
    // A gateway without this page and a vendor without this model both say 404; the probe tells them apart.
    if (error instanceof VendorRefused && ['no such model or address', NOT_TAKEN].includes(error.reason)) {
      return undefined;
    }
    throw error;
  }
}

function readModel(parts: Parts, manner: Manner, info: ModelInfo): { report: Preflight; manner: Manner } {
  const { capabilities, lifecycle } = info;
  const retiresAt = info.retires_at?.slice(0, 10);
  const mode: Mode = capabilities?.structured_outputs?.supported === false ? 'tool' : 'native';
  const change = `set ${parts.names.model} to a current model`;
  const warnings: string[] = [];
  if (lifecycle === 'retired') warnings.push(`"${manner.model}" is retired and answers no more: ${change}.`);
  else if (retiresAt !== undefined)
    warnings.push(`"${manner.model}" is retired on ${retiresAt}: ${change} before then.`);
  else if (lifecycle === 'deprecated') warnings.push(`"${manner.model}" is going to be retired: ${change}.`);
  if (mode === 'tool') {
    warnings.push(`"${manner.model}" has no structured outputs, so answers come through a tool: ${change}.`);
  }
  const report: Preflight = { ok: lifecycle !== 'retired', mode, warnings };
  if (lifecycle) report.lifecycle = lifecycle;
  if (retiresAt !== undefined) report.retiresAt = retiresAt;
  const cannot = (what: { supported: boolean } | null | undefined) => what?.supported === false;
  return {
    report,
    manner: {
      ...manner,
      mode,
      disableThinking: manner.disableThinking && !cannot(capabilities?.thinking?.types?.disabled),
      lowEffort: manner.lowEffort && !cannot(capabilities?.effort?.low),
    },
  };
}

/** The first form the server really holds its model to; a 200 alone proves nothing. */
async function probeMode(call: Call, manner: Manner, signal: AbortSignal): Promise<Mode> {
  for (const mode of ['native', 'tool'] as const) {
    if (await isHeld(call, { ...manner, mode }, signal)) return mode;
  }
  return 'text';
}

async function isHeld(call: Call, manner: Manner, signal: AbortSignal): Promise<boolean> {
  try {
    const { blocks } = await call(buildRequest(manner, PROBE_PROMPT, PROBE_SCHEMA), signal);
    const said = readObjects(blocks) ?? [];
    return said.some((object) => PROBE.safeParse(object).data?.word.toLowerCase() === PROBE_WORD);
  } catch (error) {
    const isAnswer =
      error instanceof VendorRefused && (error.billed !== undefined || error.reason === NOT_TAKEN);
    if (isAnswer) return false;
    throw error;
  }
}

function modeWarnings({ vendor, names }: Parts, { model }: Manner, mode: Mode): string[] {
  if (mode === 'native') return [];
  const how =
    mode === 'tool' ? 'through a forced tool' : 'as JSON in plain text, and more of them will be unusable';
  return [
    `The server of the ${vendor} "${model}" ignores output_config.format, so answers come ${how}. Serve it with vLLM 0.22 or later, or let ${names.url} name a server that obeys the format.`,
  ];
}

function remedyFor(error: CountersignError, names: SettingNames): string {
  if (!(error instanceof VendorRefused))
    return `Check ${names.url} and that the server runs and can be reached.`;
  switch (error.reason) {
    case 'key not accepted':
      return `Set ${names.key} to a key that is valid for this address.`;
    case 'not permitted':
      return `Let the key of ${names.key} use this model, or set ${names.model} to one it may use.`;
    case 'no such model or address':
      return `Check the spelling of ${names.model}, and ${names.url}.`;
    case 'the address redirects elsewhere':
      return `Set ${names.url} to the address it redirects to; keys are not sent on.`;
    case 'spend limit':
      return 'Raise the spend limit or add credit in the console of the vendor.';
    default:
      return error.retry === 'later'
        ? 'Nothing is wrong with the settings; it is asked again with the next question.'
        : `Check that ${names.url} speaks the Messages API and that ${names.model} is right.`;
  }
}
