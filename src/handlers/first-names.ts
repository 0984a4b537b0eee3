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
  const people = await Promise.all(others.map((id) => desk.directory.person(id)));
  return new Set(people.map((person) => person.firstName.toLowerCase()).filter((name) => name.length > 1));
}
