import type { Mode } from './modes.ts';
import type { Block, MessagesRequest, Schema, WireError } from './wire.ts';

const KNOWN_FIELDS = new Set(
  `model max_tokens messages system tools tool_choice output_config thinking stream stop_sequences metadata
  service_tier cache_control inference_geo temperature top_p top_k`.split(/\s+/),
);
const SAMPLING = ['temperature', 'top_p', 'top_k'];
const MOST_BREAKPOINTS = 4;
/** Keywords a grammar cannot hold, refused instead of ignored. */
const BOUNDS = ['minimum', 'maximum', 'minLength', 'maxLength', 'maxItems', 'pattern'];

/** What the server would answer 400 to, or undefined when it takes the request. */
export function findRequestFault(mode: Mode, body: unknown): WireError | undefined {
  const shape = findShapeFault(body);
  if (shape !== undefined) return invalid(shape);
  const request = body as MessagesRequest;
  if (mode.rejectsSources && allBlocks(request).some(isSource)) {
    return invalid("messages.0.content.0.type: Input should be 'text', 'image', 'tool_use' or 'tool_result'");
  }
  if (!mode.isVendor) return undefined;
  if (!request.model.startsWith('claude-')) {
    return { status: 404, type: 'not_found_error', message: `model: ${request.model}` };
  }
  const fault = VENDOR_RULES.map((rule) => rule(request)).find((found) => found !== undefined);
  return fault === undefined ? undefined : invalid(fault);
}

function findShapeFault(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return 'The request body is not valid JSON';
  const { model, max_tokens: limit, messages, stream } = body as Record<string, unknown>;
  if (typeof model !== 'string' || model === '') return 'model: Field required';
  if (typeof limit !== 'number' || !(limit >= 1)) return 'max_tokens: Field required';
  if (!Array.isArray(messages) || messages.length === 0) return 'messages: at least one message is required';
  if (stream === true) return 'stream: the model double does not stream; send the request without it';
  return undefined;
}

const isNewest = (model: string) => /^claude-[a-z]+-5-\d$/.test(model);

const VENDOR_RULES: ((request: MessagesRequest) => string | undefined)[] = [
  (request) => {
    const unknown = Object.keys(request).find((key) => !KNOWN_FIELDS.has(key));
    return unknown && `${unknown}: Extra inputs are not permitted`;
  },
  (request) => {
    const sampling = SAMPLING.find((name) => request[name] !== undefined);
    return isNewest(request.model) && sampling
      ? `${sampling}: not supported by this model; omit it`
      : undefined;
  },
  (request) =>
    request.output_config?.format && allBlocks(request).some(hasCitations)
      ? 'output_config.format: citations cannot be enabled together with structured outputs'
      : undefined,
  (request) =>
    isNewest(request.model) && ['any', 'tool'].includes(request.tool_choice?.type ?? '')
      ? 'tool_choice: forced tool use is not supported by this model'
      : undefined,
  ({ model, thinking }) =>
    thinking?.type === 'disabled' && /(?:sonnet|opus|fable)-5/.test(model)
      ? 'thinking.type: "disabled" is not supported by this model'
      : undefined,
  (request) =>
    isNewest(request.model) && request.messages.at(-1)?.role === 'assistant'
      ? 'messages: this model does not support assistant message prefill'
      : undefined,
  (request) => {
    const marks = [...allBlocks(request), ...(request.tools ?? [])].filter((one) => 'cache_control' in one);
    return marks.length > MOST_BREAKPOINTS ? 'A maximum of 4 blocks with cache_control' : undefined;
  },
  ({ output_config }) =>
    output_config?.format ? findSchemaFault(output_config.format.schema, 'schema') : undefined,
];

function findSchemaFault(schema: Schema, path: string): string | undefined {
  const bound = BOUNDS.find((keyword) => keyword in schema);
  if (bound) return `output_config.format.${path}: For '${schema.type}' type, '${bound}' is not supported`;
  if (schema.type === 'object' && schema.additionalProperties !== false) {
    return `output_config.format.${path}: For 'object' type, 'additionalProperties' must be explicitly set to false`;
  }
  const inner = Object.entries({ ...schema.properties, ...(schema.items ? { items: schema.items } : {}) });
  return inner
    .map(([name, one]) => findSchemaFault(one, `${path}.${name}`))
    .find((fault) => fault !== undefined);
}

function allBlocks(request: MessagesRequest): Block[] {
  const contents = [request.system, ...request.messages.map(({ content }) => content)];
  return contents.flatMap((content) => (Array.isArray(content) ? content : []));
}

const isSource = (block: Block) => block.type === 'search_result' || block.type === 'document';

const hasCitations = (block: Block) =>
  isSource(block) && (block.citations as { enabled?: boolean } | undefined)?.enabled === true;

function invalid(message: string): WireError {
  return { status: 400, type: 'invalid_request_error', message };
}
