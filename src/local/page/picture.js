import { html } from './html.js';
import { Icon } from './icon.js';

const isLocal = (url) => {
  try {
    return new URL(url, location.href).origin === location.origin;
  } catch {
    return false;
  }
};

/** A picture of this server. One from elsewhere is named, not loaded: the page works without a network. */
export function Picture({ image, small }) {
  const alt = image.alt_text ?? '';
  if (!isLocal(image.image_url)) {
    return html`<span class="picture-away" title=${image.image_url}><${Icon} name="file" size=${14} /> ${alt || 'Picture'}</span>`;
  }
  return html`<img class=${small ? 'picture picture-small' : 'picture'} src=${image.image_url} alt=${alt} />`;
}
