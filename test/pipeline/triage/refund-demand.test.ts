import { describe, expect, test } from 'vitest';
import { triageMessage } from '../../../src/pipeline/triage/shipped-weights.ts';
import { readGolden } from './golden.ts';

interface Mail {
  id: string;
  text: string;
  refundDemand: boolean;
}

function judge(mails: Mail[]) {
  const flagged = (mail: Mail) => triageMessage(mail.text).refundDemand.flagged;
  return {
    missed: mails.filter((mail) => mail.refundDemand && !flagged(mail)).map(({ id }) => id),
    falseAlarms: mails.filter((mail) => !mail.refundDemand && flagged(mail)).map(({ id }) => id),
  };
}

describe('a refund demand', () => {
  test('is found in long mails, at most one missed and two false alarms', () => {
    const mails = readGolden<Mail>('long-mails.jsonl');
    expect(mails.filter(({ refundDemand }) => refundDemand)).toHaveLength(20);
    const { missed, falseAlarms } = judge(mails);
    expect(missed.length, missed.join()).toBeLessThanOrEqual(1);
    expect(falseAlarms.length, falseAlarms.join()).toBeLessThanOrEqual(2);
  });

  test('is found in forty more long mails, at most one missed and two false alarms', () => {
    const { missed, falseAlarms } = judge(readGolden<Mail>('long-mails-more.jsonl'));
    expect(missed.length, missed.join()).toBeLessThanOrEqual(1);
    expect(falseAlarms.length, falseAlarms.join()).toBeLessThanOrEqual(2);
  });

  test.each([
    'Can I get a refund?',
    'i want my money back',
    'erfund me please',
    'REFUND $160',
    'Could you credit the difference to our account?',
    'Please reverse yesterday’s charge.',
    'I don’t know how I can get a reimbursement',
    'If you don’t refund us we will dispute the charge.',
  ])('goes to a manager: %s', (text) => {
    const { kind, refundDemand } = triageMessage(text);
    expect(kind).toBe('refund_demand');
    expect(refundDemand.score).toBeGreaterThanOrEqual(0.5);
    expect(refundDemand.reasons).not.toEqual([]);
  });

  test.each([
    'What is the refund policy?',
    'Where is my refund?',
    'How long do refunds take?',
    'I don’t want a refund, I want it to work.',
    'One of our customers wants her money back, which button do I press?',
    'Which webhook event fires on refunds?',
    'I will get back to you about the payment',
    'How do I get the deleted records back?',
    'Our developer wrote in SurveyMonkey that the debate relates to seats.',
  ])('does not go to a manager: %s', (text) => {
    expect(triageMessage(text).kind).toBe('question');
  });

  test('is found however it is written: case, curly quotes, accents, zero-width characters', () => {
    for (const text of ['I WANT A REFUND', 'I’d like a réfund', 'I want a re\u200Bfund', 'ｒｅｆｕｎｄ me']) {
      expect(triageMessage(text).refundDemand.flagged, text).toBe(true);
    }
  });

  test('has a score from 0.5 on exactly when it is flagged', () => {
    for (const { text } of readGolden<{ text: string }>('own-messages.jsonl')) {
      const { score, flagged } = triageMessage(text).refundDemand;
      expect(score >= 0.5, text).toBe(flagged);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  test('is searched for in bounded time, whatever is pasted', () => {
    const start = performance.now();
    for (const text of [
      'refund '.repeat(20_000),
      'not '.repeat(20_000),
      'a'.repeat(200_000),
      '?!'.repeat(50_000),
    ]) {
      triageMessage(text);
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
