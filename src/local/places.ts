import type { NewMessage } from './messages.ts';
import { refuse } from './refused.ts';
import type { Seed } from './seed.ts';
import type { Change, Channel, Message, User } from './types.ts';

interface Deps {
  seed: Seed;
  announce: (change: Change) => void;
  post: (message: NewMessage) => Message;
}

const byId = <T extends { id: string }>(items: T[]) =>
  new Map<string, T>(items.map((item) => [item.id, item]));

/** Who is there and where they may talk: teams, people, channels, user groups, memberships. */
export function createPlaces({ seed, announce, post }: Deps) {
  const teams = byId(seed.teams);
  const users = byId(seed.users);
  const channels = byId(seed.channels);
  const userGroups = byId(seed.userGroups);
  const requireChannel = (id: string) => channels.get(id) ?? refuse('channel_not_found');

  function addChannel(channel: Channel): Channel {
    channels.set(channel.id, channel);
    announce({ type: 'channel', channel });
    return channel;
  }

  function join(channelId: string, user: string, inviter?: string): void {
    const channel = requireChannel(channelId);
    if (channel.members.includes(user)) return;
    channel.members.push(user);
    announce({ type: 'channel', channel });
    announce({ type: 'joined', channel, user, inviter });
    const text = `<@${user}> has joined the channel`;
    post({ channel: channelId, user, text, subtype: 'channel_join', inviter });
  }

  function leave(channelId: string, user: string, actor = user): void {
    const channel = requireChannel(channelId);
    channel.members = channel.members.filter((member) => member !== user);
    announce({ type: 'channel', channel });
    announce({ type: 'left', channel, user, actor });
  }

  function openDm(first: string, second: string): Channel {
    const isTheirs = (one: Channel) =>
      one.isIm && one.members.includes(first) && one.members.includes(second);
    const known = [...channels.values()].find(isTheirs);
    if (known) return known;
    const members = [first, second];
    const id = `D0${members.map((one) => one.replace(/^U0?/, '')).join('')}`;
    return addChannel({ id, name: '', topic: '', isPrivate: true, isExtShared: false, isIm: true, members });
  }

  function putUser(user: User): User {
    const isKnown = users.has(user.id);
    users.set(user.id, user);
    if (isKnown) announce({ type: 'user', user });
    return user;
  }

  return {
    teams,
    users,
    channels,
    userGroups,
    addChannel,
    join,
    leave,
    openDm,
    putUser,
    requireChannel,
    requireUser: (id: string) => users.get(id) ?? refuse('user_not_found'),
    homeTeam: () => [...teams.values()].find((team) => team.home) ?? refuse('team_not_found'),
    isMember: (channelId: string, user: string) => channels.get(channelId)?.members.includes(user) ?? false,
  };
}
