import { FIGURES, type FigureName } from './retrieval.ts';
import type { SetReport } from './retrieval-report.ts';

/** What every kind of question has to reach. */
export interface Gate {
  figure: FigureName;
  atLeast: number;
}

/** `recall5=0.8`; a text says what is wrong with it. */
export function readGate(text: string): Gate | string {
  const [name, value] = text.split('=');
  const figure = FIGURES.find((one) => one === name);
  const atLeast = Number(value);
  if (!figure) return `"${text}" names no figure; write one of ${FIGURES.join(', ')}, as in recall5=0.8`;
  if (value === undefined || value.trim() === '' || !(atLeast >= 0 && atLeast <= 1)) {
    return `"${text}" needs a number from 0 to 1, as in ${figure}=0.8`;
  }
  return { figure, atLeast };
}

/** Each gate that a kind of question does not pass in the last configuration, the fullest one. */
export function failedGates(sets: SetReport[], gates: Gate[]): string[] {
  return sets.flatMap(({ facts, runs }) =>
    Object.entries(runs.at(-1)?.kinds ?? {}).flatMap(([kind, { figures }]) =>
      gates
        .filter(({ figure, atLeast }) => figures[figure] < atLeast)
        .map(
          ({ figure, atLeast }) =>
            `${facts.name}, ${kind}: ${figure} is ${figures[figure].toFixed(3)}, under ${atLeast}`,
        ),
    ),
  );
}
