import { toError, VendorRefused, VendorUnreachable } from '../errors.ts';
import type { CustomerRecord } from '../pipeline/types.ts';
import type { Clock, Customers } from '../ports.ts';
import { CUSTOMER_RECORD, describeIssues } from './customer-record.ts';

/** A record is nice to have: no customer waits longer for it. */
const TIMEOUT_MS = 2_000;
/** Conversations come in bursts, and an account does not change within one. */
const KEEP_MS = 60_000;
const VENDOR = 'The customer endpoint (CUSTOMERS)';

/**
 * Customer records from an https endpoint that is asked with `?channel=&team=` and answers with one record, or 404
 * when it knows none. What it said for one channel and team is never used for another.
 */
export function createCustomerEndpoint(url: string, clock: Clock): Customers {
  const known = new Map<string, { record: CustomerRecord | undefined; at: number }>();
  return {
    async find({ channel, team }) {
      const key = JSON.stringify([channel, team ?? '']);
      const entry = known.get(key);
      if (entry !== undefined && clock.now() - entry.at < KEEP_MS) return entry.record;
      const record = await ask(url, { channel, team: team ?? '' });
      known.set(key, { record, at: clock.now() });
      return record;
    },
  };
}

async function ask(
  url: string,
  where: { channel: string; team: string },
): Promise<CustomerRecord | undefined> {
  const address = new URL(url);
  for (const [name, value] of Object.entries(where)) address.searchParams.set(name, value);
  const { status, body } = await get(address);
  if (status === 404) return undefined;
  if (status !== 200) throw new VendorRefused(VENDOR, `status ${status}`, { retry: 'later' });
  const parsed = CUSTOMER_RECORD.safeParse(parseJson(body));
  if (!parsed.success) throw new VendorRefused(VENDOR, describeIssues(parsed.error), { retry: 'never' });
  return parsed.data;
}

async function get(address: URL): Promise<{ status: number; body: string }> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    throw new VendorUnreachable(VENDOR, toError(error).message, error);
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
