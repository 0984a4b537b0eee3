import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { Logger as SlackLogger } from '@slack/logger';
import { SocketModeClient } from '@slack/socket-mode';
import type { Logger } from '../log.ts';
import type { NewInboxItem } from '../store/inbox.ts';
import { toInboxItem } from './listeners/index.ts';
import { requireAccepted } from './require-accepted.ts';
import { toSlackLogger } from './slack-logger.ts';

export interface SlackConnection {
  /** Resolves when Slack can deliver. */
  start(): Promise<void>;
  stop(): Promise<void>;
  isConnected(): boolean;
  /** Takes Slack's requests on `/slack/events`; undefined in Socket Mode. */
  requestListener: RequestListener | undefined;
}

interface ConnectOptions {
  mode: 'socket' | 'http';
  botToken: string;
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  apiUrl?: string | undefined;
  log: Logger;
  /** Stores a delivery. Only when it resolves is Slack told that we have it. */
  put: (item: NewInboxItem) => Promise<void>;
}

const EVENTS_PATH = '/slack/events';

/** Connects the unmodified Bolt app: every delivery is stored first, acknowledged second, worked on third. */
export function connectSlack(options: ConnectOptions): SlackConnection {
  const logger = toSlackLogger(options.log);
  return options.mode === 'socket' ? connectSockets(options, logger) : connectHttp(options, logger);
}

/**
 * Two sockets, so that one is open while the other is refreshed: with one there are seconds in which Slack has
 * nowhere to deliver to.
 */
function connectSockets(options: ConnectOptions, logger: SlackLogger): SlackConnection {
  const appToken = options.appToken ?? '';
  // A fresh options object per client: the socket client writes its retry settings into the one it is given.
  const clientOptions = () => ({
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl }),
    retryConfig: { retries: 100, factor: 1.3 },
  });
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    installerOptions: { clientOptions: clientOptions() },
  });
  const deliver = storeBeforeAck(receiver, options.put);
  createApp(options, receiver, logger);
  const second = new SocketModeClient({ appToken, logger, clientOptions: clientOptions() });
  second.on('slack_event', ({ ack, body, retry_num: retryNum, retry_reason: retryReason }) => {
    deliver({ body, ack, retryNum, retryReason }).catch((error: unknown) =>
      options.log.error('a delivery could not be stored, so Slack was not told that we have it', {
        reason: String(error),
      }),
    );
  });
  const open = countOpen([receiver.client, second]);
  return {
    async start() {
      await requireAccepted('SLACK_APP_TOKEN', receiver.start());
      await second.start();
    },
    async stop() {
      await Promise.allSettled([receiver.stop(), second.disconnect()]);
    },
    isConnected: () => open() > 0,
    requestListener: undefined,
  };
}

function connectHttp(options: ConnectOptions, logger: SlackLogger): SlackConnection {
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret ?? '',
    endpoints: EVENTS_PATH,
    logger,
  });
  storeBeforeAck(receiver, options.put);
  createApp(options, receiver, logger);
  let listening = false;
  return {
    async start() {
      listening = true;
    },
    async stop() {
      listening = false;
    },
    isConnected: () => listening,
    requestListener: onlyPosts(receiver.requestListener),
  };
}

/** Bolt throws at any other request, outside of any handler: one visit by a browser would end the process. */
function onlyPosts(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (request.method === 'POST') return listener(request, response);
    response.writeHead(405, { allow: 'POST' }).end();
  };
}

/**
 * Bolt acknowledges events before any listener of ours runs, so storing in a listener would lose what arrives
 * while the process dies. Here the receiver stores first; when that fails, Slack is not told and delivers again.
 */
function storeBeforeAck(
  receiver: Receiver,
  put: ConnectOptions['put'],
): (event: ReceiverEvent) => Promise<void> {
  let deliver: (event: ReceiverEvent) => Promise<void> = async () => undefined;
  const init = receiver.init.bind(receiver);
  receiver.init = (app) => {
    deliver = async (event) => {
      const item = toInboxItem(event.body);
      if (item !== undefined) await put(item);
      await app.processEvent(event);
    };
    init({ processEvent: deliver } as unknown as App);
  };
  return (event) => deliver(event);
}

/** The work is done from the inbox, so all that is left to Bolt is to verify, route and acknowledge. */
function createApp(options: ConnectOptions, receiver: Receiver, logger: SlackLogger): void {
  const app = new App({
    // Given a token, Bolt asks Slack about it once, unawaited: a moment without an answer would end the process.
    authorize: async () => ({ botToken: options.botToken }),
    receiver,
    logger,
    clientOptions: {
      ...(options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl }),
      retryConfig: { retries: 0 },
    },
  });
  // One listener per kind: Bolt runs every one that matches, and a second acknowledgement is an error.
  app.command(/.*/, ({ ack }) => ack());
  app.action(/.*/, ({ ack }) => ack());
  app.error(async (error) => options.log.error('Bolt could not process a delivery', { error }));
}

function countOpen(clients: SocketModeClient[]): () => number {
  const open = new Set<SocketModeClient>();
  for (const client of clients) {
    client.on('connected', () => open.add(client));
    // Slack's client says that it reconnects only seconds after its socket has closed.
    client.on('close', () => open.delete(client));
    client.on('disconnected', () => open.delete(client));
  }
  return () => open.size;
}
