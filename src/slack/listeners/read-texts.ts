/** The named fields of a payload that are text; whatever else stands in their place is as good as missing. */
export function readTexts<N extends string>(value: unknown, names: readonly N[]): { [K in N]?: string } {
  const found: { [K in N]?: string } = {};
  if (typeof value !== 'object' || value === null) return found;
  for (const name of names) {
    const field: unknown = (value as Record<string, unknown>)[name];
    if (typeof field === 'string') found[name] = field;
  }
  return found;
}

/** A part of a payload that is itself an object. */
export function readPart(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {};
  const part: unknown = (value as Record<string, unknown>)[name];
  return typeof part === 'object' && part !== null ? (part as Record<string, unknown>) : {};
}
