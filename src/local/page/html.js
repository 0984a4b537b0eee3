import htm from 'htm';
import { h } from 'preact';

/** Tagged template that builds preact nodes. Every ${value} becomes a text node or a prop, never markup. */
export const html = htm.bind(h);
