import { randomUUID } from 'node:crypto';
import { refuse } from './refused.ts';
import { BOT } from './seed.ts';
import type { Block, Json, View } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Three views may lie on top of each other in Slack. */
const DEEPEST_STACK = 3;

export type Modals = ReturnType<typeof createModals>;

/** The open dialogs, a stack per person; what lies on top is what the person sees. */
export function createModals(workspace: Workspace) {
  const stacks = new Map<string, View[]>();
  const stackOf = (user: string) => stacks.get(user) ?? [];
  const current = (user: string): View | null => stackOf(user).at(-1) ?? null;
  const show = (user: string, stack: View[]) => {
    stacks.set(user, stack);
    workspace.announce({ type: 'modal', user, view: current(user) });
  };

  function push(user: string, view: View): View {
    if (stackOf(user).length >= DEEPEST_STACK) refuse('push_limit_reached');
    show(user, [...stackOf(user), view]);
    return view;
  }

  function find(matches: (view: View) => boolean): { user: string; view: View } | undefined {
    for (const [user, stack] of stacks) {
      const view = stack.find(matches);
      if (view) return { user, view };
    }
    return undefined;
  }

  return {
    current,
    push,
    find,
    open(user: string, view: View): View {
      show(user, [view]);
      return view;
    },
    replace(user: string, old: View, fresh: View): void {
      const stack = stackOf(user).map((view) => (view.id === old.id ? fresh : view));
      show(user, stack);
    },
    pop: (user: string) => show(user, stackOf(user).slice(0, -1)),
    closeAll: (user: string) => show(user, []),
  };
}

/** A view as Slack stores it: what the app sent, plus the identity and state only Slack can give. */
export function storeView(sent: Json, teamId: string, known?: View): View {
  const id = known?.id ?? `V0${randomUUID().replaceAll('-', '').slice(0, 9).toUpperCase()}`;
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    title: null,
    submit: null,
    close: null,
    ...sent,
    type: String(sent.type),
    blocks: withIds((sent.blocks ?? []) as Block[]),
    id,
    team_id: teamId,
    app_id: BOT.appId,
    bot_id: BOT.botId,
    root_view_id: (known?.root_view_id as string | undefined) ?? id,
    previous_view_id: null,
    state: { values: {} },
    hash: `${Date.now()}.${randomUUID().slice(0, 8)}`,
  };
}

const ELEMENT_KEYS = ['accessory', 'element'] as const;

/** Slack gives blocks and interactive elements the ids their author left out; markdown blocks lose theirs. */
export function withIds(blocks: Block[]): Block[] {
  return blocks.map((block) => {
    const copy: Block = { ...block };
    if (block.type === 'markdown') delete copy.block_id;
    else copy.block_id = block.block_id ?? shortId();
    if (Array.isArray(block.elements)) copy.elements = (block.elements as Json[]).map(withActionId);
    for (const key of ELEMENT_KEYS) if (block[key]) copy[key] = withActionId(block[key] as Json);
    return copy;
  });
}

const PASSIVE = /^(image|mrkdwn|plain_text|rich_text_\w+)$/;

function withActionId(element: Json): Json {
  if (PASSIVE.test(String(element.type)) && element.type !== 'rich_text_input') return element;
  return { ...element, action_id: element.action_id ?? shortId() };
}

const shortId = () => randomUUID().slice(0, 5);
