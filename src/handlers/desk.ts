import type { Logger } from '../log.ts';
import type { Answer } from '../pipeline/answer.ts';
import type { FindCited } from '../pipeline/recall/find-cited.ts';
import type { Clock, Customers, Directory, RefundDesk } from '../ports.ts';
import type { Database } from '../store/schema.ts';

/** What the handlers work with: everything around one desk. */
export interface Desk {
  db: Database;
  clock: Clock;
  newId: () => string;
  log: Logger;
  directory: Directory;
  customers: Customers;
  answer: Answer;
  /** What an answer rests on, to be kept with it. */
  findCited: FindCited;
  /** Pays approved refunds; without it people do. */
  refunds: RefundDesk | undefined;
  /** Tells the customer that somebody is at it. Returns at once. */
  showStatus: (channel: string, threadTs: string) => void;
  settings: DeskSettings;
}

export interface DeskSettings {
  customerChannels: '*' | readonly string[];
  defaultMode: 'answer' | 'mention' | 'off';
  managerChannel: string;
  staffChannel: string;
  /** User ids and user group ids; empty = every full staff member of the manager channel. */
  approvers: readonly string[];
  /** Extra workspaces whose full members are staff. */
  homeTeams: readonly string[];
  staffHoldMs: number;
  approvals: {
    /** How long a verdict can be taken back; 0 = it counts at once. */
    holdMs: number;
    expiryMs: number;
    /** A refund above it, or one whose amount nobody named, needs two people. */
    twoApproversAbove: number | undefined;
  };
}

/** The workspaces whose full members are staff: the bot's own and those the operator named. */
export async function readHomeTeams(desk: Desk): Promise<string[]> {
  const self = await desk.directory.self();
  return [self.teamId, ...desk.settings.homeTeams];
}
