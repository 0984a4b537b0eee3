import { randomUUID } from 'node:crypto';
import type { Mode } from './modes.ts';
import { countTokens, type ReadPromptCache } from './prompt-cache.ts';
import type { Reply } from './reply.ts';
import { type Block, type MessagesRequest, textOf, type WireMessage, type WireUsage } from './wire.ts';

/** The message a server of this mode makes of what its model says. */
export function writeMessage(
  mode: Mode,
  request: MessagesRequest,
  reply: Reply,
  readCache: ReadPromptCache,
): WireMessage {
  const said = reply.content ?? say(mode, request, reply);
  const content = reply.thinking === undefined ? said : [thinkingBlock(reply.thinking), ...said];
  const usage = readUsage(mode, request, content, readCache);
  return {
    id: `msg_${randomUUID().replaceAll('-', '')}`,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content,
    stop_reason: reply.stopReason === undefined ? naturalStop(content) : reply.stopReason,
    stop_sequence: null,
    ...(reply.usage === null ? {} : { usage: { ...usage, ...reply.usage } as WireUsage }),
  };
}

function say(mode: Mode, request: MessagesRequest, reply: Reply): Block[] {
  if (reply.text !== undefined) return [{ type: 'text', text: reply.text }];
  const json = JSON.stringify(reply.answer ?? {});
  const tool = forcedTool(mode, request);
  if (tool !== undefined) {
    return [{ type: 'tool_use', id: `toolu_${randomUUID()}`, name: tool.name, input: reply.answer ?? {} }];
  }
  if (mode.honoursFormat && request.output_config?.format) return [{ type: 'text', text: json }];
  // Nothing holds this model to the format, so it does what such models do: it talks around the JSON.
  const text = isAskedForJson(request)
    ? `Here is the JSON:\n\`\`\`json\n${json}\n\`\`\``
    : 'Hello! How can I help?';
  return [{ type: 'text', text }];
}

function forcedTool(mode: Mode, request: MessagesRequest) {
  const choice = request.tool_choice;
  if (!mode.enforcesTools || choice === undefined) return undefined;
  if (choice.type === 'any') return request.tools?.[0];
  return choice.type === 'tool' ? request.tools?.find(({ name }) => name === choice.name) : undefined;
}

function isAskedForJson(request: MessagesRequest): boolean {
  return /\bjson schema\b/i.test(textOf(request.system));
}

function naturalStop(content: Block[]): string {
  return content.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn';
}

function thinkingBlock(thinking: string): Block {
  return { type: 'thinking', thinking, signature: 'c2lnbmF0dXJl' };
}

function readUsage(mode: Mode, request: MessagesRequest, content: Block[], readCache: ReadPromptCache) {
  const prompt = readCache(request);
  const output = countTokens(JSON.stringify(content));
  if (mode.usage === 'full') return { ...prompt, output_tokens: output, service_tier: 'standard' };
  const all = prompt.input_tokens + prompt.cache_creation_input_tokens + prompt.cache_read_input_tokens;
  return { input_tokens: all, output_tokens: output };
}
