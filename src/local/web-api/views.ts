import { storeView } from '../modals.ts';
import { refuse } from '../refused.ts';
import type { Json, View } from '../types.ts';
import { requireSoundView } from '../view-rules.ts';
import type { Arguments } from './arguments.ts';
import type { ApiContext, Method } from './method.ts';

export const viewMethods: Record<string, Method> = {
  'views.publish': { run: publish },
  'views.open': { run: (args, context) => showModal(args, context, 'open') },
  'views.push': { run: (args, context) => showModal(args, context, 'push') },
  'views.update': { run: update },
};

function readView(args: Arguments, type: 'home' | 'modal'): Json {
  const view = args.json('view', 'invalid_arguments') as Json | undefined;
  if (!view) return refuse('invalid_arguments');
  requireSoundView(view, type);
  return view;
}

/** A stale hash means somebody else published in between. */
function requireHash(args: Arguments, known: View | undefined): void {
  const hash = args.text('hash');
  if (hash !== undefined && known && hash !== known.hash) refuse('hash_conflict');
}

function publish(args: Arguments, { workspace }: ApiContext): Json {
  const user = workspace.requireUser(args.requireText('user_id')).id;
  const sent = readView(args, 'home');
  const known = workspace.homes.get(user);
  requireHash(args, known);
  const view = storeView(sent, workspace.homeTeam().id, known);
  workspace.publishHome(user, view);
  return { view };
}

function showModal(args: Arguments, { workspace, tickets, modals }: ApiContext, how: 'open' | 'push'): Json {
  const sent = readView(args, 'modal');
  const user = tickets.useTrigger(args.requireText('trigger_id', 'invalid_trigger_id'));
  return { view: modals[how](user, storeView(sent, workspace.homeTeam().id)) };
}

function update(args: Arguments, { workspace, modals }: ApiContext): Json {
  const id = args.text('view_id');
  const externalId = args.text('external_id');
  if (!id && !externalId) refuse('invalid_arguments');
  const isMeant = (view: View) => (id ? view.id === id : view.external_id === externalId);
  const team = workspace.homeTeam().id;
  const shown = modals.find(isMeant);
  if (shown) {
    requireHash(args, shown.view);
    const view = storeView(readView(args, 'modal'), team, shown.view);
    modals.replace(shown.user, shown.view, view);
    return { view };
  }
  const [user, home] = [...workspace.homes].find(([, view]) => isMeant(view)) ?? refuse('not_found');
  requireHash(args, home);
  const view = storeView(readView(args, 'home'), team, home);
  workspace.publishHome(user, view);
  return { view };
}
