import type { Person } from '../ports.ts';

export type Role = 'customer' | 'staff' | 'bot';

/**
 * Staff are full members of a home workspace. Everybody else who is not a bot is a customer: guests, people of
 * other workspaces, and whoever we cannot place, because the mistake that costs is trusting too much.
 */
export function roleOf(person: Person, homeTeams: readonly string[]): Role {
  if (person.isBot) return 'bot';
  return isStaff(person, homeTeams) ? 'staff' : 'customer';
}

export function isStaff(person: Person, homeTeams: readonly string[]): boolean {
  return (
    homeTeams.includes(person.teamId) &&
    !person.isBot &&
    !person.isGuest &&
    !person.isDeleted &&
    !person.isStranger
  );
}
