/** The texts from `start` on that go into one request or step; at least one, however long it is. */
export function nextBatch(
  texts: readonly string[],
  start: number,
  limits: { texts: number; characters: number },
): string[] {
  let characters = 0;
  let end = start;
  while (end < texts.length && end - start < limits.texts) {
    characters += texts[end]?.length ?? 0;
    if (end > start && characters > limits.characters) break;
    end += 1;
  }
  return texts.slice(start, end);
}
