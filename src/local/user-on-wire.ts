import type { Json, User } from './types.ts';

/** A person as users.info and user_change give them. */
export function userOnWire(user: User): Json {
  const [firstName = '', ...rest] = user.realName.split(' ');
  const names = {
    real_name: user.realName,
    display_name: user.name,
    first_name: firstName,
    last_name: rest.join(' '),
  };
  const isSingle = user.isSingleChannelGuest ?? false;
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.isDeleted ?? false,
    color: user.color.replace('#', ''),
    real_name: user.realName,
    tz: 'Europe/Berlin',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    profile: {
      ...names,
      title: user.title,
      team: user.teamId,
      ...(user.botId ? { bot_id: user.botId } : {}),
    },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isGuest,
    is_ultra_restricted: isSingle,
    is_bot: user.isBot,
    is_app_user: false,
    is_stranger: user.isStranger ?? false,
    updated: 1,
  };
}
