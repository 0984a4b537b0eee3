import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { markRead, send } from './actions.js';
import { completionsFor, findOpenWord } from './completion.js';
import { CompletionList } from './completion-list.js';
import { html } from './html.js';
import { IconButton } from './icon-button.js';
import { firstNameOf } from './people.js';
import { useStore } from './store.js';

const TALLEST_PX = 220;
// What was being written stays with its place and person while one looks elsewhere.
const drafts = new Map();

function useDraft(key) {
  const [text, setText] = useState(drafts.get(key) ?? '');
  useEffect(() => setText(drafts.get(key) ?? ''), [key]);
  useEffect(() => void drafts.set(key, text), [text]);
  return [text, setText];
}

function useCompletion(text, caret, setBoth, { channel, threadTs }) {
  const users = useStore((state) => state.users);
  const commands = useStore(commandsInReach);
  const viewer = useStore((state) => state.viewer);
  const [selected, setSelected] = useState(0);
  const [isFocused, setFocused] = useState(false);
  const [dismissed, setDismissed] = useState('');
  const open = findOpenWord(text, caret, { inThread: Boolean(threadTs) });
  const key = open ? `${open.from} ${open.word}` : '';
  const items =
    key && isFocused && key !== dismissed ? completionsFor(open, { users, commands, viewer, channel }) : [];
  const at = Math.min(selected, Math.max(items.length - 1, 0));
  const accept = (item) => {
    setBoth(text.slice(0, open.from) + item.insert + text.slice(caret), open.from + item.insert.length);
    setSelected(0);
  };
  const onKey = (event) => {
    if (items.length === 0) return false;
    if (event.key === 'ArrowDown') setSelected((at + 1) % items.length);
    else if (event.key === 'ArrowUp') setSelected((at + items.length - 1) % items.length);
    else if (event.key === 'Escape') setDismissed(key);
    else if (event.key === 'Tab' || event.key === 'Enter') {
      // A command typed in full is sent by Enter, not completed once more.
      if (event.key === 'Enter' && items[at].insert.trim() === text.trim()) return false;
      accept(items[at]);
    } else return false;
    return true;
  };
  return { items, at, accept, onKey, setFocused };
}

/** Where one writes. Enter sends, Shift+Enter makes a line, `/` offers commands and `@` offers people. */
export function Composer({ channel, threadTs }) {
  const viewer = useStore((state) => state.users[state.viewer]);
  const draftKey = `${viewer.id} ${channel.id} ${threadTs ?? ''}`;
  const [text, setText] = useDraft(draftKey);
  const [caret, setCaret] = useState(0);
  const [busy, setBusy] = useState(false);
  const field = useRef();
  const wantedCaret = useRef(null);
  const setBoth = (value, position) => {
    setText(value);
    setCaret(position);
    wantedCaret.current = position;
    field.current.focus();
  };
  const completion = useCompletion(text, caret, setBoth, { channel, threadTs });
  useLayoutEffect(() => fitHeight(field.current, wantedCaret), [text]);

  const submit = async () => {
    const typed = text.trim();
    if (!typed || busy) return;
    setBusy(true);
    const isSent = await send(channel.id, typed, threadTs);
    setBusy(false);
    if (!isSent) return;
    setText('');
    markRead();
  };
  const onKeyDown = (event) => {
    if (event.isComposing) return;
    if (completion.onKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    submit();
  };
  const onInput = ({ target }) => {
    setText(target.value);
    setCaret(target.selectionStart);
  };
  const mention = () => {
    const gap = caret > 0 && !/\s$/.test(text.slice(0, caret)) ? ' @' : '@';
    setBoth(text.slice(0, caret) + gap + text.slice(caret), caret + gap.length);
  };
  const where = threadTs
    ? 'Reply in the thread'
    : `Message ${channel.isIm ? channel.label : `#${channel.name}`}`;
  const listId = `completions-${threadTs ? 'thread' : 'channel'}`;
  return html`<div class="composer">
    <${CompletionList} id=${listId} completion=${completion} />
    <div class="composer-box">
      <textarea
        ref=${field}
        rows="1"
        aria-label=${where}
        placeholder=${`${where} as ${firstNameOf(viewer)}`}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded=${completion.items.length > 0}
        aria-controls=${listId}
        aria-activedescendant=${completion.items.length ? `${listId}-${completion.at}` : undefined}
        value=${text}
        onInput=${onInput}
        onKeyDown=${onKeyDown}
        onFocus=${() => completion.setFocused(true)}
        onBlur=${() => completion.setFocused(false)}
        onSelect=${({ target }) => setCaret(target.selectionStart)}
      ></textarea>
      <div class="composer-tools">
        <${IconButton} icon="at" label="Mention somebody" onClick=${mention} />
        <span class="composer-hint faint">Enter sends · Shift+Enter new line</span>
        <${IconButton} icon="send" label="Send" class="send" disabled=${!text.trim() || busy} onClick=${submit} />
      </div>
    </div>
  </div>`;
}

function fitHeight(field, wantedCaret) {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, TALLEST_PX)}px`;
  if (wantedCaret.current === null) return;
  field.setSelectionRange(wantedCaret.current, wantedCaret.current);
  wantedCaret.current = null;
}

const NONE = [];

/** Slash commands belong to the workspace that installed the app; customers are not offered them. */
const commandsInReach = ({ users, teams, viewer, commands }) =>
  teams.some((team) => team.home && team.id === users[viewer]?.teamId) ? commands : NONE;
