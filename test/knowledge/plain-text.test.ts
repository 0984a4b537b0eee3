import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/knowledge/plain-text.ts';

describe('the readable form of Markdown', () => {
  test.each([
    ['See [the **plans**](/pricing/plans#hobby "Plans").', 'See the plans.'],
    ['![A refund button](https://img.test/x.png)', 'A refund button'],
    ['<Image src="https://img.test/y.png" alt="The billing page" width={1200} />', 'The billing page'],
    ['<Collapse title="Why was I charged?">Because.</Collapse>', 'Why was I charged? Because.'],
    ['Set `DATABASE_URL` to <project-id> <!-- secret -->', 'Set DATABASE_URL to project-id'],
    ['Salt &amp; pepper, \\*starred\\*', 'Salt & pepper, starred'],
    ['1 < 2 and a_b_c stay', '1 < 2 and a_b_c stay'],
  ])('of %j', (markdown, text) => {
    expect(plainText(markdown).replace(/\s+/g, ' ').trim()).toBe(text);
  });
});
