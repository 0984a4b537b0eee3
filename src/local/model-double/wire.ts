/** The Messages API on the wire, as far as the double reads and writes it. */

export interface Block {
  type: string;
  text?: string;
  [key: string]: unknown;
}

export interface Tool {
  name: string;
  input_schema?: Schema;
  [key: string]: unknown;
}

export interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  [key: string]: unknown;
}

export interface MessagesRequest {
  model: string;
  max_tokens: number;
  messages: { role: string; content: string | Block[] }[];
  system?: string | Block[];
  tools?: Tool[];
  tool_choice?: { type: string; name?: string };
  output_config?: { format?: { type: string; schema: Schema } | null; effort?: string };
  thinking?: { type: string };
  [key: string]: unknown;
}

export interface WireUsage {
  input_tokens: number;
  output_tokens: number;
  cache_creation_input_tokens?: number;
  cache_read_input_tokens?: number;
  [key: string]: unknown;
}

export interface WireMessage {
  id: string;
  type: 'message';
  role: 'assistant';
  model: string;
  content: Block[];
  stop_reason: string | null;
  stop_sequence: null;
  usage?: WireUsage;
  [key: string]: unknown;
}

/** A body the vendor sends with a status of 400 and above. */
export interface WireError {
  status: number;
  type: string;
  message: string;
  /** The stable code of the cause, in `error.details.error_code`. */
  code?: string;
}

export function errorBody({ type, message, code }: Omit<WireError, 'status'>): unknown {
  const details = code === undefined ? {} : { details: { error_code: code } };
  return { type: 'error', error: { type, message, ...details }, request_id: 'req_double' };
}

/** The text of a system part or of a turn, however it is written. */
export function textOf(content: string | Block[] | undefined): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return content;
  return content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('\n');
}
