import { describe, expect, test } from 'vitest';
import { findBlockProblems, type Surface } from '../../src/local/block-rules.ts';

const long = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const rows = (count: number, width = 1) =>
  Array.from({ length: count }, () => Array.from({ length: width }, () => ({ type: 'raw_text', text: 'x' })));
const table = (count = 1, width = 1) => ({ type: 'table', rows: rows(count, width) });
const feedback = {
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      action_id: 'f',
      positive_button: { text: plain('Good'), value: 'good' },
      negative_button: { text: plain('Bad'), value: 'bad' },
    },
  ],
};
const input = {
  type: 'input',
  block_id: 'i',
  label: plain('Why'),
  element: { type: 'plain_text_input', action_id: 't' },
};
const many = (count: number, block: object) => Array.from({ length: count }, () => block);

describe('sound blocks pass', () => {
  test.each<[string, object[], Surface]>([
    ['an answer', [{ type: 'markdown', text: long(12_000) }, feedback], 'message'],
    ['a card', [section(long(3000)), actions(button({ value: long(2000), style: 'primary' }))], 'message'],
    ['fifty blocks', many(50, { type: 'divider' }), 'message'],
    ['a table of full size', [table(100, 20)], 'message'],
    ['a Home tab of a hundred', many(100, section('x')), 'home'],
    ['a dialog', [input, section('x')], 'modal'],
    [
      'ten options',
      [actions({ type: 'overflow', action_id: 'o', options: [{ text: plain('x'), value: 'x' }] })],
      'message',
    ],
  ])('%s', (_title, blocks, surface) => {
    expect(findBlockProblems(blocks, surface)).toEqual([]);
  });
});

describe('what Slack refuses is refused', () => {
  test.each<[string, object[], Surface, string]>([
    ['an unknown block', [{ type: 'sectoin' }], 'message', '/blocks/0/type'],
    ['a block named like a property of every object', [{ type: 'constructor' }], 'message', '/blocks/0/type'],
    ['an unknown element', [actions({ type: 'buton' })], 'message', '/blocks/0/elements/0/type'],
    ['a field nobody knows', [{ ...section('x'), color: 'red' }], 'message', 'color'],
    ['a section over 3,000', [section(long(3001))], 'message', 'less than 3001'],
    ['an empty section text', [section('')], 'message', '/blocks/0/text/text'],
    ['a section without text', [{ type: 'section' }], 'message', 'text or fields'],
    [
      'a field over 2,000',
      [{ type: 'section', fields: [plain(long(2001))] }],
      'message',
      '/blocks/0/fields/0/text',
    ],
    ['eleven fields', [{ type: 'section', fields: many(11, plain('x')) }], 'message', 'no more than 10'],
    ['a header over 150', [{ type: 'header', text: plain(long(151)) }], 'message', 'less than 151'],
    [
      'mrkdwn in a header',
      [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
      'message',
      '/blocks/0/text/type',
    ],
    ['a button text over 75', [actions(button({ text: plain(long(76)) }))], 'message', 'less than 76'],
    ['a button value over 2,000', [actions(button({ value: long(2001) }))], 'message', 'less than 2001'],
    ['a made-up button style', [actions(button({ style: 'green' }))], 'message', '/style'],
    ['26 buttons', [actions(...many(26, button()))], 'message', 'no more than 25'],
    ['two buttons of one id', [actions(button(), button())], 'message', 'action_id'],
    [
      'eleven context elements',
      [{ type: 'context', elements: many(11, plain('x')) }],
      'message',
      'no more than 10',
    ],
    ['51 blocks', many(51, { type: 'divider' }), 'message', 'no more than 50'],
    ['101 blocks on Home', many(101, { type: 'divider' }), 'home', 'no more than 100'],
    ['two tables', [table(), table()], 'message', 'only_one_table_allowed'],
    ['a table of 101 rows', [table(101)], 'message', 'no more than 100'],
    ['a row of 21 cells', [table(1, 21)], 'message', 'no more than 20'],
    [
      'markdown over 12,000 in sum',
      many(2, { type: 'markdown', text: long(6001) }),
      'message',
      'less than 12001 characters in total',
    ],
    ['a block_id twice', many(2, { ...section('x'), block_id: 'same' }), 'message', 'block_id'],
    ['a block_id over 255', [{ ...section('x'), block_id: long(256) }], 'message', 'less than 256'],
    ['markdown on Home', [{ type: 'markdown', text: 'x' }], 'home', 'markdown'],
    ['a table on Home', [table()], 'home', 'table'],
    ['feedback buttons on Home', [feedback], 'home', 'context_actions'],
    ['markdown in a dialog', [{ type: 'markdown', text: 'x' }], 'modal', 'markdown'],
    ['an alert in a message', [{ type: 'alert', text: plain('x') }], 'message', 'alert'],
    ['an input without label', [{ type: 'input', element: input.element }], 'modal', 'label'],
  ])('%s', (_title, blocks, surface, part) => {
    expect(findBlockProblems(blocks, surface).join('\n')).toContain(part);
  });
});
