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
const notZero = (value: string) => Number(value) !== 0;

export const REFUSALS: Refusal[] = [
  { names: ['DEFAULT_MODE'], when: not('answer', 'mention', 'off'), missing: 'drafts for staff' },
  { names: ['DATABASE_URL'], missing: 'a PostgreSQL database' },
  { names: ['GATHER_MILLISECONDS'], when: notZero, missing: 'waiting for the rest of a question' },
  { names: ['DASHBOARD_TOKEN'], missing: 'the dashboard' },
];
