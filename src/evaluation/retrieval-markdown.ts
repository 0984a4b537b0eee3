import type { RetrievalReport, SetReport } from './retrieval-report.ts';

const HEAD = ['questions', 'n', 'search', 'nDCG@10', '95 %', 'target', 'hit@1', 'hit@5', 'P@5', 'R@5'];

/** The tables of a report for documentation. */
export function reportToMarkdown({ sets }: RetrievalReport): string {
  const differences = sets.flatMap(differenceRows);
  return [
    toTable([HEAD, ...sets.flatMap(kindRows)]),
    ...(differences.length > 0
      ? [toTable([['questions', 'paired difference', 'nDCG@10', '95 %', 'R@5', '95 %'], ...differences])]
      : []),
    '',
  ].join('\n\n');
}

/** A Markdown table; the first row is its head. */
export function toTable([head = [], ...rows]: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

export function nameOf(set: string, kind: string): string {
  return kind === set ? kind : `${set}: ${kind}`;
}

function kindRows({ facts, runs }: SetReport): string[][] {
  return Object.keys(runs[0]?.kinds ?? {}).flatMap((kind) =>
    runs.flatMap(({ setting, kinds }) => {
      const one = kinds[kind];
      if (!one) return [];
      const { figures, intervals } = one;
      const target = facts.targets?.[kind]?.[setting.configuration]?.ndcg10;
      const rest = [figures.hit1, figures.hit5, figures.precision5, figures.recall5];
      return [
        [
          nameOf(facts.name, kind),
          String(figures.n),
          setting.title.toLowerCase(),
          `**${figures.ndcg10.toFixed(3)}**`,
          intervals.ndcg10.map((end) => end.toFixed(3)).join(' to '),
          target?.toFixed(2) ?? '',
          ...rest.map((figure) => figure.toFixed(3)),
        ],
      ];
    }),
  );
}

function differenceRows({ facts, differences }: SetReport): string[][] {
  return differences.flatMap(({ of, to, kinds }) =>
    Object.entries(kinds).map(([kind, { ndcg10, recall5 }]) => [
      nameOf(facts.name, kind),
      `${of} − ${to}`,
      ...[ndcg10, recall5].flatMap(({ difference, interval }) => [
        signed(difference),
        interval.map(signed).join(' to '),
      ]),
    ]),
  );
}
