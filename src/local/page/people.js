export const initialsOf = (user) =>
  (user.realName || user.name || '?')
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();

export const firstNameOf = (user) => user.realName.split(/\s+/)[0];

const DUTIES = {
  customer: 'Asks questions and demands refunds. Cannot approve or run /reindex.',
  guest: 'A guest of the home workspace: treated as a customer.',
  staff: 'Takes over threads and runs /reindex. Cannot approve refunds.',
  manager: 'Approves or denies refunds, takes over threads, runs /reindex.',
  bot: 'A program.',
};

/** What this person may do, in one line. */
export const dutyOf = (user) => DUTIES[user.role] ?? '';

const ROLES = { customer: 'Customer', guest: 'Guest', staff: 'Staff', manager: 'Manager', bot: 'App' };
export const roleNameOf = (user) => ROLES[user.role] ?? user.role;

/** People one can act as, grouped by company, the customers' companies first. */
export function groupByCompany(users, teams) {
  const people = Object.values(users).filter((user) => !user.isBot);
  return [...teams]
    .sort((a, b) => Number(a.home) - Number(b.home))
    .map((team) => ({ team, people: people.filter((user) => user.teamId === team.id) }))
    .filter((group) => group.people.length > 0);
}

/** The company to show beside a name: only of people from elsewhere, as Slack does. */
export function foreignCompanyOf(user, viewer, teams) {
  if (!user || !viewer || user.isBot || user.teamId === viewer.teamId) return '';
  return teams.find((team) => team.id === user.teamId)?.name ?? '';
}

/** A colour of the workspace as CSS, and black or white, whichever reads better on it. */
export function coloursOf(user) {
  const hex = /^#?([0-9a-f]{6})$/i.exec(user.color ?? '')?.[1] ?? '5b6770';
  const [red, green, blue] = [0, 2, 4].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return { background: `#${hex}`, color: luminance > 0.179 ? '#10161a' : '#ffffff' };
}

const linear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

export const nameOfDm = (channel, viewer, users) => {
  const others = channel.members.filter((id) => id !== viewer);
  return others.map((id) => users[id]?.realName ?? id).join(', ') || channel.name;
};
