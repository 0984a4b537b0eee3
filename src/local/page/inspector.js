import { useMemo, useState } from 'preact/hooks';
import { toggleInspector } from './actions.js';
import { useEndInView } from './end-in-view.js';
import { FrameRow } from './frame-row.js';
import { clearFrames, isFrameMatching, setPaused } from './frames.js';
import { html } from './html.js';
import { IconButton } from './icon-button.js';
import { setState, useStore } from './store.js';

/** The drawer that shows every frame between the workspace and the bot. */
export function Inspector() {
  const frames = useStore((state) => state.frames);
  const [filter, setFilter] = useState('');
  const [direction, setDirection] = useState('');
  const shown = useMemo(
    () =>
      frames.kept.filter(
        (one) => (!direction || one.direction === direction) && isFrameMatching(one, filter),
      ),
    [frames.kept, filter, direction],
  );
  const scroll = useEndInView('frames', shown.at(-1)?.n);
  const change = (patch) => setState((before) => ({ frames: patch(before.frames) }));
  const waiting = frames.waiting.length;
  return html`<section class="inspector" aria-label="Inspector">
    <header class="inspector-head">
      <h2>Inspector</h2>
      <span class="faint inspector-count">${shown.length} of ${frames.kept.length} frames</span>
      <input class="field inspector-filter" type="search" placeholder="Filter" aria-label="Filter frames"
        value=${filter} onInput=${(event) => setFilter(event.target.value)} />
      <select class="select" aria-label="Direction" value=${direction} onChange=${(event) => setDirection(event.target.value)}>
        <option value="">Both ways</option>
        <option value="to-bot">To the bot</option>
        <option value="from-bot">From the bot</option>
      </select>
      <button type="button" class="button" aria-pressed=${frames.paused}
        onClick=${() => change((now) => setPaused(now, !now.paused))}>
        ${frames.paused ? `Resume${waiting ? ` (${waiting})` : ''}` : 'Pause'}
      </button>
      <button type="button" class="button" onClick=${() => change(clearFrames)}>Clear</button>
      <${IconButton} icon="close" label="Close the inspector" onClick=${toggleInspector} />
    </header>
    <div class="frames" ref=${scroll.ref} onScroll=${scroll.onScroll} tabindex="0" role="region" aria-label="Frames">
      ${shown.length === 0 && html`<p class="faint frames-empty">No frames${filter ? ' that match' : ' yet'}.</p>`}
      ${shown.map((frame) => html`<${FrameRow} key=${frame.n} frame=${frame} />`)}
    </div>
  </section>`;
}
