import { CountersignError } from '../errors.ts';

/** The run would have thrown away more than anybody can have meant; nothing was changed. */
export class ReindexRefused extends CountersignError {
  readonly code = 'reindex_refused';

  constructor(message: string) {
    super(message, { retry: 'never' });
  }
}
