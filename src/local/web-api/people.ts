import { domainOf } from '../interactions.ts';
import { refuse } from '../refused.ts';
import type { Json } from '../types.ts';
import { userOnWire } from '../user-on-wire.ts';
import { type Arguments, paginate } from './arguments.ts';
import type { ApiContext, Method } from './method.ts';

export const peopleMethods: Record<string, Method> = {
  'users.info': { scope: 'users:read', run: userInfo },
  'users.list': { scope: 'users:read', run: userList },
  'usergroups.list': { scope: 'usergroups:read', run: userGroupList },
  'usergroups.users.list': { scope: 'usergroups:read', run: userGroupUsers },
  'team.info': { scope: 'team:read', run: teamInfo },
};

function userInfo(args: Arguments, { workspace }: ApiContext): Json {
  return { user: userOnWire(workspace.requireUser(args.requireText('user', 'user_not_found'))) };
}

/** People of other workspaces are not in the list of ours; only users.info knows them. */
function userList(args: Arguments, { workspace }: ApiContext): Json {
  const home = workspace.homeTeam().id;
  const { page, next } = paginate(
    [...workspace.users.values()].filter((user) => user.teamId === home),
    args,
    200,
  );
  return { members: page.map(userOnWire), cache_ts: 1, response_metadata: { next_cursor: next } };
}

function userGroupList(args: Arguments, { workspace }: ApiContext): Json {
  const withUsers = args.flag('include_users');
  const groups = [...workspace.userGroups.values()].map(({ users, ...group }) => ({
    ...group,
    team_id: workspace.homeTeam().id,
    is_usergroup: true,
    is_external: false,
    date_delete: 0,
    user_count: users.length,
    ...(withUsers ? { users } : {}),
  }));
  return { usergroups: groups };
}

function userGroupUsers(args: Arguments, { workspace }: ApiContext): Json {
  const group = workspace.userGroups.get(args.requireText('usergroup')) ?? refuse('no_such_subteam');
  return { users: group.users };
}

function teamInfo(args: Arguments, { workspace }: ApiContext): Json {
  const home = workspace.homeTeam();
  const team = workspace.teams.get(args.text('team') ?? home.id) ?? refuse('team_not_found');
  const domain = team.home ? domainOf(workspace) : team.name.toLowerCase().replace(/\W+/g, '-');
  return { team: { id: team.id, name: team.name, domain, email_domain: '', icon: {} } };
}
