const LONGEST_LIST = 7;

/** The word being typed that could be completed: a command at the very start, or a mention before the caret. */
export function findOpenWord(text, caret, { inThread }) {
  const before = text.slice(0, caret);
  const command = /^\/[\w-]*$/.exec(before);
  if (command && !inThread) return { kind: 'command', from: 0, word: command[0] };
  const mention = /(?:^|[\s(])@([\p{L}\p{N}_.-]*(?: [\p{L}]*)?)$/u.exec(before);
  if (!mention) return undefined;
  return { kind: 'mention', from: caret - mention[1].length - 1, word: mention[1] };
}

/** What could stand there: `{ insert, title, note, user? }`, best first. */
export function completionsFor(open, { users, commands, viewer, channel }) {
  if (!open) return [];
  const word = open.word.toLowerCase();
  if (open.kind === 'command') {
    return commands
      .filter(({ command }) => command.startsWith(word))
      .map(({ command, usage }) => ({ insert: `${command} `, title: command, note: usage }));
  }
  return Object.values(users)
    .filter((user) => user.id !== viewer && isNamed(user, word))
    .sort((a, b) => rank(b, channel) - rank(a, channel))
    .slice(0, LONGEST_LIST)
    .map((user) => {
      const note = channel?.members.includes(user.id) ? user.title : `${user.title} · not in this channel`;
      return { insert: `@${user.realName} `, title: user.realName, note, user };
    });
}

const isNamed = ({ name, realName }, word) =>
  [name, realName, ...realName.split(' ')].some((one) => one.toLowerCase().startsWith(word));

const rank = (user, channel) =>
  (channel?.members.includes(user.id) ? 4 : 0) + (user.role === 'bot' && user.name === 'countersign' ? 2 : 0);
