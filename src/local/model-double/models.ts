/** What the vendor tells about a model at `GET /v1/models/:id`. */
export interface ModelInfo {
  id: string;
  type: 'model';
  display_name: string;
  lifecycle: 'active' | 'deprecated' | 'retired';
  created_at: string;
  deprecated_at: string | null;
  retires_at: string | null;
  max_input_tokens: number;
  max_tokens: number;
  capabilities: Record<string, unknown> | null;
}

const yes = { supported: true };
const no = { supported: false };

/** Every `claude-` model exists and is active unless it is one of `known`. */
export function findModel(id: string, known: Record<string, Partial<ModelInfo>>): ModelInfo | undefined {
  if (!id.startsWith('claude-') && known[id] === undefined) return undefined;
  const alwaysThinks = /(?:opus|fable)-5/.test(id);
  return {
    id,
    type: 'model',
    display_name: id,
    lifecycle: 'active',
    created_at: '2026-09-01T00:00:00Z',
    deprecated_at: null,
    retires_at: null,
    max_input_tokens: 1_000_000,
    max_tokens: 128_000,
    capabilities: {
      batch: yes,
      citations: yes,
      structured_outputs: yes,
      effort: { supported: true, low: yes, medium: yes, high: yes, max: yes, xhigh: no },
      thinking: {
        supported: true,
        types: {
          adaptive: yes,
          between_tools: alwaysThinks ? no : yes,
          disabled: id.includes('haiku') ? yes : no,
          enabled: no,
        },
      },
    },
    ...known[id],
  };
}
