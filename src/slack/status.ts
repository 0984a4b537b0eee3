import type { Logger } from '../log.ts';
import type { SlackApi } from './api.ts';

/** Shows in the thread that an answer is being worked on. Slack takes it away with the reply, or after two minutes. */
export type ShowStatus = (channel: string, threadTs: string) => void;

export function createStatus(call: SlackApi, log: Logger): ShowStatus {
  return (channel, threadTs) => {
    const status = 'is looking it up …';
    call((slack) =>
      slack.apiCall('assistant.threads.setStatus', { channel_id: channel, thread_ts: threadTs, status }),
    ).catch((error: unknown) =>
      // A nicety: the answer comes all the same.
      log.debug('the status could not be shown', { reason: String(error) }),
    );
  };
}
