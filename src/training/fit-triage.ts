import { ConfigError } from '../errors.ts';
import {
  type Classify,
  createClassifier,
  type LinearModel,
  mostLikely,
  packModel,
} from '../pipeline/triage/classifier.ts';
import { readFeatures } from '../pipeline/triage/features.ts';
import { createRefundDemand, type RefundThresholds } from '../pipeline/triage/refund-demand.ts';
import { readRuleMarks } from '../pipeline/triage/rule-marks.ts';
import { readMoodMarks } from '../pipeline/triage/sentiment-words.ts';
import type { TriageWeights } from '../pipeline/triage/triage-message.ts';
import { type Example, type FitSettings, fitLinear } from './fit-linear.ts';
import { dealFolds, groupNearTwins } from './near-twins.ts';
import type { TriageRow } from './triage-rows.ts';
import { type LabelFigures, macroF1, type Tally, tally } from './triage-scores.ts';

const FOLDS = 5;
// Chosen by cross-validation; more buckets gained nothing, half as many lost 0.004 of the macro-F1.
const LABEL_SETTINGS: FitSettings = { buckets: 2 ** 15, closeness: 60 };
const MOOD_SETTINGS: FitSettings = { buckets: 2 ** 16, closeness: 3 };
/** A missed demand costs more than a false alarm, which a manager dismisses with one press. */
const WANTED_RECALL = 0.975;
/** Of a sentence of a mail; a mail has many, so each needs better grounds than a message that stands alone. */
const SENTENCE_THRESHOLD = 0.6;
const HIGHEST_THRESHOLD = 0.5;
/** A source with fewer demands says nothing about recall. */
const MIN_DEMANDS = 10;

export interface TriageReport {
  rows: number;
  groups: number;
  /** Grouped cross-validation: near-twins are never on both sides. */
  refund: Tally;
  refundRulesAlone: Tally;
  /** What the bot escalates by itself: flagged messages that only ask for policy or status are answered instead. */
  escalated: Tally;
  labels: LabelFigures;
  sentiment: LabelFigures;
  /** Each source judged by classifiers that never saw it; the own messages by classifiers without them. */
  leftOut: Record<string, Tally>;
  ownLabels: LabelFigures;
  thresholds: RefundThresholds;
}

export type OnProgress = (done: number, total: number) => void;

interface LabelledExample extends Example {
  row: TriageRow;
}

/**
 * Judges by cross-validation, then fits on everything. The own messages help every fit and are judged apart, so that
 * the figures are those of the data. Same rows, same weights.
 */
export function fitTriage(data: TriageRow[], own: TriageRow[], onProgress: OnProgress) {
  const labels = { judged: labelled(data), helping: labelled(own) };
  const moods = { judged: withMood(data), helping: withMood(own) };
  requireVariety('label', labels.judged);
  requireVariety('sentiment', moods.judged);
  const sources = sourcesWithDemands(labels.judged);
  const fitModel = createFit(2 * FOLDS + sources.length + 3, onProgress);
  const fitLabels = (some: Example[]) => fitModel(some, LABEL_SETTINGS);

  const groups = groupNearTwins(labels.judged.map(({ row }) => row.text));
  const judges = crossFit(labels, groups, fitLabels);
  const thresholds = { message: chooseThreshold(labels.judged, judges), sentence: SENTENCE_THRESHOLD };
  const moodGroups = groupNearTwins(moods.judged.map(({ row }) => row.text));
  const moodJudges = crossFit(moods, moodGroups, (some) => fitModel(some, MOOD_SETTINGS));
  const ownJudge = createClassifier(fitLabels(labels.judged));
  const report: TriageReport = {
    rows: labels.judged.length,
    groups: new Set(groups).size,
    refund: judgeRefunds(labels.judged, judges, thresholds, 'flagged'),
    refundRulesAlone: judgeRefunds(labels.judged, [], thresholds, 'flagged'),
    escalated: judgeRefunds(labels.judged, judges, thresholds, 'escalates'),
    labels: judgeLabels(labels.judged, judges),
    sentiment: judgeLabels(moods.judged, moodJudges),
    leftOut: {
      ...leaveSourcesOut(labels, sources, fitLabels, thresholds),
      'own messages': judgeRefunds(
        labels.helping,
        labels.helping.map(() => ownJudge),
        thresholds,
        'flagged',
      ),
    },
    ownLabels: judgeLabels(
      labels.helping,
      labels.helping.map(() => ownJudge),
    ),
    thresholds,
  };
  const weights: TriageWeights = {
    labels: packModel(fitLabels([...labels.judged, ...labels.helping])),
    sentiment: packModel(fitModel([...moods.judged, ...moods.helping], MOOD_SETTINGS)),
    refundThresholds: thresholds,
  };
  return { weights, report };
}

