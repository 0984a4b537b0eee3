import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDelivery } from './delivery.ts';
import { createFaults } from './faults.ts';
import { createFrames } from './frames.ts';
import { createHttpDelivery } from './http-delivery.ts';
import { sendJson } from './http-io.ts';
import { createInteractions } from './interactions.ts';
import { joinFaults } from './local-faults.ts';
import { createModals } from './modals.ts';
import { createPerson, type Person } from './person.ts';
import { answerRequest } from './router.ts';
import { createSeed } from './seed.ts';
import { createSockets } from './sockets.ts';
import type { FindSource } from './source-page.ts';
import { createStatuses } from './statuses.ts';
import { createTickets } from './tickets.ts';
import type { Transport } from './transport.ts';
import type { Channel, Command, Json, Message, Suggestion, User } from './types.ts';
import { createWatch } from './watch.ts';
import { createWorkspace } from './workspace.ts';

export interface LocalServerOptions {
  /** 0 = any free port. */
  port?: number;
  suggestions?: Suggestion[];
  commands?: Command[];
  /** The one accepted token of its kind; unset = any that begins with `xoxb-` or `xapp-`. */
  botToken?: string;
  appToken?: string;
  /** Scopes the app was installed with and events it subscribed to, as in its manifest; unset = all. */
  scopes?: string[];
  botEvents?: string[];
  /** Delivers by signed HTTP requests instead of Socket Mode. */
  requestUrl?: string;
  signingSecret?: string;
  ackTimeoutMs?: number;
  httpRetryDelaysMs?: number[];
  triggerLifeMs?: number;
  /** Shows cited pages whose addresses lead nowhere, as those of a made-up help centre. */
  findSource?: FindSource;
  streamLifeMs?: number;
  nowMs?: () => number;
}

export type LocalServer = Awaited<ReturnType<typeof startLocalServer>>;

/** Slack's own figures; tests shorten them. */
const SLACK = {
  ackTimeoutMs: 3000,
  httpRetryDelaysMs: [0, 60_000, 300_000],
  triggerLifeMs: 3000,
  streamLifeMs: 300_000,
};

/** Starts the local workspace on 127.0.0.1: the whole of Slack a Bolt app needs, and people to talk to it. */
export async function startLocalServer(options: LocalServerOptions = {}) {
  const parts = createParts(options);
  const http = createServer((request, response) => {
    answerRequest(parts.router, request, response).catch((error: unknown) => {
      sendJson(response, 500, { ok: false, error: 'fatal_error', message: String(error) });
    });
  });
  parts.sockets.attach(http);
  const port = await listen(http, options.port ?? 0);
  parts.place.url = `http://127.0.0.1:${port}`;
  if (options.requestUrl) parts.deliverTo(options.requestUrl);
  return {
    url: parts.place.url,
    apiUrl: `${parts.place.url}/api/`,
    port,
    ...forTests(parts),
    async stop(): Promise<void> {
      parts.stop();
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
    },
  };
}

type Parts = ReturnType<typeof createParts>;

