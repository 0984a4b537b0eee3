/** Counts of a yes-or-no judgement against the truth. */
export interface Tally {
  caught: number;
  missed: number;
  falseAlarms: number;
  recall: number;
  precision: number;
}

export function tally(rows: { truth: boolean; flagged: boolean }[]): Tally {
  const caught = rows.filter(({ truth, flagged }) => truth && flagged).length;
  const missed = rows.filter(({ truth, flagged }) => truth && !flagged).length;
  const falseAlarms = rows.filter(({ truth, flagged }) => !truth && flagged).length;
  return {
    caught,
    missed,
    falseAlarms,
    recall: share(caught, caught + missed),
    precision: share(caught, caught + falseAlarms),
  };
}

/** F1 of each label that occurs, and their plain mean. */
export interface LabelFigures {
  macro: number;
  byLabel: Record<string, number>;
}

export function macroF1(rows: { truth: string; found: string }[]): LabelFigures {
  const labels = [...new Set(rows.map(({ truth }) => truth))].sort();
  const byLabel = Object.fromEntries(
    labels.map((label) => {
      const { caught, missed, falseAlarms } = tally(
        rows.map(({ truth, found }) => ({ truth: truth === label, flagged: found === label })),
      );
      return [label, share(2 * caught, 2 * caught + missed + falseAlarms)];
    }),
  );
  const values = Object.values(byLabel);
  return { macro: values.reduce((sum, value) => sum + value, 0) / values.length, byLabel };
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
