/** Slack's limits on what is shown, from docs.slack.dev/reference/block-kit unless said otherwise. */
export const LIMITS = {
  /** `chat.update` refuses longer texts (`msg_too_long`), so no message is longer. */
  messageText: 3_900,
  blocksPerMessage: 50,
  blocksPerHome: 100,
  sectionText: 3_000,
  fieldText: 2_000,
  fieldsPerSection: 10,
  headerText: 150,
  buttonText: 75,
  buttonValue: 2_000,
  contextElements: 10,
  contextText: 2_000,
  /** Our own: a rich text block has no published limit, and a longer passage is not read in a chat. */
  passageChars: 3_000,
} as const;

/** Cuts at the limit and says so. Never splits a surrogate pair. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
