import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './source-facts.ts';

/** Recorded conversations with their documents, beside the repository; what needs them is skipped without. */
export const CONVERSATIONS = join(ROOT, '../shared/data/rag-conversations');
export const HAS_CONVERSATIONS = existsSync(CONVERSATIONS);
export const WITHOUT_CONVERSATIONS = HAS_CONVERSATIONS
  ? ''
  : ' (skipped: ../shared/data/rag-conversations is not there)';
