import { createTriageMessage, type TriageMessage } from './triage-message.ts';
import weights from './weights.json' with { type: 'json' };

/** Triage with the weights that come with the product; unpacked once, at the first message. */
export const triageMessage: TriageMessage = (text) => {
  shipped ??= createTriageMessage(weights);
  return shipped(text);
};

let shipped: TriageMessage | undefined;
