import type { BotJoined } from '../conversation/events.ts';
import { enqueue } from '../store/outbox.ts';
import type { Handler } from '../worker.ts';
import type { Desk } from './desk.ts';

/** Staff learn what the bot will do in a channel it was added to; the channel itself is not bothered. */
export function createJoinedHandler(desk: Desk): Handler {
  return {
    async handle(item) {
      const { channel } = JSON.parse(item.body) as BotJoined;
      const { name } = await desk.directory.channel(channel, { fresh: true });
      const text = describe(desk, channel, name);
      if (text === undefined) return { commit: async () => undefined };
      return {
        commit: (db) =>
          enqueue(
            db,
            {
              key: `joined:${item.key}`,
              target: { to: 'channel', channel: desk.settings.staffChannel },
              content: { kind: 'line', text },
            },
            { newId: desk.newId, now: desk.clock.now() },
          ),
      };
    },
  };
}

function describe(desk: Desk, channel: string, name: string): string | undefined {
  const { customerChannels, managerChannel, staffChannel, defaultMode } = desk.settings;
  if (channel === managerChannel || channel === staffChannel) return undefined;
  if (customerChannels !== '*' && !customerChannels.includes(channel)) {
    return `I was added to #${name}, which is not in CUSTOMER_CHANNELS, so I stay silent there. Add ${channel} to the setting and restart me if I should answer.`;
  }
  const mode = {
    answer: 'I answer questions there',
    mention: 'I answer there when I am mentioned',
    off: 'I stay silent there (DEFAULT_MODE=off)',
  };
  return `I was added to #${name}. ${mode[defaultMode]}.`;
}
