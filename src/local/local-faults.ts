import type { Delivery } from './delivery.ts';
import type { FaultScript } from './faults.ts';
import type { Sockets } from './sockets.ts';

/** The fault script together with the faults that act at once on connections. */
export function joinFaults(script: FaultScript, sockets: Sockets, delivery: Delivery) {
  return {
    ...script,
    /** Slack asks every socket to come back, as it does every few hours. */
    disconnectAll: () => sockets.refresh('refresh_requested'),
    /** One socket has to come back while the others stay, which is how Slack does it when there are several. */
    disconnectOne: () => sockets.refresh('refresh_requested', 1),
    /** Sends another kind of disconnect frame: a warning, or the app's Socket Mode being switched off. */
    announceDisconnect: (reason: 'warning' | 'link_disabled') => sockets.refresh(reason),
    /** Every socket breaks without a word. */
    severAll: () => sockets.sever(),
    redeliverLast: () => delivery.redeliverLast(),
  };
}