function createParts(options: LocalServerOptions) {
  const settings = { ...SLACK, signingSecret: 'local-signing-secret', nowMs: Date.now, ...options };
  const { nowMs, ackTimeoutMs } = settings;
  const seed = createSeed();
  const { suggestions = seed.suggestions, commands = seed.commands } = options;
  const workspace = createWorkspace(seed, nowMs);
  const frames = createFrames(nowMs);
  const faults = createFaults(nowMs);
  const place = { url: '' };
  const connections = new Set<(sockets: number) => void>();
  const onConnections = (count: number) => {
    for (const listener of connections) listener(count);
  };
  const sockets = createSockets({ frames, faults, ackTimeoutMs, onConnections });
  let transport: Transport = sockets.transport;
  const { botEvents, scopes } = options;
  const delivery = createDelivery({ workspace, faults, transport: () => transport, botEvents, scopes });
  const modals = createModals(workspace);
  const statuses = createStatuses(workspace);
  const tickets = createTickets(nowMs, settings.triggerLifeMs);
  const baseUrl = () => place.url;
  const interactions = createInteractions({ workspace, modals, tickets, delivery, commands, baseUrl });
  const as = (user: string): Person => createPerson({ workspace, interactions }, user);
  const newSocketUrl = () => `${place.url.replace('http', 'ws')}/socket?ticket=${sockets.issueTicket()}`;
  const context = { workspace, modals, tickets, statuses, faults, baseUrl, newSocketUrl, ...settings };
  const browser = {
    ...{ workspace, modals, frames, suggestions, commands, as, sockets: sockets.count },
    onConnections(listener: (count: number) => void) {
      connections.add(listener);
      return () => void connections.delete(listener);
    },
  };
  const api = { context, frames, faults, botToken: options.botToken, appToken: options.appToken };
  /** Nothing is on its way any more, to the bot or from it. */
  const isSettled = () => transport.pending() === 0 && frames.underWay() === 0;
  return {
    isSettled,
    ...{ workspace, frames, sockets, delivery, modals, statuses, as, place },
    faults: joinFaults(faults, sockets, delivery),
    router: { browser, api, tickets, findSource: options.findSource ?? (async () => undefined) },
    deliverTo(requestUrl: string) {
      const retryDelaysMs = settings.httpRetryDelaysMs;
      const { signingSecret } = settings;
      const http = createHttpDelivery({
        requestUrl,
        signingSecret,
        frames,
        faults,
        ackTimeoutMs,
        retryDelaysMs,
      });
      transport.stop();
      transport = http;
      return http;
    },
    stop() {
      transport.stop();
      sockets.transport.stop();
      statuses.stop();
    },
  };
}

/** The driver: people, what can be seen, and what a test may arrange. */
function forTests(parts: Parts) {
  const { workspace, frames, faults, modals, statuses, delivery, sockets, as, deliverTo } = parts;
  const waitFor = createWatch(workspace, frames);
  return {
    workspace,
    frames,
    faults,
    as,
    waitFor,
    /** Resolves when every delivery is acknowledged or given up and every call answered: a good moment to stop. */
    settled: (timeoutMs?: number) => waitFor(() => parts.isSettled(), timeoutMs),
    /** The whole thread, its parent first. */
    thread: (channel: string, ts: string): Message[] =>
      workspace
        .messagesIn(channel)
        .filter((one) => !one.ephemeralFor && (one.ts === ts || one.threadTs === ts)),
    messages: (channel: string): Message[] =>
      workspace.messagesIn(channel).filter((one) => !one.ephemeralFor),
    ephemerals: (user: string): Message[] =>
      workspace.exportAll().messages.filter((one) => one.ephemeralFor === user),
    home: (user: string) => workspace.homes.get(user),
    modal: (user: string) => modals.current(user),
    status: (channel: string, threadTs: string) => statuses.get(channel, threadTs),
    sockets: () => sockets.count(),
    addUser: (user: Partial<User> & { id: string }): User =>
      workspace.putUser({ ...newUser(user.id), ...user }),
    addChannel: (channel: Partial<Channel> & { id: string }): Channel =>
      workspace.addChannel({ ...newChannel(channel.id), ...channel }),
    join: (channel: string, user: string, inviter?: string) => workspace.join(channel, user, inviter),
    leave: (channel: string, user: string, actor?: string) => workspace.leave(channel, user, actor),
    /** An event the workspace has no cause for by itself: app_uninstalled, tokens_revoked, channel_id_changed… */
    sendEvent: (event: Json & { type: string }) => delivery.sendEvent(event),
    /** From now on delivers to a request URL on this machine; resolves to whether it answered the challenge. */
    deliverTo: (requestUrl: string): Promise<boolean> => deliverTo(requestUrl).verifyUrl(),
  };
}

function newUser(id: string): User {
  const name = id.replace(/^U0?/, '').toLowerCase();
  const names = { name, realName: name.charAt(0).toUpperCase() + name.slice(1), title: '', color: '#475569' };
  return { id, ...names, teamId: 'T0HOME', role: 'staff', isBot: false, isGuest: false };
}

function newChannel(id: string): Channel {
  const name = id.replace(/^C0?/, '').toLowerCase();
  return { id, name, topic: '', isPrivate: false, isExtShared: false, isIm: false, members: ['U0BOT'] };
}

function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', () => resolve((http.address() as AddressInfo).port));
  });
}
