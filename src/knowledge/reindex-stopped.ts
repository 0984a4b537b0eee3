import { CountersignError } from '../errors.ts';

/** The run was asked to end before the new version served; nothing was changed. */
export class ReindexStopped extends CountersignError {
  readonly code = 'reindex_stopped';

  constructor() {
    super('The re-index was stopped before its end, so nothing was changed; run it again', {
      retry: 'never',
    });
  }
}
