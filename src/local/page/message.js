import { Avatar } from './avatar.js';
import { EditForm } from './edit-form.js';
import { html } from './html.js';
import { Icon } from './icon.js';
import { MessageContent } from './message-content.js';
import { MessageToolbar } from './message-toolbar.js';
import { Mrkdwn } from './mrkdwn.js';
import { foreignCompanyOf } from './people.js';
import { Reactions } from './reactions.js';
import { messageKey, useStore } from './store.js';
import { ThreadSummary } from './thread-summary.js';
import { clockOf, fullTimeOf, shortClockOf } from './time.js';

function Byline({ message, user }) {
  const viewer = useStore((state) => state.users[state.viewer]);
  const teams = useStore((state) => state.teams);
  const company = foreignCompanyOf(user, viewer, teams);
  return html`<div class="byline">
    <span class="author">${user?.realName ?? message.user}</span>
    ${user?.isBot && html`<span class="tag">APP</span>`}
    ${company && html`<span class="tag tag-company">${company}</span>`}
    ${user?.isGuest && html`<span class="tag tag-company">Guest</span>`}
    ${!user?.isBot && user?.title && html`<span class="job">${user.title}</span>`}
    <time class="clock" title=${fullTimeOf(message.ts)}>${clockOf(message.ts)}</time>
  </div>`;
}

/** A line of the workspace itself: somebody joined, a message was deleted. */
const SystemLine = ({ message }) => html`<div class="system-line" data-ts=${message.ts}>
  <${Mrkdwn} text=${message.text} />
</div>`;

const Broadcast = ({ message: { channel, threadTs } }) => html`<p class="only-you">
  Replied to <a href=${`#${channel}/${threadTs}`}>a thread</a>
</p>`;

const SYSTEM = new Set(['channel_join', 'group_join', 'channel_leave', 'channel_topic']);

/** One message with everything hanging on it. `compact` leaves the author out when the one above is by the same. */
export function Message({ message, compact, inThread }) {
  const user = useStore((state) => state.users[message.user]);
  const isEditing = useStore((state) => state.editing === messageKey(message.channel, message.ts));
  if (SYSTEM.has(message.subtype)) return html`<${SystemLine} message=${message} />`;
  const isTomb = message.subtype === 'tombstone';
  const name = isTomb ? 'Deleted message' : (user?.realName ?? message.user);
  const kind = `message ${compact ? 'compact' : ''} ${message.ephemeralFor ? 'ephemeral' : ''} ${isTomb ? 'tomb' : ''}`;
  return html`<article class=${kind} data-ts=${message.ts} aria-label=${`${name}, ${clockOf(message.ts)}`}>
    <div class="gutter">
      ${
        compact
          ? html`<time class="clock" title=${fullTimeOf(message.ts)}>${shortClockOf(message.ts)}</time>`
          : html`<${Avatar} user=${user} />`
      }
    </div>
    <div class="message-main">
      ${message.ephemeralFor && html`<p class="only-you"><${Icon} name="eye" size=${14} /> Only visible to you</p>`}
      ${message.subtype === 'thread_broadcast' && !inThread && html`<${Broadcast} message=${message} />`}
      ${!compact && !isTomb && html`<${Byline} message=${message} user=${user} />`}
      ${isEditing ? html`<${EditForm} message=${message} />` : html`<${MessageContent} message=${message} />`}
      <${Reactions} message=${message} />
      ${!inThread && html`<${ThreadSummary} message=${message} />`}
    </div>
    ${!isEditing && !isTomb && html`<${MessageToolbar} message=${message} inThread=${inThread} />`}
  </article>`;
}
