import type { FaultName } from './faults.ts';
import type { Block, MessagesRequest, WireUsage } from './wire.ts';

/** What the double says to one request. What is left out is what a healthy server with the scripted model sends. */
export interface Reply {
  /** An object the model says as JSON, in the way the mode and the request allow. */
  answer?: unknown;
  /** Exactly this text, whatever was asked for. */
  text?: string;
  /** Exactly these blocks. */
  content?: Block[];
  /** A block in which the model thinks, before everything else. */
  thinking?: string;
  stopReason?: string | null;
  /** `null`: the server sends no figures at all. */
  usage?: Partial<WireUsage> | null;
  /** Exactly this, past everything the double knows about messages. */
  http?: { status: number; headers?: Record<string, string>; body: string };
  fault?: FaultName;
  delayMs?: number;
}

export type Responder = (request: MessagesRequest) => Reply | Promise<Reply>;
