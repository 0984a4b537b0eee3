import { CountersignError } from '../errors.ts';
import type { Account, CustomerRecord } from '../pipeline/types.ts';
import type { Desk } from './desk.ts';

/** The customer's record. A question is answered without it when it cannot be had, and the decision says so. */
export async function readAccount(
  desk: Desk,
  where: { channel: string; team: string },
): Promise<{ account: Account; customer: CustomerRecord | undefined }> {
  try {
    const customer = await desk.customers.find(where);
    return { account: customer === undefined ? 'none' : 'found', customer };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    desk.log.warn('no account data: the customer record could not be looked up', { reason: error.message });
    return { account: 'unavailable', customer: undefined };
  }
}
