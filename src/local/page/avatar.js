import { html } from './html.js';
import { coloursOf, initialsOf } from './people.js';

/** Initials on the person's colour. Decoration only: the name always stands beside it. */
export function Avatar({ user, size = 'normal' }) {
  if (!user) return html`<span class=${`avatar avatar-${size}`} aria-hidden="true">?</span>`;
  const kind = `avatar avatar-${size} ${user.isBot ? 'avatar-app' : ''}`;
  return html`<span class=${kind} style=${coloursOf(user)} aria-hidden="true">${initialsOf(user)}</span>`;
}
