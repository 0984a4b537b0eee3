const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

/**
 * What a reader sees of a piece of Markdown, good enough to be searched and shown in one line: link targets,
 * image addresses, comments and the attributes of tags are gone, their titles and texts stay.
 */
export function plainText(markdown: string): string {
  return markdown
    .replace(/<!--[\s\S]*?-->|\{\/\*[\s\S]*?\*\/\}/g, ' ')
    .replace(/!?\[([^\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)/g, '$1')
    .replace(/<\/?[A-Za-z][\w.-]*(\s[^<>]*)?\/?>/g, tagText)
    .replace(/\s*\{#[\w-]+\}\s*$/, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/`+|\*+|~~+/g, '')
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES.get(name) ?? entity);
}

/** A tag without attributes may be a placeholder such as `<project-id>`, whose name people search for. */
function tagText(tag: string, attributes: string | undefined): string {
  if (attributes === undefined || attributes.trim() === '' || attributes.trim() === '/') {
    return tag.includes('-') || tag.includes('_') ? tag.replace(/[<>/]/g, ' ') : ' ';
  }
  const shown = [...attributes.matchAll(/\b(?:alt|title|label|name)\s*=\s*\{?(?:"([^"]*)"|'([^']*)')/g)];
  return ` ${shown.map((match) => match[1] ?? match[2] ?? '').join(' ')} `;
}
