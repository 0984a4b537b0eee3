import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { LocalServer } from '../../src/local/server.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {} };
const logger = { ...quiet, getLevel: () => LogLevel.ERROR };

/**
 * The unmodified Bolt app in Socket Mode against the local workspace; the caller starts and stops it. Bolt does not wait
 * for its check of the token, which would still be under way when a short test ends, so it is off.
 */
export function createSocketApp(server: LocalServer): App {
  return new App({
    token: 'xoxb-local-test',
    appToken: 'xapp-local-test',
    socketMode: true,
    tokenVerificationEnabled: false,
    logger,
    clientOptions: { slackApiUrl: server.apiUrl, retryConfig: { retries: 0 } },
  });
}

/** The same over signed HTTP requests. */
export function createHttpApp(
  server: LocalServer,
  signingSecret: string,
): { app: App; receiver: HTTPReceiver } {
  const receiver = new HTTPReceiver({ signingSecret, logger });
  const clientOptions = { slackApiUrl: server.apiUrl, retryConfig: { retries: 0 } };
  const options = {
    token: 'xoxb-local-test',
    tokenVerificationEnabled: false,
    receiver,
    logger,
    clientOptions,
  };
  return { app: new App(options), receiver };
}

export const quietLogger = logger;