interface Examples {
  judged: LabelledExample[];
  helping: LabelledExample[];
}

function leaveSourcesOut(
  { judged, helping }: Examples,
  sources: string[],
  fitModel: (some: Example[]) => LinearModel,
  thresholds: RefundThresholds,
): Record<string, Tally> {
  return Object.fromEntries(
    sources.map((source) => {
      const judge = createClassifier(
        fitModel([...judged.filter(({ row }) => row.source !== source), ...helping]),
      );
      const rows = judged.filter(({ row }) => row.source === source);
      return [
        source,
        judgeRefunds(
          rows,
          rows.map(() => judge),
          thresholds,
          'flagged',
        ),
      ];
    }),
  );
}

function createFit(total: number, onProgress: OnProgress) {
  let done = 0;
  return (examples: Example[], settings: FitSettings) => {
    const model = fitLinear(examples, settings);
    done += 1;
    onProgress(done, total);
    return model;
  };
}

function requireVariety(kind: 'label' | 'sentiment', examples: Example[]): void {
  if (new Set(examples.map(({ label }) => label)).size >= 2) return;
  throw new ConfigError([
    `The data names fewer than two different values of "${kind}"; add rows that do (--data may be given several times).`,
  ]);
}

function sourcesWithDemands(examples: LabelledExample[]): string[] {
  const sources = [...new Set(examples.map(({ row }) => row.source))];
  return sources.filter(
    (source) => examples.filter((one) => one.row.source === source && isDemand(one)).length >= MIN_DEMANDS,
  );
}

/** For each example the classifier that was fitted without it and its near-twins. */
function crossFit(
  examples: Examples,
  groups: number[],
  fitModel: (some: Example[]) => LinearModel,
): Classify[] {
  const foldOf = dealFolds(groups, FOLDS);
  const judges = Array.from({ length: FOLDS }, (_none, fold) => {
    const others = examples.judged.filter((_example, index) => foldOf[index] !== fold);
    return createClassifier(fitModel([...others, ...examples.helping]));
  });
  return foldOf.map((fold) => judges[fold] as Classify);
}

/** The highest share that still finds the wanted part of the demands, together with the rules. */
function chooseThreshold(examples: LabelledExample[], judges: Classify[]): number {
  const shares = examples.flatMap((example, index) => {
    if (!isDemand(example)) return [];
    const byRules = NOTHING_LEARNT(example.row.text).flagged;
    return [byRules ? 1 : (judges[index]?.(example.features).refund_demand ?? 0)];
  });
  shares.sort((a, b) => b - a);
  const last = shares[Math.ceil(WANTED_RECALL * shares.length) - 1] ?? 0;
  return Math.floor(Math.min(last, HIGHEST_THRESHOLD) * 1000) / 1000;
}

function judgeRefunds(
  examples: LabelledExample[],
  judges: Classify[],
  thresholds: RefundThresholds,
  verdict: 'flagged' | 'escalates',
): Tally {
  return tally(
    examples.map((example, index) => {
      const judge = judges[index];
      const score = judge ? createRefundDemand(judge, thresholds) : NOTHING_LEARNT;
      return { truth: isDemand(example), flagged: score(example.row.text)[verdict] };
    }),
  );
}

const judgeLabels = (examples: Example[], judges: Classify[]): LabelFigures =>
  macroF1(
    examples.map(({ label, features }, index) => ({
      truth: label,
      found: mostLikely(judges[index]?.(features) ?? {}),
    })),
  );

/** The rules alone. */
const NOTHING_LEARNT = createRefundDemand(() => ({}), { message: 1, sentence: 1 });

const isDemand = ({ label }: Example) => label === 'refund_demand';

function labelled(rows: TriageRow[]): LabelledExample[] {
  return rows.flatMap((row) =>
    row.label === undefined
      ? []
      : [{ row, label: row.label, features: readFeatures(row.text, readRuleMarks(row.text)) }],
  );
}

function withMood(rows: TriageRow[]): LabelledExample[] {
  return rows.flatMap((row) =>
    row.sentiment === undefined
      ? []
      : [{ row, label: row.sentiment, features: readFeatures(row.text, readMoodMarks(row.text)) }],
  );
}
