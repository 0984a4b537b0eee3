export type ApprovalState = 'open' | 'held' | 'approved' | 'denied' | 'expired' | 'superseded';
export type Vote = 'approved' | 'denied';

export type ApprovalStep =
  /** The vote decides: `state` is to be written once, then told. */
  | { effect: 'decide'; state: Vote }
  /** Decided before; nothing changes, and the person is told what stands. */
  | { effect: 'stands'; state: Exclude<ApprovalState, 'open' | 'held'> };

/**
 * What a valid vote does to an escalation. Pure: who may vote is `policy`'s business, and that only one vote is
 * ever written is the database's.
 */
export function castVote(state: ApprovalState, vote: Vote): ApprovalStep {
  switch (state) {
    case 'open':
    case 'held':
      return { effect: 'decide', state: vote };
    case 'approved':
    case 'denied':
    case 'expired':
    case 'superseded':
      return { effect: 'stands', state };
  }
}

const VOTE_OF_EMOJI: ReadonlyMap<string, Vote> = new Map([
  ['white_check_mark', 'approved'],
  ['heavy_check_mark', 'approved'],
  ['x', 'denied'],
  ['negative_squared_cross_mark', 'denied'],
]);

/** The fixed list. Thumbs-up is how people say "seen", so it never decides; skin tones never matter. */
export function voteOfEmoji(name: string): Vote | undefined {
  return VOTE_OF_EMOJI.get(name.replace(/::skin-tone-\d$/, ''));
}
