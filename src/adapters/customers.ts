import type { Clock, Customers } from '../ports.ts';
import { createCustomerEndpoint } from './customer-endpoint.ts';
import { createCustomerFile } from './customer-file.ts';

/** For a desk without customer records: every lookup is a true "no record". */
const noCustomers: Customers = { find: async () => undefined };

/** Customer records from wherever CUSTOMERS says: an address, a file, or nowhere. */
export function createCustomers(source: string | undefined, clock: Clock): Customers {
  if (source === undefined) return noCustomers;
  return /^https?:/i.test(source) ? createCustomerEndpoint(source, clock) : createCustomerFile(source);
}
