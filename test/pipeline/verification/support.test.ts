import { describe, expect, it } from 'vitest';
import { scoreSupport } from '../../../src/pipeline/verification/support.ts';

const PASSAGE = `# Cancelling a plan
You can cancel a Team plan at any time from the Billing page. The plan stays active until the end of the month.
We do not refund partial months. Refunds for duplicate charges are paid within 10 business days to the card that was used.
Enterprise customers write to Dana Whitfield. A Team plan costs $20 per seat and includes 50 GB of storage.`;

const judge = (claim: string) => scoreSupport({ claim, passages: [PASSAGE] });

describe('the support score', () => {
  it.each([
    'You can cancel a Team plan at any time from the Billing page.',
    'According to the documentation, refunds for duplicate charges are paid within 10 business days.',
    "We don't refund partial months.",
    'Yes, a Team plan costs $20 per seat and includes 50 GB of storage.',
    'Team plans can be cancelled at any time on the Billing page; the plan stays active until the month ends.',
    'Refunds for duplicate charges are paid within ten business days. We do not refund partial months.',
  ])('lets a true claim pass: %s', (claim) => {
    expect(judge(claim)).toMatchObject({ supported: true, reasons: [] });
  });

  it.each([
    ['a digit', 'A Team plan costs $25 per seat and includes 50 GB of storage.', /number "\$25"/],
    ['a currency', 'A Team plan costs €20 per seat and includes 50 GB of storage.', /€20/],
    ['a unit', 'Refunds for duplicate charges are paid within 10 business weeks.', /unit|number/],
    ['a size', 'A Team plan costs $20 per seat and includes 50 TB of storage.', /50 TB/],
    ['a figure borrowed from another sentence', 'A Team plan costs $10 per seat.', /\$10|"10"/],
    ['a denial added', 'You cannot cancel a Team plan at any time from the Billing page.', /negation/],
    ['a denial left out', 'We do refund partial months.', /negation/],
    ['a name', 'Enterprise customers write to Marla Whitfield.', /name "Marla"/],
    [
      'a product at the beginning',
      'Netscape plans cost $20 per seat and include 50 GB of storage.',
      /Netscape/,
    ],
    ['an opposite', 'The plan stays inactive until the end of the month.', /negation|opposite/],
  ])('refuses %s changed in a copied sentence', (_, claim, reason) => {
    const support = judge(claim);
    expect(support.supported).toBe(false);
    expect(support.reasons.join('\n')).toMatch(reason);
  });

  it('refuses what the passages do not speak of, and says of which words', () => {
    const support = judge('Our office dog is allowed to visit the warehouse kitchen on weekends.');
    expect(support.supported).toBe(false);
    expect(support.score).toBeLessThan(0.1);
    expect(support.reasons.join('\n')).toMatch(/does not speak of .*"warehouse"/);
  });

  it('refuses a claim that takes a figure from another sentence than the one it copies', () => {
    const passages = ['The Hobby plan costs $5 per month.\nThe Pro plan costs $20 per month.'];
    expect(scoreSupport({ claim: 'The Hobby plan costs $20 per month.', passages }).supported).toBe(false);
    expect(scoreSupport({ claim: 'The Hobby plan costs $5 per month.', passages }).supported).toBe(true);
  });

  it('is the same however the sources are cut into passages', () => {
    const claim = 'Refunds for duplicate charges are paid within 10 business days.';
    expect(scoreSupport({ claim, passages: PASSAGE.split('\n') })).toEqual(judge(claim));
  });

  it('refuses an empty claim, and a claim without passages, with a reason', () => {
    expect(judge(' … ')).toEqual({ score: 0, supported: false, reasons: ['it claims nothing'] });
    const alone = scoreSupport({ claim: 'It costs $5.', passages: [' '] });
    expect(alone).toMatchObject({ score: 0, supported: false });
    expect(alone.reasons[0]).toContain('no passage');
  });
});
