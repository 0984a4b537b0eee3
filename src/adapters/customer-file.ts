import { readFileSync } from 'node:fs';
import { ConfigError, toError } from '../errors.ts';
import type { CustomerRecord } from '../pipeline/types.ts';
import type { Customers } from '../ports.ts';
import { CUSTOMER_RECORD, describeIssues } from './customer-record.ts';

/** Customer records from a JSON object keyed by channel or team id. Every bad record is named at once. */
export function createCustomerFile(file: string): Customers {
  const records = readRecords(file);
  return {
    async find({ channel, team }) {
      return records.get(channel) ?? (team === undefined ? undefined : records.get(team));
    },
  };
}

function readRecords(file: string): Map<string, CustomerRecord> {
  const raw = readJson(file);
  const problems: string[] = [];
  const records = new Map<string, CustomerRecord>();
  for (const [key, value] of Object.entries(raw)) {
    const parsed = CUSTOMER_RECORD.safeParse(value);
    if (parsed.success) records.set(key, parsed.data);
    else {
      problems.push(`CUSTOMERS: ${file}, record "${key}": ${describeIssues(parsed.error)}`);
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
