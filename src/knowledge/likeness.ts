import type { Candidate, Embedder } from '../ports.ts';

/**
 * Questions and the sentences that answer them, each about something else. What an embedder makes of them says what
 * its cosines mean: of one model 0.7 is nearly the same, of another it is nothing in common.
 */
const PAIRS: readonly (readonly [question: string, answer: string])[] = [
  [
    'How do I get my money back?',
    'Refunds are requested from the billing page within 30 days of the charge.',
  ],
  ['I forgot my password', 'Use the link on the sign-in page to choose a new password.'],
  [
    'Can two people edit at the same time?',
    'Several editors can work on one document and see each other’s cursors.',
  ],
  ['Which countries do you ship to?', 'Parcels are delivered within Europe, the United States and Canada.'],
  [
    'the app crashes when I open a photo',
    'A known fault closes the program while large images are loaded; update to the newest version.',
  ],
  ['Is my data encrypted?', 'Files are encrypted on our disks and on their way to you.'],
  [
    'How many requests may I send per minute?',
    'The interface accepts 600 calls a minute; beyond that it answers with an error.',
  ],
  ['where do I find last month’s invoice', 'All bills can be downloaded as PDF under Settings, Payments.'],
  [
    'Does it work without internet?',
    'Changes made offline are kept on the device and sent once there is a connection.',
  ],
  ['How do I add a colleague?', 'Administrators invite new members by their e-mail address.'],
  [
    'What happens when the trial ends?',
    'After fourteen days the workspace becomes read-only until a plan is chosen.',
  ],
  [
    'The temperature sensor shows nothing',
    'If the thermometer gives no reading, replace its battery and pair it again.',
  ],
];

/** Cosines of what belongs together and of what does not, means over the pairs above. */
export interface Likeness {
  like: number;
  unlike: number;
}

/** Of the model that the order and the relevance were fitted with: all-MiniLM-L6-v2. */
const FITTED_LIKENESS: Likeness = { like: 0.494, unlike: 0.063 };

/** Longer than a busy machine takes for two dozen short texts. */
const MEASURE_MS = 60_000;
const measured = new WeakMap<Embedder, Promise<Likeness>>();

/** Measured once for an embedder; a failure is forgotten, so that the next question tries again. */
export function likenessOf(embedder: Embedder): Promise<Likeness> {
  const known = measured.get(embedder);
  if (known) return known;
  const made = measureLikeness(embedder, AbortSignal.timeout(MEASURE_MS));
  measured.set(embedder, made);
  made.catch(() => measured.delete(embedder));
  return made;
}

async function measureLikeness(embedder: Embedder, signal: AbortSignal): Promise<Likeness> {
  const questions = await embedder.embed(
    PAIRS.map(([question]) => question),
    'query',
    signal,
  );
  const answers = await embedder.embed(
    PAIRS.map(([, answer]) => answer),
    'passage',
    signal,
  );
  const sums = { like: 0, unlike: 0 };
  for (const [at, question] of questions.entries()) {
    for (const [other, answer] of answers.entries()) {
      const cosine = question.reduce((sum, value, i) => sum + value * (answer[i] ?? 0), 0);
      sums[at === other ? 'like' : 'unlike'] += cosine;
    }
  }
  const count = PAIRS.length;
  return { like: sums.like / count, unlike: sums.unlike / (count * (count - 1)) };
}

/** Cosines as the model would have given them that the weights were fitted with. */
export function toFittedScale(candidates: Candidate[], { like, unlike }: Likeness): Candidate[] {
  const { like: fittedLike, unlike: fittedUnlike } = FITTED_LIKENESS;
  // A model that cannot tell the pairs apart tells nothing: then all of it is unlike.
  const factor = like > unlike ? (fittedLike - fittedUnlike) / (like - unlike) : 0;
  const scale = (cosine: number | undefined) =>
    cosine === undefined ? undefined : fittedUnlike + factor * (cosine - unlike);
  return candidates.map((candidate) => ({
    ...candidate,
    similarity: scale(candidate.similarity),
    pageSimilarity: scale(candidate.pageSimilarity),
  }));
}
