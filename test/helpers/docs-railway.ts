import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './source-facts.ts';

/** Real documentation with questions, beside the repository; tests that need it are skipped where it is not. */
const FOLDER = join(ROOT, '../shared/data/docs-railway');

export const PAGES = join(FOLDER, 'pages');
export const QUESTIONS = join(FOLDER, 'questions.jsonl');
export const HAS_DOCS = existsSync(PAGES);
export const WITHOUT_DOCS = HAS_DOCS ? '' : ' (skipped: ../shared/data/docs-railway is not there)';

export function readQuestionsFile(): string {
  return readFileSync(QUESTIONS, 'utf8');
}
