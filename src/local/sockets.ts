import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FaultScript } from './faults.ts';
import type { Frames } from './frames.ts';
import { BOT } from './seed.ts';
import type { Answer, RequestKind, Transport } from './transport.ts';
import type { Json } from './types.ts';

interface Deps {
  frames: Frames;
  faults: FaultScript;
  /** Slack waits 3 seconds for an acknowledgement. */
  ackTimeoutMs: number;
  onConnections: (sockets: number) => void;
}

interface Delivery {
  type: 'events_api' | RequestKind;
  name: string;
  payload: Json;
  attempt: number;
  isSettled: boolean;
  settle: (answer: Answer) => void;
}

/** Slack accepts ten sockets of one app at a time. */
const MOST_SOCKETS = 10;
const MOST_RETRIES = 3;
/** The client gives up when it hears no ping for 30 seconds. */
const PING_MS = 10_000;

export type Sockets = ReturnType<typeof createSockets>;

/** Socket Mode: tickets, several sockets, one socket per envelope, acknowledgements and redelivery. */
export function createSockets(deps: Deps) {
  const state: State = {
    ...deps,
    tickets: new Set(),
    open: [],
    turn: 0,
    leaving: new WeakSet(),
    pending: new Map(),
    unsettled: new Set(),
    timers: new Set(),
  };
  const server = new WebSocketServer({ noServer: true });
  const ping = setInterval(() => {
    for (const socket of state.open) socket.ping();
  }, PING_MS);
  ping.unref();

  const transport: Transport = {
    sendEvent: (name, payload) => send(state, newDelivery('events_api', name, payload)),
    request: (type, name, payload) =>
      new Promise((resolve) => send(state, { ...newDelivery(type, name, payload), settle: resolve })),
    pending: () => state.unsettled.size,
    stop() {
      clearInterval(ping);
      for (const timer of state.timers) clearTimeout(timer);
      for (const socket of state.open) socket.terminate();
      server.close();
    },
  };

  return {
    transport,
    issueTicket(): string {
      const ticket = randomUUID();
      state.tickets.add(ticket);
      return ticket;
    },
    attach(http: Server): void {
      http.on('upgrade', (request: IncomingMessage, stream, head) => {
        if (!useTicket(state, request)) return void stream.destroy();
        server.handleUpgrade(request, stream, head, (socket) => welcome(state, socket));
      });
    },
    count: () => state.open.length,
    /** Sends the disconnect frame; the client closes and comes back. `warning` comes before a refresh in Slack. */
    refresh(reason: 'warning' | 'refresh_requested' | 'link_disabled', atMost = MOST_SOCKETS): void {
      for (const socket of readySockets(state).slice(0, atMost)) disconnect(state, socket, reason);
    },
    /** Breaks the connections without a word, as a network failure does. */
    sever(): void {
      for (const socket of [...state.open]) socket.terminate();
    },
  };
}

interface State extends Deps {
  tickets: Set<string>;
  open: WebSocket[];
  turn: number;
  leaving: WeakSet<WebSocket>;
  pending: Map<string, Delivery>;
  unsettled: Set<Delivery>;
  timers: Set<NodeJS.Timeout>;
}

function newDelivery(type: Delivery['type'], name: string, payload: Json): Delivery {
  return { type, name, payload, attempt: 0, isSettled: false, settle: () => {} };
}

/** A ticket opens one socket: the address of apps.connections.open cannot be used twice. */
function useTicket(state: State, request: IncomingMessage): boolean {
  const url = new URL(request.url ?? '/', 'ws://local');
  return url.pathname === '/socket' && state.tickets.delete(url.searchParams.get('ticket') ?? '');
}

function welcome(state: State, socket: WebSocket): void {
  state.open.push(socket);
  socket.on('message', (data) => onAck(state, String(data)));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    state.open = state.open.filter((one) => one !== socket);
    state.onConnections(state.open.length);
  });
  const hello = {
    type: 'hello',
    num_connections: state.open.length,
    debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
    connection_info: { app_id: BOT.appId },
  };
  emit(state, socket, 'hello', hello);
  state.onConnections(state.open.length);
  if (state.open.length > MOST_SOCKETS) disconnect(state, socket, 'too_many_websockets');
}

/** Slack sends nothing more to a socket it asked to come back. */
function readySockets({ open, leaving }: State): WebSocket[] {
  return open.filter((socket) => socket.readyState === socket.OPEN && !leaving.has(socket));
}

function disconnect(state: State, socket: WebSocket, reason: string): void {
  if (reason !== 'warning') state.leaving.add(socket);
  emit(state, socket, 'disconnect', { type: 'disconnect', reason, debug_info: { host: 'local' } });
}

function emit(state: State, socket: WebSocket, name: string, body: Json): void {
  state.frames.note('to-bot', 'socket', name, body);
  socket.send(JSON.stringify(body));
}

/** Each envelope goes to one of the sockets, in turn: nobody may rely on which. */
function send(state: State, delivery: Delivery): void {
  state.unsettled.add(delivery);
  const ready = readySockets(state);
  const socket = ready[state.turn++ % Math.max(ready.length, 1)];
  if (socket) {
    const envelopeId = randomUUID();
    state.pending.set(envelopeId, delivery);
    emit(state, socket, delivery.name, envelope(envelopeId, delivery));
  } else if (delivery.type !== 'events_api') {
    settle(state, delivery, { acked: false, reason: 'not connected' });
    return;
  }
  const timer = setTimeout(() => {
    state.timers.delete(timer);
    onSilence(state, delivery);
  }, state.ackTimeoutMs);
  state.timers.add(timer);
}

function envelope(envelopeId: string, { type, payload, attempt }: Delivery): Json {
  const frame = { envelope_id: envelopeId, payload, type, accepts_response_payload: type !== 'events_api' };
  if (type !== 'events_api') return frame;
  return { ...frame, retry_attempt: attempt, retry_reason: attempt > 0 ? 'timeout' : '' };
}

function onSilence(state: State, delivery: Delivery): void {
  if (delivery.isSettled) return;
  if (delivery.type !== 'events_api') {
    settle(state, delivery, { acked: false, reason: 'timeout' });
  } else if (delivery.attempt < MOST_RETRIES) {
    delivery.attempt += 1;
    send(state, delivery);
  } else {
    state.unsettled.delete(delivery);
  }
}

function onAck(state: State, text: string): void {
  const ack = JSON.parse(text) as { envelope_id?: string; payload?: Json };
  const delivery = state.pending.get(ack.envelope_id ?? '');
  const frame = state.frames.note('from-bot', 'socket', 'ack', ack);
  if (!delivery) return;
  if (state.faults.takeAckDrop(delivery.name)) {
    state.frames.done(frame, { lost: true });
    return;
  }
  state.pending.delete(ack.envelope_id ?? '');
  settle(state, delivery, { acked: true, payload: ack.payload ?? {} });
}

function settle(state: State, delivery: Delivery, answer: Answer): void {
  if (delivery.isSettled) return;
  delivery.isSettled = true;
  state.unsettled.delete(delivery);
  delivery.settle(answer);
}
