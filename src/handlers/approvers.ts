import type { Desk } from './desk.ts';

/** The approver list with its user groups resolved; undefined when every member of the channel may decide. */
export async function readApprovers(desk: Desk): Promise<ReadonlySet<string> | undefined> {
  const { approvers } = desk.settings;
  if (approvers.length === 0) return undefined;
  const groups = approvers.filter((id) => id.startsWith('S'));
  const members = await Promise.all(groups.map((group) => desk.directory.group(group)));
  return new Set([...approvers.filter((id) => !id.startsWith('S')), ...members.flat()]);
}
