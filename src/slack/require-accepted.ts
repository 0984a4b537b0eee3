import { ConfigError, VendorRefused } from '../errors.ts';
import { toSlackError } from './api.ts';

/**
 * What Slack refuses for good at the start is a matter of settings: the operator is told of which one, and what to
 * do. Anything else is thrown as it is.
 */
export async function requireAccepted<T>(
  setting: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN',
  call: Promise<T>,
): Promise<T> {
  try {
    return await call;
  } catch (thrown) {
    const error = toSlackError(thrown);
    if (!(error instanceof VendorRefused) || error.retry === 'later') throw error;
    throw new ConfigError([
      `${setting}: Slack refuses it (${error.reason}); copy it anew from https://api.slack.com/apps → your app, and run "npm run check"`,
    ]);
  }
}
