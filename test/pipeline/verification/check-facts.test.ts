import { describe, expect, it } from 'vitest';
import { factsMissing } from '../../../src/pipeline/verification/check-facts.ts';

const missing = (claim: string, quote: string) => factsMissing(claim, quote).map((fact) => fact.text);

describe('a fact of a claim', () => {
  it.each([
    ['It costs $5.', 'The price is 5 USD.'],
    ['It costs 5 dollars.', 'The price is $5.00.'],
    ['Up to 1000 users.', 'Up to 1,000 users.'],
    ['Five users are free.', 'The first 5 users are free.'],
    ['Refunds take 14 days.', 'Refunds take two weeks.'],
    ['Within 24 hours.', 'Within a day.'],
    ['Within one week.', 'Within a week.'],
    ['It takes 2 weeks.', 'It takes 2 to 3 weeks.'],
    ['Between $5 and $10.', 'Plans cost $5-10.'],
    ['1.5 million rows', 'some 1,500,000 rows'],
    ['On March 3, 2021.', 'Released 2021-03-03.'],
    ['On 3 March.', 'On March 3rd, 2021.'],
    ['In March 2021.', 'On 3 March 2021.'],
    ['In 2021.', 'On 3 March 2021.'],
    ['Until 5 pm.', 'Open until 17:00.'],
    ['Billed monthly.', 'You are billed per month.'],
    ['It needs Node 20.', 'It needs Node.js v20.19.0 or newer.'],
    ['Version 2.10 is out.', 'Since v2.10 this works.'],
    ['See https://example.com/docs.', 'See [docs](http://www.example.com/docs/).'],
    ['5 GB of storage', '| Storage (GB) | 5 |'],
    ['99.9% uptime', 'an uptime of 99.9 percent'],
    ['A 401(k) plan', 'a 401k plan'],
    ['1. Open the page.\n2. Press Save.', 'Open the page and press Save.'],
    ['It is one of them.', 'It belongs to them.'],
    ['You may cancel [S1].', 'You may cancel.'],
  ])('passes: %s | %s', (claim, quote) => {
    expect(missing(claim, quote)).toEqual([]);
  });

  it.each([
    ['It costs $50.', 'It costs $5.', '$50'],
    ['It costs €5.', 'It costs $5.', '€5'],
    ['Up to 1,000 users.', 'Up to 10,000 users.', '1,000'],
    ['Refunds take 2 days.', 'Refunds take 2 weeks.', '2 days'],
    ['Within 5 business days.', 'Within 5 days.', '5 business days'],
    ['5 MB of storage', '5 GB of storage', '5 MB'],
    ['5 MB of storage', '| Storage (GB) | 5 |', '5 MB'],
    ['On March 4, 2021.', 'On March 3, 2021.', 'March 4, 2021'],
    ['On March 3, 2022.', 'On March 3, 2021.', 'March 3, 2022'],
    ['In May 2021.', 'In March 2021.', 'May 2021'],
    ['Until 6 pm today.', 'Until 5 pm today.', '6 pm'],
    ['$5 per year', '$5 per month', 'per year'],
    ['Version 2.1 is out.', 'Version 2.10 is out.', '2.1'],
    ['v1.2.4', 'v1.2.3', 'v1.2.4'],
    ['See https://example.com/pay.', 'See https://example.com/docs.', 'https://example.com/pay.'],
    ['99.95% uptime', '99.9% uptime', '99.95%'],
    ['Stored on S3.', 'Stored on R2.', 'S3'],
    ['On Monday.', 'On Tuesday.', 'Monday'],
    ['Twenty-five users', '20 or 5 users', '25'],
  ])('is missing: %s | %s', (claim, quote, fact) => {
    expect(missing(claim, quote)).toContain(fact);
  });
});
