/** How a kind of server behaves, where it differs from the others. */
export interface Mode {
  /** Obeys `output_config.format`; the others drop it without a word. */
  honoursFormat: boolean;
  /** Obeys a forced tool. */
  enforcesTools: boolean;
  /** Answers 400 to `search_result` and `document` blocks. */
  rejectsSources: boolean;
  /** Holds requests to the vendor's own rules, key and version header included. */
  isVendor: boolean;
  countsTokens: boolean;
  /** `full` with cache figures; `plain` with the two counts alone. */
  usage: 'full' | 'plain';
  /** A model the server would be asked for. */
  model: string;
}

/** The vendor's API, and the open servers with a `/v1/messages` of their own. */
export const MODES = {
  anthropic: {
    honoursFormat: true,
    enforcesTools: true,
    rejectsSources: false,
    isVendor: true,
    countsTokens: true,
    usage: 'full',
    model: 'claude-haiku-5-5',
  },
  vllm: {
    honoursFormat: true,
    enforcesTools: true,
    rejectsSources: true,
    isVendor: false,
    countsTokens: true,
    usage: 'plain',
    model: 'support-lora',
  },
  sglang: {
    honoursFormat: false,
    enforcesTools: true,
    rejectsSources: false,
    isVendor: false,
    countsTokens: true,
    usage: 'plain',
    model: 'support-lora',
  },
  'llama.cpp': {
    honoursFormat: false,
    enforcesTools: true,
    rejectsSources: false,
    isVendor: false,
    countsTokens: true,
    usage: 'plain',
    model: 'support-gguf',
  },
  ollama: {
    honoursFormat: false,
    enforcesTools: false,
    rejectsSources: false,
    isVendor: false,
    countsTokens: false,
    usage: 'plain',
    model: 'support-gguf',
  },
} as const satisfies Record<string, Mode>;

export type ModeName = keyof typeof MODES;

export function isModeName(name: string): name is ModeName {
  return Object.hasOwn(MODES, name);
}
