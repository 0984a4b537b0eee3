import type { ServerResponse } from 'node:http';
import type { BrowserDeps } from './browser-api.ts';
import type { Change, Message } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Keeps the connection alive through sleeping laptops and proxies. */
const HEARTBEAT_MS = 15_000;

export function seenBy(workspace: Workspace, viewer: string, message: Message): boolean {
  if (message.ephemeralFor) return message.ephemeralFor === viewer;
  return workspace.isMember(message.channel, viewer);
}

/** Server-sent events of one viewer, until the page goes away. */
export function openStream(deps: BrowserDeps, viewer: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': connected\n\n');
  const send = (name: string, body: unknown) => {
    response.write(`event: ${name}\ndata: ${JSON.stringify(body)}\n\n`);
  };
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  const stops = [
    deps.workspace.onChange((change) => tell(deps.workspace, viewer, change, send)),
    deps.frames.onFrame((frame) => send('frame', frame)),
    deps.onConnections((sockets) => send('connection', { sockets })),
  ];
  response.on('close', () => {
    clearInterval(heartbeat);
    for (const stop of stops) stop();
  });
}

type Send = (name: string, body: unknown) => void;

function tell(workspace: Workspace, viewer: string, change: Change, send: Send): void {
  switch (change.type) {
    case 'message-posted':
    case 'message-changed':
      if (seenBy(workspace, viewer, change.message)) send('message', { message: change.message });
      break;
    case 'reaction':
      if (seenBy(workspace, viewer, change.message)) send('message', { message: change.message });
      break;
    case 'message-deleted':
      if (seenBy(workspace, viewer, change.previous)) {
        send('removed', { channel: change.previous.channel, ts: change.previous.ts });
      }
      break;
    case 'channel':
      send('channel', { channel: change.channel });
      break;
    case 'home':
      send('home', { user: change.user, view: change.view });
      break;
    case 'modal':
      send('modal', { user: change.user, view: change.view });
      break;
    case 'status':
      if (workspace.isMember(change.channel, viewer)) {
        send('status', { channel: change.channel, threadTs: change.threadTs, text: change.text });
      }
      break;
  }
}
