import { VendorRefused } from '../errors.ts';
import type { Desk } from './desk.ts';

/** In a larger channel a first name is no address, and looking everybody up would outlast Slack's limits. */
const MAX_MEMBERS = 60;

/** Lower-case first names of the people a message in this channel could be meant for. */
export async function readFirstNames(
  desk: Desk,
  channel: string,
  author: string,
): Promise<ReadonlySet<string>> {
  const self = await desk.directory.self();
  const members = await desk.directory.members(channel);
  if (members.length > MAX_MEMBERS) return new Set();
  const others = members.filter((id) => id !== author && id !== self.userId);
  const names = await Promise.all(others.map((id) => readFirstName(desk, id)));
  return new Set(names.map((name) => name.toLowerCase()).filter((name) => name.length > 1));
}

/** Slack does not show everybody to every app; one member it hides must not cost the customer the answer. */
async function readFirstName(desk: Desk, id: string): Promise<string> {
  try {
    return (await desk.directory.person(id)).firstName;
  } catch (error) {
    if (error instanceof VendorRefused && error.retry === 'never') return '';
    throw error;
  }
}
