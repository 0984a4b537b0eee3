import type { HomeFigures } from '../conversation/content.ts';
import type { HomeOpened } from '../conversation/events.ts';
import { isStaff } from '../conversation/people.ts';
import type { EmbedderHealth } from '../knowledge/embedder-health.ts';
import type { KnowledgeIndex } from '../ports.ts';
import { countOutcomes } from '../store/answers.ts';
import { listOpenEscalations } from '../store/escalations.ts';
import { enqueue } from '../store/outbox.ts';
import type { Handler } from '../worker.ts';
import { type Desk, readHomeTeams } from './desk.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A Home tab shows at most 100 blocks; older ones are in the channel. */
const MAX_ESCALATIONS = 10;

export interface HomeFacts {
  index: KnowledgeIndex;
  embedderHealth: () => EmbedderHealth;
  model: string;
}

/** The Home tab: the desk at a glance for staff, a short help page for everybody else. */
export function createHomeHandler(desk: Desk, facts: HomeFacts): Handler {
  return {
    async handle(item) {
      const { user } = JSON.parse(item.body) as HomeOpened;
      const person = await desk.directory.person(user);
      const content = isStaff(person, await readHomeTeams(desk))
        ? ({ kind: 'home-staff', figures: await readFigures(desk, facts) } as const)
        : ({ kind: 'home-customer' } as const);
      return {
        commit: (db) =>
          enqueue(
            db,
            { key: `home:${item.id}`, target: { to: 'home', user }, content },
            { newId: desk.newId, now: desk.clock.now() },
          ),
      };
    },
  };
}

async function readFigures(desk: Desk, facts: HomeFacts): Promise<HomeFigures> {
  const counts = await countOutcomes(desk.db, desk.clock.now() - DAY_MS);
  const open = await listOpenEscalations(desk.db, MAX_ESCALATIONS);
  const count = (outcome: string) => counts[outcome] ?? 0;
  return {
    lastDay: {
      questions: count('answer') + count('clarify') + count('handover') + count('escalate'),
      answered: count('answer'),
      handedOver: count('handover'),
      escalated: count('escalate'),
    },
    openEscalations: open.map((escalation) => ({
      customer: escalation.facts.customerName,
      url: escalation.facts.threadUrl,
      openedAt: escalation.createdAt,
    })),
    index: await facts.index.active(),
    search: facts.embedderHealth(),
    model: facts.model,
  };
}
