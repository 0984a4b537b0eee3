import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError, toError } from '../errors.ts';
import type { Customers } from '../ports.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date such as 2026-01-31');

const RECORD = z.object({
  name: z.string().min(1),
  tier: z.string().min(1),
  joined: day,
  recentTickets: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        status: z.string(),
        updated: day,
        body: z.string().optional(),
      }),
    )
    .default([]),
  incidents: z.array(z.string()).default([]),
  notes: z.string().optional(),
});

/** Customer records from a JSON object keyed by channel or team id. Every bad record is named at once. */
export function createCustomerFile(file: string): Customers {
  const records = readRecords(file);
  return {
    async find({ channel, team }) {
      return records.get(channel) ?? (team === undefined ? undefined : records.get(team));
    },
  };
}

/** For a desk without customer records: every lookup is a true "no record". */
export const noCustomers: Customers = { find: async () => undefined };

function readRecords(file: string): Map<string, z.infer<typeof RECORD>> {
  const raw = readJson(file);
  const problems: string[] = [];
  const records = new Map<string, z.infer<typeof RECORD>>();
  for (const [key, value] of Object.entries(raw)) {
    const parsed = RECORD.safeParse(value);
    if (parsed.success) records.set(key, parsed.data);
    else {
      const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      problems.push(`CUSTOMERS: ${file}, record "${key}": ${issues.join('; ')}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return records;
}

function readJson(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch (error) {
    throw new ConfigError([`CUSTOMERS: ${file} cannot be read as JSON: ${toError(error).message}`]);
  }
  throw new ConfigError([`CUSTOMERS: ${file} must be a JSON object keyed by channel or team id`]);
}
