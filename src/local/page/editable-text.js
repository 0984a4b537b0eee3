import { decodeEntities } from './inline.js';

/** Stored text back to what one would type: mentions by name, links bare, no entities. */
export const editableText = (text, { users, channels }) =>
  decodeEntities(
    text
      .replace(/<@([UW]\w+)(?:\|[^>]*)?>/g, (_, id) => `@${users[id]?.realName ?? id}`)
      .replace(
        /<#([CGD]\w+)(?:\|[^>]*)?>/g,
        (_, id) => `#${channels.find((one) => one.id === id)?.name ?? id}`,
      )
      .replace(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, (_, url) => url),
  );
