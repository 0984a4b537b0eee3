import type { Environment } from './config-fields.ts';
import type { Secret } from './secret.ts';

export interface ApprovalsConfig {
  holdMs: number;
  expiryMs: number;
  twoApproversAbove: number | undefined;
  /** Pays approved refunds; without it people do. */
  webhook: { url: string; secret: Secret } | undefined;
}

export function readApprovals(env: Environment): ApprovalsConfig {
  const { REFUND_WEBHOOK_URL: url, REFUND_WEBHOOK_SECRET: secret } = env;
  return {
    holdMs: Math.round(env.APPROVAL_HOLD_SECONDS * 1_000),
    expiryMs: Math.round(env.APPROVAL_EXPIRY_HOURS * 3_600_000),
    twoApproversAbove: env.TWO_APPROVERS_ABOVE,
    webhook: url !== undefined && secret !== undefined ? { url, secret } : undefined,
  };
}

/** A webhook that cannot tell who asks it to pay would pay anybody. */
export function findApprovalProblems(
  env: Partial<Environment>,
): { name: keyof Environment; wrong: string }[] {
  const { REFUND_WEBHOOK_URL: url, REFUND_WEBHOOK_SECRET: secret } = env;
  if (url === undefined && secret !== undefined) {
    return [{ name: 'REFUND_WEBHOOK_SECRET', wrong: 'is set without a REFUND_WEBHOOK_URL' }];
  }
  if (url !== undefined && secret === undefined) {
    return [{ name: 'REFUND_WEBHOOK_SECRET', wrong: 'is missing, which REFUND_WEBHOOK_URL needs' }];
  }
  return [];
}
