import type { Channel, Command, Suggestion, Team, User, UserGroup } from './types.ts';

export interface Seed {
  teams: Team[];
  users: User[];
  channels: Channel[];
  userGroups: UserGroup[];
  suggestions: Suggestion[];
  commands: Command[];
}

export const BOT = { userId: 'U0BOT', botId: 'B0BOT', appId: 'A0LOCAL', name: 'countersign' } as const;

const teams: Team[] = [
  { id: 'T0HOME', name: 'Northbeam', home: true },
  { id: 'T0ACME', name: 'Acme Robotics', home: false },
  { id: 'T0GLOBEX', name: 'Globex Health', home: false },
];

type Person = Pick<User, 'id' | 'name' | 'realName' | 'title' | 'teamId' | 'role' | 'color'>;

const people: Person[] = [
  person('U0MAYA', 'maya', 'Maya Lindqvist', 'Head of Support', 'T0HOME', 'manager', '#7c3aed'),
  person('U0OMAR', 'omar', 'Omar Haddad', 'Finance Lead', 'T0HOME', 'manager', '#0f766e'),
  person('U0SAM', 'sam', 'Sam Okafor', 'Support Engineer', 'T0HOME', 'staff', '#b45309'),
  person('U0GUEST', 'gil', 'Gil Ferrer', 'Contractor', 'T0HOME', 'guest', '#64748b'),
  person('U0ALICE', 'alice', 'Alice Moreau', 'Operations at Acme', 'T0ACME', 'customer', '#be123c'),
  person('U0ARUN', 'arun', 'Arun Patel', 'Engineer at Acme', 'T0ACME', 'customer', '#1d4ed8'),
  person('U0BEA', 'bea', 'Bea Novak', 'Analyst at Globex', 'T0GLOBEX', 'customer', '#15803d'),
];

const bots: User[] = [
  {
    ...person('U0BOT', BOT.name, 'Countersign', 'Support agent', 'T0HOME', 'bot', '#334155'),
    isBot: true,
    isGuest: false,
    botId: BOT.botId,
  },
  {
    ...person('U0CIBOT', 'deploybot', 'Deploybot', 'Release notices', 'T0HOME', 'bot', '#475569'),
    isBot: true,
    isGuest: false,
    botId: 'B0CIBOT',
  },
];

function person(
  id: string,
  name: string,
  realName: string,
  title: string,
  teamId: string,
  role: User['role'],
  color: string,
): Person {
  return { id, name, realName, title, teamId, role, color };
}

function place(
  id: string,
  name: string,
  topic: string,
  members: string,
  more: Partial<Channel> = {},
): Channel {
  const ids = members.split(' ').map((member) => `U0${member}`);
  return { id, name, topic, isPrivate: false, isExtShared: false, isIm: false, members: ids, ...more };
}

const channels: Channel[] = [
  place(
    'C0ACME',
    'ext-acme-tidemark',
    'Acme Robotics and Northbeam, about Tidemark',
    'ALICE ARUN SAM MAYA GUEST BOT',
    {
      isExtShared: true,
    },
  ),
  place('C0GLOBEX', 'ext-globex-tidemark', 'Globex Health and Northbeam, about Tidemark', 'BEA SAM BOT', {
    isExtShared: true,
  }),
  place(
    'C0MANAGERS',
    'refund-approvals',
    'Refunds and credits wait here for a decision',
    'MAYA OMAR SAM GUEST CIBOT BOT',
    {
      isPrivate: true,
    },
  ),
  place('C0GENERAL', 'general', 'Everybody at Northbeam', 'MAYA OMAR SAM'),
];

const suggestions: Suggestion[] = [
  {
    as: 'U0ALICE',
    channel: 'C0ACME',
    text: 'How do I invite a colleague, and how long does the invitation work?',
    shows: 'A how-to question gets an answer in the thread with its sources.',
  },
  {
    as: 'U0ALICE',
    channel: 'C0ACME',
    text: 'Can we switch from monthly to yearly billing, and what would a Team seat cost then?',
    shows: 'A billing question answered from the help pages, not from memory.',
  },
  {
    as: 'U0ARUN',
    channel: 'C0ACME',
    text: 'How many API requests per minute may we send on the Business plan?',
    shows: 'A figure is quoted word for word from its source.',
  },
  {
    as: 'U0BEA',
    channel: 'C0GLOBEX',
    text: 'Our nightly sync stops with TM-4091. What does that mean, and may we try again?',
    shows: 'An error code is looked up exactly.',
  },
  {
    as: 'U0ALICE',
    channel: 'C0ACME',
    text: 'We were charged twice for June. Please refund the second payment of $480.',
    shows: 'A refund demand is promised nothing and goes to a manager.',
  },
  {
    as: 'U0BEA',
    channel: 'C0GLOBEX',
    text: 'Which restaurant near your office is good for a team dinner?',
    shows: 'Off the subject: one reply that says so, nothing invented.',
  },
  {
    as: 'U0ARUN',
    channel: 'C0ACME',
    text: 'Thanks, that helped!',
    shows: 'Thanks need no answer: it stays quiet.',
  },
  { as: 'U0SAM', channel: 'C0MANAGERS', text: '/reindex', shows: 'Staff re-read the knowledge base.' },
];

const commands: Command[] = [{ command: '/reindex', usage: 'read the knowledge base again' }];

/** The people and places every test relies on; a fresh copy each time. */
export function createSeed(): Seed {
  const users = [
    ...people.map((one): User => ({ ...one, isBot: false, isGuest: one.role === 'guest' })),
    ...bots,
  ];
  const userGroups = [
    { id: 'S0APPROVERS', handle: 'refund-approvers', name: 'Refund approvers', users: ['U0MAYA', 'U0OMAR'] },
  ];
  return structuredClone({ teams, users, channels, userGroups, suggestions, commands });
}
