import { describe, expect, test } from 'vitest';
import { readQueryWords } from '../../src/knowledge/query-words.ts';
import { createTitleMatch } from '../../src/knowledge/title-match.ts';

function match(question: string, title: string, headings: string[] = []) {
  return createTitleMatch(readQueryWords([{ text: question, weight: 1 }]).words)({ title, headings });
}

describe('the match of a title', () => {
  test('tells which share of the question it has, and which share of it was asked', () => {
    expect(match('Which API requests may we send?', 'API rate limits')).toEqual({
      asked: 1 / 3,
      title: 1 / 3,
    });
    expect(match('rate limits', 'The rate limits')).toEqual({ asked: 1, title: 1 });
  });

  test('counts headings for the question, not for the title', () => {
    expect(match('export limits', 'Plans', ['Limits', 'Export'])).toEqual({ asked: 1, title: 0 });
  });

  test.each([
    ['refunded', 'Refunds', 1],
    ['upgrade', 'Upgrading', 1],
    ['plan', 'Planet', 1],
    ['plan', 'Planning', 0],
    ['card', 'Care', 0],
    ['api', 'App', 0],
  ])('"%s" against "%s" is %d', (question, title, share) => {
    expect(match(question, title).title).toBe(share);
  });

  test('is nothing where nothing was asked or the page has no title', () => {
    expect(match('what is the', 'Plans')).toEqual({ asked: 0, title: 0 });
    expect(match('plans', '')).toEqual({ asked: 0, title: 0 });
  });
});
