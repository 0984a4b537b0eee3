/** Why a file that was listed cannot be read, and what to do; follows its name. */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return `cannot be read (${code})${ADVICE[code] ?? '; check the disk it stands on'}`;
}

const PERMISSIONS = '; check its permissions';
const ADVICE: Record<string, string> = {
  EACCES: PERMISSIONS,
  EPERM: PERMISSIONS,
  ENOENT: ': it is no longer there, or is a link to what is not there; put it back, or remove the link',
  ELOOP: ': its link leads in a circle; mend or remove it',
};
