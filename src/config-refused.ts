import type { FieldName } from './config-fields.ts';

/** A setting whose part does not exist yet. The change that builds the part deletes the row. */
interface Refusal {
  names: FieldName[];
  /** Without it, any value is refused. */
  when?: (value: string) => boolean;
  missing: string;
}

const not =
  (...allowed: string[]) =>
  (value: string) =>
    !allowed.includes(value);
const isWeb = (value: string) => value.split(',').some((item) => /^\s*https?:/i.test(item));
const notZero = (value: string) => Number(value) !== 0;

export const REFUSALS: Refusal[] = [
  { names: ['DEFAULT_MODE'], when: not('answer', 'mention', 'off'), missing: 'drafts for staff' },
  { names: ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'MODEL'], missing: 'answers by a Claude model' },
  {
    names: ['FINE_TUNED_MODEL', 'FINE_TUNED_BASE_URL', 'FINE_TUNED_API_KEY'],
    missing: 'answers by a tuned model',
  },
  { names: ['TIER'], when: not('standard', 'auto'), missing: 'a choice of layers' },
  { names: ['ORDER'], when: not('rag-first'), missing: 'drafting before retrieval' },
  { names: ['PROMPT_CACHE_TTL'], missing: 'answers by a Claude model' },
  { names: ['DATABASE_URL'], missing: 'a PostgreSQL database' },
  { names: ['INDEX'], when: not('embedded'), missing: 'search by Weaviate' },
  { names: ['WEAVIATE_URL', 'WEAVIATE_API_KEY'], missing: 'search by Weaviate' },
  { names: ['EMBEDDINGS'], when: not('auto', 'none'), missing: 'search by meaning' },
  { names: ['EMBEDDINGS_URL', 'EMBEDDINGS_MODEL', 'EMBEDDINGS_API_KEY'], missing: 'search by meaning' },
  { names: ['KNOWLEDGE'], when: isWeb, missing: 'reading pages from the web' },
  { names: ['CUSTOMERS'], when: isWeb, missing: 'reading records from an address' },
  { names: ['REFUND_WEBHOOK_URL', 'REFUND_WEBHOOK_SECRET'], missing: 'the refund webhook' },
  { names: ['APPROVAL_HOLD_SECONDS'], when: notZero, missing: 'taking a decision back' },
  { names: ['APPROVAL_EXPIRY_HOURS'], missing: 'expiry of requests' },
  { names: ['TWO_APPROVERS_ABOVE'], missing: 'approval by two people' },
  { names: ['GATHER_MILLISECONDS'], when: notZero, missing: 'waiting for the rest of a question' },
  { names: ['DAILY_BUDGET_USD'], missing: 'a daily budget' },
  { names: ['DASHBOARD_TOKEN'], missing: 'the dashboard' },
];
