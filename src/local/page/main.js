import { render } from 'preact';
import { openHome } from './actions.js';
import { App } from './app.js';
import { html } from './html.js';
import { settleRoute, watchRoute } from './route.js';
import { follow } from './session.js';
import { getState } from './store.js';
import { applyTheme, readTheme } from './theme.js';

applyTheme(readTheme());
watchRoute();
render(html`<${App} />`, document.getElementById('root'));
await follow(getState().viewer);
settleRoute();
if (getState().route.place === 'home') await openHome();
