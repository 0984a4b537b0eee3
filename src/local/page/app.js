import { useEffect } from 'preact/hooks';
import { closeThread, toggleInspector } from './actions.js';
import { Banner } from './banner.js';
import { ChannelPane } from './channel-pane.js';
import { EmojiPicker } from './emoji-picker.js';
import { Guide } from './guide.js';
import { HomeTab } from './home-tab.js';
import { html } from './html.js';
import { Inspector } from './inspector.js';
import { useMedia } from './media.js';
import { Modal } from './modal.js';
import { Notice } from './notice.js';
import { Rail } from './rail.js';
import { THREE_PANES } from './route.js';
import { getState, useStore } from './store.js';
import { ThreadPane } from './thread-pane.js';
import { TopBar } from './top-bar.js';

function closeFrontPane(event) {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  const { route, panels } = getState();
  if (route.thread) closeThread();
  else if (panels.inspector) toggleInspector();
}

function useEscape() {
  useEffect(() => {
    addEventListener('keydown', closeFrontPane);
    return () => removeEventListener('keydown', closeFrontPane);
  }, []);
}

function Waiting() {
  const problem = useStore((state) => state.problem);
  return html`<main class="waiting" role="status">
    <span class="brand-mark" aria-hidden="true"></span>
    <p>${problem || 'Opening the workspace…'}</p>
    ${problem && html`<p class="faint">This page keeps trying.</p>`}
  </main>`;
}

function Panes() {
  const route = useStore((state) => state.route);
  const channel = useStore((state) => state.channels.find(({ id }) => id === state.route.place));
  const guide = useStore((state) => state.panels.guide);
  const isWide = useMedia(THREE_PANES);
  const thread = channel && route.thread;
  const side = thread ? 'thread' : guide && isWide ? 'guide' : 'none';
  const place = route.place === 'home' || channel ? 'open' : 'none';
  return html`<div class="panes" data-place=${place} data-side=${side}>
    <${Rail} withGuide=${guide && !isWide} />
    ${route.place === 'home' && html`<${HomeTab} />`}
    ${channel && html`<${ChannelPane} channel=${channel} />`}
    ${side === 'thread' && html`<${ThreadPane} key=${route.thread} channel=${channel} ts=${route.thread} />`}
    ${side === 'guide' && html`<aside class="pane pane-side" aria-label="Guide"><${Guide} /></aside>`}
  </div>`;
}

export function App() {
  const phase = useStore((state) => state.phase);
  const modal = useStore((state) => state.modal);
  const picker = useStore((state) => state.picker);
  const hasInspector = useStore((state) => state.panels.inspector);
  const announcement = useStore((state) => state.announcement);
  useEscape();
  if (phase !== 'ready') return html`<${Waiting} />`;
  return html`<div class="app">
    <${TopBar} />
    <${Banner} />
    <${Panes} />
    ${hasInspector && html`<${Inspector} />`}
    ${modal && html`<${Modal} key=${modal.id} view=${modal} />`}
    ${picker && html`<${EmojiPicker} picker=${picker} />`}
    <${Notice} />
    <p class="hidden" aria-live="polite">${announcement}</p>
  </div>`;
}
