import { useState } from 'preact/hooks';
import { ActAs } from './act-as.js';
import { isGuideInSight, toggleGuide, toggleInspector } from './actions.js';
import { html } from './html.js';
import { Icon } from './icon.js';
import { useStore } from './store.js';
import { readTheme, turnTheme } from './theme.js';

const THEME_ICONS = { auto: 'contrast', light: 'sun', dark: 'moon' };

function BarButton({ icon, label, children, ...rest }) {
  return html`<button type="button" class="bar-button" aria-label=${label} title=${label} ...${rest}>
    <${Icon} name=${icon} /> ${children && html`<span class="bar-text">${children}</span>`}
  </button>`;
}

export function TopBar() {
  const hasInspector = useStore((state) => state.panels.inspector);
  const hasGuide = useStore(isGuideInSight);
  const [theme, setTheme] = useState(readTheme);
  return html`<header class="topbar">
    <p class="brand"><span class="brand-mark" aria-hidden="true"></span><strong>Countersign</strong>
      <span class="brand-note">local workspace</span></p>
    <${ActAs} />
    <div class="bar-tools">
      <${BarButton} icon="guide" label="Guide: things to try" aria-pressed=${hasGuide}
        onClick=${toggleGuide}>Guide</${BarButton}>
      <${BarButton} icon="frames" label="Inspector: what Slack and the bot exchange" aria-pressed=${hasInspector}
        onClick=${toggleInspector}>Inspector</${BarButton}>
      <${BarButton} icon=${THEME_ICONS[theme]} label=${`Theme: ${theme}`} onClick=${() => setTheme(turnTheme(theme))} />
    </div>
  </header>`;
}
