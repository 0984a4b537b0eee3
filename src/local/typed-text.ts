import type { Workspace } from './workspace.ts';

const BROADCASTS = new Set(['here', 'channel', 'everyone']);
const escapeTyped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/**
 * What Slack makes of text a person typed into the composer: the three reserved characters are escaped, `@Name` and
 * `#channel` become references, addresses become links. A hand-typed `<@U…>` stays plain text, as in Slack.
 */
export function readTypedText(typed: string, workspace: Workspace): string {
  return escapeTyped(typed)
    .replace(/https?:\/\/[^\s<>|]+[^\s<>|.,;:!?'")\]]/g, (url) => `<${url}>`)
    .replace(/(^|[^\w<@/])#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = [...workspace.channels.values()].find((one) => one.name === name.toLowerCase());
      return channel ? `${before}<#${channel.id}|${channel.name}>` : whole;
    })
    .replace(/(^|[^\w<@/])(?<!&lt;)@(?=\w)/g, `$1${MARK}`)
    .split(MARK)
    .map((piece, index) => (index === 0 ? piece : mention(piece, workspace)))
    .join('');
}

const MARK = '\u0000';

function mention(piece: string, workspace: Workspace): string {
  const lower = piece.toLowerCase();
  for (const [name, reference] of namesByLength(workspace)) {
    if (lower.startsWith(name) && !/^[\w-]/.test(piece.slice(name.length))) {
      return reference + piece.slice(name.length);
    }
  }
  return `@${piece}`;
}

/** Longest first, so that "@Sam Okafor" is not read as "@Sam" with " Okafor" behind it. */
function namesByLength(workspace: Workspace): [string, string][] {
  const names: [string, string][] = [...BROADCASTS].map((name) => [name, `<!${name}>`]);
  for (const group of workspace.userGroups.values()) names.push([group.handle, `<!subteam^${group.id}>`]);
  for (const user of workspace.users.values()) {
    const firstName = user.realName.split(' ')[0] ?? user.name;
    for (const name of [user.realName, user.name, firstName, user.id]) names.push([name, `<@${user.id}>`]);
  }
  return names
    .map(([name, reference]): [string, string] => [name.toLowerCase(), reference])
    .sort((a, b) => b[0].length - a[0].length);
}
