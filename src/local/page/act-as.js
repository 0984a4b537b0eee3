import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { switchPerson } from './actions.js';
import { Avatar } from './avatar.js';
import { html } from './html.js';
import { Icon } from './icon.js';
import { dutyOf, groupByCompany, roleNameOf } from './people.js';
import { useStore } from './store.js';

const MOVES = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

function Person({ user, viewer, choose }) {
  return html`<button type="button" role="menuitemradio" class="person" tabindex="-1"
    aria-checked=${user.id === viewer} onClick=${() => choose(user.id)}>
    <${Avatar} user=${user} />
    <span class="person-text">
      <span class="person-name">${user.realName} <span class=${`role role-${user.role}`}>${roleNameOf(user)}</span></span>
      <span class="faint">${dutyOf(user)}</span>
    </span>
    ${user.id === viewer && html`<${Icon} name="check" />`}
  </button>`;
}

function Menu({ choose, close, root }) {
  const users = useStore((state) => state.users);
  const teams = useStore((state) => state.teams);
  const viewer = useStore((state) => state.viewer);
  const menu = useRef();
  useLayoutEffect(() => {
    menu.current.querySelector('[aria-checked="true"]')?.focus();
    const onPress = (event) => !root.current.contains(event.target) && close(false);
    addEventListener('pointerdown', onPress);
    return () => removeEventListener('pointerdown', onPress);
  }, []);
  const onKeyDown = (event) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.stopPropagation();
      close(event.key === 'Escape');
    }
    const people = [...menu.current.querySelectorAll('.person')];
    const next = MOVES[event.key]?.(people.indexOf(document.activeElement), people.length);
    if (next === undefined) return;
    event.preventDefault();
    people[next].focus();
  };
  return html`<div ref=${menu} class="menu" role="menu" aria-label="Act as" onKeyDown=${onKeyDown}>
    ${groupByCompany(users, teams).map(
      ({ team, people }) => html`<div key=${team.id} role="group" aria-label=${team.name}>
        <p class="menu-group" aria-hidden="true">${team.name}${team.home && ' · runs the bot'}</p>
        ${people.map((user) => html`<${Person} key=${user.id} user=${user} viewer=${viewer} choose=${choose} />`)}
      </div>`,
    )}
  </div>`;
}

/** Who one is at the moment, and the menu to become somebody else. Always in sight. */
export function ActAs() {
  const user = useStore((state) => state.users[state.viewer]);
  const [isOpen, setOpen] = useState(false);
  const root = useRef();
  const button = useRef();
  const close = (isFocused) => {
    setOpen(false);
    if (isFocused) button.current.focus();
  };
  const choose = (id) => {
    close(true);
    switchPerson(id);
  };
  if (!user) return null;
  return html`<div class="act-as" ref=${root}>
    <button type="button" ref=${button} class="act-as-button" aria-haspopup="menu" aria-expanded=${isOpen}
      aria-label=${`Act as: ${user.realName}, ${roleNameOf(user)}`} title=${dutyOf(user)} onClick=${() => setOpen(!isOpen)}>
      <span class="act-as-label">Act as</span>
      <${Avatar} user=${user} size="small" />
      <span class="act-as-name">${user.realName}</span>
      <span class=${`role role-${user.role}`}>${roleNameOf(user)}</span>
      <${Icon} name="down" size=${16} />
    </button>
    ${isOpen && html`<${Menu} choose=${choose} close=${close} root=${root} />`}
  </div>`;
}
