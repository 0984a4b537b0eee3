import type { Config } from '../../src/config.ts';
import { isStaff } from '../../src/conversation/people.ts';
import type { Directory, Person } from '../../src/ports.ts';
import { type Finding, failed, failure, ok } from './finding.ts';

interface Facts {
  directory: Directory;
  homeTeams: string[];
  managerMembers: Set<string>;
}

/** Whoever is to approve can: exists, is a full member of a home workspace, and is in the manager channel. */
export async function* checkApprovers(
  slack: Config['slack'],
  given: Omit<Facts, 'managerMembers'>,
): AsyncGenerator<Finding> {
  let managerMembers: Set<string>;
  try {
    managerMembers = new Set(await given.directory.members(slack.managerChannel));
  } catch (error) {
    yield failure('approvers', error);
    return;
  }
  const facts = { ...given, managerMembers };
  if (slack.approvers.length === 0) yield await checkEverybody(facts);
  for (const id of slack.approvers) {
    const check = `approver ${id}`;
    try {
      yield id.startsWith('S') ? await checkGroup(check, id, facts) : await checkPerson(check, id, facts);
    } catch (error) {
      yield failure(check, error);
    }
  }
}

async function checkPerson(check: string, id: string, facts: Facts): Promise<Finding> {
  const person = await facts.directory.person(id);
  const obstacle = obstacleOf(person, facts);
  return obstacle === undefined
    ? ok(check, person.name)
    : failed(check, `${person.name} ${obstacle.is}`, obstacle.remedy);
}

async function checkGroup(check: string, id: string, facts: Facts): Promise<Finding> {
  const people = await readPeople(await facts.directory.group(id), facts);
  const able = people.filter((person) => obstacleOf(person, facts) === undefined);
  if (able.length > 0)
    return ok(check, `${able.length} of ${people.length} members can decide: ${namesOf(able)}`);
  const why =
    people.map((person) => `${person.name} ${obstacleOf(person, facts)?.is}`).join('; ') || 'it is empty';
  return failed(check, `nobody of the group can decide: ${why}`, 'change the group, or name other approvers');
}

/** Without a list, every full staff member of the manager channel may decide. */
async function checkEverybody(facts: Facts): Promise<Finding> {
  try {
    const people = await readPeople([...facts.managerMembers], facts);
    const able = people.filter((person) => obstacleOf(person, facts) === undefined);
    if (able.length > 0) return ok('approvers', `staff in the manager channel: ${namesOf(able)}`);
    return failed(
      'approvers',
      'nobody in the manager channel is staff',
      'invite a manager to it, or set APPROVERS',
    );
  } catch (error) {
    return failure('approvers', error);
  }
}

function readPeople(ids: string[], { directory }: Facts): Promise<Person[]> {
  return Promise.all(ids.map((id) => directory.person(id)));
}

const MOST_NAMES = 5;

function namesOf(people: Person[]): string {
  const names = people.slice(0, MOST_NAMES).map((person) => person.name);
  const rest = people.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}

function obstacleOf(person: Person, facts: Facts): { is: string; remedy: string } | undefined {
  const other = 'take this id out of APPROVERS and name a full member of your workspace';
  if (person.isDeleted) return { is: 'is deactivated', remedy: other };
  if (person.isBot) return { is: 'is an app', remedy: other };
  if (person.isGuest) return { is: 'is a guest', remedy: other };
  if (!isStaff(person, facts.homeTeams)) {
    const remedy = `${other}, or add ${person.teamId} to HOME_TEAMS if it is your own`;
    return { is: `belongs to the workspace ${person.teamId}`, remedy };
  }
  if (facts.managerMembers.has(person.id)) return undefined;
  return { is: 'is not in the manager channel', remedy: 'invite this person to the manager channel' };
}
