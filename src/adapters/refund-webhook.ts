import { createHmac } from 'node:crypto';
import { toError, VendorRefused, VendorUnreachable } from '../errors.ts';
import type { Clock, RefundDesk } from '../ports.ts';
import type { Secret } from '../secret.ts';

const NAME = 'The refund webhook';
const TIMEOUT_MS = 15_000;
/** Enough to see what went wrong; the rest is the webhook's own business. */
const MAX_ANSWER_CHARS = 500;
/** Not now, or not at all just now: the same order may be taken later. */
const LATER = new Set([408, 409, 423, 425, 429]);

/**
 * Orders refunds by signed POSTs. The signature covers the moment and the body, as Slack signs its own requests; the
 * decision's id is the idempotency key, because an order without an answer is sent again.
 */
export function createRefundWebhook(options: { url: string; secret: Secret; clock: Clock }): RefundDesk {
  const { url, secret, clock } = options;
  return {
    async pay(order) {
      const body = JSON.stringify({ type: 'refund.approved', ...order });
      const timestamp = String(Math.floor(clock.now() / 1_000));
      const signature = createHmac('sha256', secret.reveal()).update(`v1:${timestamp}:${body}`).digest('hex');
      const answer = await post(url, body, {
        'content-type': 'application/json',
        'idempotency-key': order.id,
        'x-countersign-timestamp': timestamp,
        'x-countersign-signature': `v1=${signature}`,
      });
      const words = (await answer.text().catch(() => '')).slice(0, MAX_ANSWER_CHARS);
      if (answer.ok) return { status: answer.status, answer: words };
      const retry = LATER.has(answer.status) || answer.status >= 500 ? 'later' : 'never';
      throw new VendorRefused(NAME, `status ${answer.status}${words === '' ? '' : `: ${words}`}`, { retry });
    },
  };
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    // An order follows nobody to another address: the signature is for this one.
    return await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
  } catch (error) {
    throw new VendorUnreachable(NAME, toError(error).message, error);
  }
}
