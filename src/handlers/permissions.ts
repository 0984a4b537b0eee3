import { VendorRefused } from '../errors.ts';
import { mayDecide, type Permission } from '../escalation/policy.ts';
import type { Person } from '../ports.ts';
import { readApprovers } from './approvers.ts';
import { type Desk, readHomeTeams } from './desk.ts';

/** Who may decide about an escalation right now, of those who were looked up. */
export interface Checked {
  permissions: ReadonlyMap<string, Permission>;
  /** A person whom Slack does not know is not in it. */
  people: ReadonlyMap<string, Person>;
}

export const NOBODY: Checked = { permissions: new Map(), people: new Map() };

/** Asks Slack afresh about people, list and channel; nothing here comes from memory. */
export async function checkPeople(desk: Desk, requester: string, users: readonly string[]): Promise<Checked> {
  const { directory, settings } = desk;
  const fresh = { fresh: true };
  const facts = {
    homeTeams: await readHomeTeams(desk),
    approvers: await readApprovers(desk),
    managerChannelMembers: new Set(await directory.members(settings.managerChannel, fresh)),
    managerChannel: await directory.channel(settings.managerChannel, fresh),
    requester,
  };
  const permissions = new Map<string, Permission>();
  const people = new Map<string, Person>();
  for (const user of new Set(users)) {
    const person = await findPerson(desk, user);
    if (person !== undefined) people.set(user, person);
    permissions.set(
      user,
      person === undefined ? { allowed: false, reason: 'unknown' } : mayDecide(person, facts),
    );
  }
  return { permissions, people };
}

async function findPerson(desk: Desk, user: string): Promise<Person | undefined> {
  try {
    return await desk.directory.person(user, { fresh: true });
  } catch (error) {
    if (error instanceof VendorRefused && error.retry === 'never') return undefined;
    throw error;
  }
}
