import { scopeOfSubscription, subscriptionOf, wrapEvent } from './event-envelope.ts';
import { type InnerEvent, readEvents } from './events.ts';
import type { FaultScript } from './faults.ts';
import type { Answer, RequestKind, Transport } from './transport.ts';
import type { Json } from './types.ts';
import type { Workspace } from './workspace.ts';

interface Deps {
  workspace: Workspace;
  faults: FaultScript;
  transport: () => Transport;
  /** The manifest's `bot_events`; unset = every event the workspace knows. */
  botEvents?: string[];
  scopes?: string[];
}

export interface Delivery {
  /** Sends an event the workspace itself has no cause for, such as app_uninstalled. */
  sendEvent(event: Json & { type: string }): void;
  /** Sends the newest event once more, as if its acknowledgement had been lost. */
  redeliverLast(): void;
  request(kind: RequestKind, name: string, payload: Json): Promise<Answer>;
}

/** Turns changes of the workspace into events for the bot and lets the fault script spoil their delivery. */
export function createDelivery(deps: Deps): Delivery {
  const { workspace, faults, transport } = deps;
  let last: { name: string; payload: Json } | undefined;

  function deliver(event: InnerEvent): void {
    if (!isSubscribed(deps, event) || faults.takeLoss(event.type)) return;
    const payload = wrapEvent(event, workspace);
    last = { name: event.type, payload };
    const times = faults.takeDuplicate(event.type) ? 2 : 1;
    const send = () => {
      for (let n = 0; n < times; n += 1) transport().sendEvent(event.type, payload);
    };
    if (!faults.hold(send)) send();
  }

  workspace.onChange((change) => {
    for (const event of readEvents(workspace, change)) deliver(event);
  });

  return {
    sendEvent: (event) => deliver({ event_ts: workspace.nextTs(), ...event }),
    redeliverLast() {
      if (last) transport().sendEvent(last.name, last.payload);
    },
    request: (kind, name, payload) => transport().request(kind, name, payload),
  };
}

function isSubscribed({ workspace, botEvents, scopes }: Deps, event: InnerEvent): boolean {
  const name = subscriptionOf(event, workspace);
  const scope = scopeOfSubscription(name);
  const isAllowed = !scopes || !scope || scopes.includes(scope);
  return isAllowed && (!botEvents || botEvents.includes(name));
}
