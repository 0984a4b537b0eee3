import { VendorRefused, VendorUnreachable } from '../errors.ts';
import type { Desk } from './desk.ts';

/** Who got the answer, as far as it can be found out: a card that says less is better than none. */
export async function describeCustomer(
  desk: Desk,
  channel: string,
  user: string | undefined,
): Promise<string> {
  const name = user && (await orUndefined(desk, () => desk.directory.person(user)))?.name;
  const record = await orUndefined(desk, () => desk.customers.find({ channel }));
  const account = record && `${record.name} (${record.tier})`;
  return [name ?? user, account].filter(Boolean).join(', ') || 'a customer';
}

export function findThreadUrl(desk: Desk, channel: string, ts: string): Promise<string | undefined> {
  return orUndefined(desk, () => desk.directory.permalink(channel, ts));
}

async function orUndefined<T>(desk: Desk, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof VendorRefused || error instanceof VendorUnreachable)) throw error;
    desk.log.warn('a card about an outdated answer says less than it could', { reason: error.message });
    return undefined;
  }
}
