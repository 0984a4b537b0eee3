/** What a file says, before it has its place among the pages. */
export interface ReadFile {
  title?: string | undefined;
  url?: string | undefined;
  /** `YYYY-MM-DD` */
  updated?: string | undefined;
  /** Markdown. */
  body: string;
}

/**
 * Reads files of one kind. Whatever is wrong with a file is a reason that follows its name: "is empty …".
 * A reader that reads the same file differently than before asks for a new CHUNK_FORMAT.
 */
export interface PageReader {
  maxBytes: number;
  read(bytes: Uint8Array): Promise<ReadFile | { reason: string }>;
}

/** A text of this size is a log or an export, and would drown every other page in the search. */
export const MAX_TEXT_BYTES = 1024 * 1024;

/** Pictures and fonts are the most of such a file. */
export const MAX_BINARY_BYTES = 20 * 1024 * 1024;

export function tooLarge(bytes: number, limit: number): { reason: string } {
  const megabytes = (bytes / 1024 / 1024).toFixed(1);
  const most = Math.round(limit / 1024 / 1024);
  return {
    reason: `is ${megabytes} MB, more than the limit of ${most} MB for a page; split it or leave it out`,
  };
}
