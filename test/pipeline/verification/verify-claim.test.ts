import { describe, expect, it } from 'vitest';
import { verifyCitedClaim, verifyClaim } from '../../../src/pipeline/verification/verify-claim.ts';

const passage =
  'Invoices are sent on the first of the month. Refunds are not available for annual plans after 30 days. Exports finish within 2 hours.';

describe('a segment with its quote', () => {
  it('is supported when the quote stands in the passage and says the same', () => {
    const quote = 'Refunds are not available for annual plans after 30 days';
    const claim = "Refunds aren't available for annual plans after 30 days.";
    expect(verifyClaim({ claim, quote, passage })).toMatchObject({ verdict: 'supported', reasons: [] });
  });

  it('is unsupported when the quote is forged', () => {
    const quote = 'Refunds are available for annual plans';
    const verdict = verifyClaim({ claim: 'Refunds are available for annual plans.', quote, passage });
    expect(verdict.verdict).toBe('unsupported');
    expect(verdict.reasons[0]).toContain('does not stand in the passage');
  });

  it('is contradicted when the quote was cut so that the denial is lost', () => {
    const quote = 'available for annual plans after 30 days';
    const claim = 'Refunds are available for annual plans after 30 days.';
    expect(verifyClaim({ claim, quote, passage }).verdict).toBe('contradicted');
  });

  it('is contradicted when a figure differs from the one in its place', () => {
    const quote = 'Exports finish within 2 hours';
    expect(verifyClaim({ claim: 'Exports finish within 30 hours.', quote, passage }).verdict).toBe(
      'contradicted',
    );
  });

  it('is unsupported when a figure stands elsewhere in the passage but not in the quote', () => {
    const quote = 'Invoices are sent on the first of the month';
    const claim = 'Invoices are sent on the first of the month and exports take 2 hours.';
    const verdict = verifyClaim({ claim, quote, passage });
    expect(verdict.verdict).toBe('unsupported');
    expect(verdict.reasons.join()).toContain('2 hours');
  });

  it('may take its figures from several quotes', () => {
    const cites = ['Exports finish within 2 hours', 'annual plans after 30 days'].map((quote) => ({
      quote,
      passage,
    }));
    const claim = 'Exports finish within 2 hours. Refunds are not available for annual plans after 30 days.';
    expect(verifyCitedClaim(claim, cites).verdict).toBe('supported');
  });

  it('is unsupported without any quote', () => {
    expect(verifyCitedClaim('Exports finish within 2 hours.', [])).toMatchObject({
      verdict: 'unsupported',
      reasons: ['it cites nothing'],
    });
  });
});
