import type { Draft, LabelledPassage, Prompt, Question } from '../../src/pipeline/types.ts';

export const QUESTION: Question = {
  id: 'Q1',
  text: 'How do I export?',
  channel: 'C1',
  user: 'U1',
  thread: [],
  mentioned: false,
};

export const PROMPT: Prompt = { version: 'v1', system: 'system', user: 'user', hash: 'hash' };

export const passage = (more: Partial<LabelledPassage> = {}): LabelledPassage => ({
  label: 'S1',
  id: 'export.md#1',
  source: 'export.md',
  title: 'Exports',
  url: 'https://docs.example/export',
  updated: undefined,
  headings: [],
  text: 'Open Settings and press Export.',
  score: 1,
  relevance: 0.9,
  ...more,
});

export const draftOf = (...segments: Draft['segments']): Draft => ({
  model: 'm',
  segments,
  usage: null,
  costUsd: 0,
});
