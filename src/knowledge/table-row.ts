/** A row of a table of pages as it stands in its file; `line` is where it begins. */
export type TableRow = { line: number; columns: Record<string, unknown> } | { line: number; broken: string };
