import { useEffect, useRef, useState } from 'preact/hooks';
import { toggleReaction } from './actions.js';
import { EMOJI_NAMES, findEmoji } from './emoji.js';
import { html } from './html.js';
import { setState } from './store.js';

const WIDTH = 304;
const HEIGHT = 236;
const FIRST = 40;

/** Opens the picker beside the button that was pressed, for this message. */
export function openPicker(event, message) {
  const button = event.currentTarget.getBoundingClientRect();
  const left = Math.max(8, Math.min(button.right - WIDTH, innerWidth - WIDTH - 8));
  const below = button.bottom + 6;
  const top = below + HEIGHT > innerHeight ? Math.max(8, button.top - HEIGHT - 6) : below;
  setState({ picker: { message, left, top, opener: event.currentTarget } });
}

/** A small grid of emoji with a search field. */
export function EmojiPicker({ picker }) {
  const [filter, setFilter] = useState('');
  const root = useRef();
  const field = useRef();
  const close = () => {
    setState({ picker: null });
    picker.opener?.focus();
  };
  useEffect(() => {
    field.current.focus();
    const onPress = (event) => !root.current?.contains(event.target) && setState({ picker: null });
    addEventListener('pointerdown', onPress);
    return () => removeEventListener('pointerdown', onPress);
  }, []);
  const names = EMOJI_NAMES.filter((name) => name.includes(filter.trim().toLowerCase())).slice(0, FIRST);
  const choose = (name) => {
    close();
    toggleReaction(picker.message, name);
  };
  const onKeyDown = (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (event.key === 'Enter' && event.target === field.current && names[0]) choose(names[0]);
    moveInGrid(event, root.current);
  };
  return html`<div ref=${root} class="picker" role="dialog" aria-label="Add reaction" onKeyDown=${onKeyDown}
    style=${{ left: `${picker.left}px`, top: `${picker.top}px` }}>
    <input ref=${field} class="field" type="search" placeholder="Search emoji" aria-label="Search emoji"
      value=${filter} onInput=${(event) => setFilter(event.target.value)} />
    <div class="picker-grid">
      ${names.map(
        (
          name,
        ) => html`<button type="button" key=${name} class="picker-emoji" aria-label=${name} title=${`:${name}:`}
          onClick=${() => choose(name)}>${findEmoji(name)}</button>`,
      )}
      ${names.length === 0 && html`<p class="faint">No emoji of that name.</p>`}
    </div>
  </div>`;
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 };

function moveInGrid(event, root) {
  const step = STEPS[event.key];
  if (!step) return;
  const buttons = [...root.querySelectorAll('.picker-emoji')];
  const at = buttons.indexOf(document.activeElement);
  if (at < 0 && event.key !== 'ArrowDown') return;
  event.preventDefault();
  const next = at < 0 ? 0 : at + step;
  if (next < 0) root.querySelector('input').focus();
  else buttons[Math.min(next, buttons.length - 1)]?.focus();
}
