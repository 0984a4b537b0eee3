import { z } from 'zod';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date such as 2026-01-31');

/** A customer record as operators give it, from a file or an endpoint. */
export const CUSTOMER_RECORD = z.object({
  name: z.string().min(1),
  tier: z.string().min(1),
  joined: day,
  recentTickets: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        status: z.string(),
        updated: day,
        body: z.string().optional(),
      }),
    )
    .default([]),
  incidents: z.array(z.string()).default([]),
  notes: z.string().optional(),
});

export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'record'}: ${issue.message}`).join('; ');
}
