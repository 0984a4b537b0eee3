import { ConfigError, VendorRefused, VendorUnreachable } from '../../src/errors.ts';

/** One line of the report. A failed one always says what to do where. */
export type Finding =
  | { check: string; status: 'ok' | 'skipped'; detail: string }
  | { check: string; status: 'failed'; detail: string; remedy: string };

export const APP_PAGE = 'https://api.slack.com/apps → your app →';

export const ok = (check: string, detail: string): Finding => ({ check, status: 'ok', detail });
export const skipped = (check: string, detail: string): Finding => ({ check, status: 'skipped', detail });
export const failed = (check: string, detail: string, remedy: string): Finding => {
  return { check, status: 'failed', detail, remedy };
};

const REINSTALL = `npm run manifest, paste the manifest at ${APP_PAGE} App Manifest, then Install App → Reinstall`;
const COPY_TOKEN = `copy it again from ${APP_PAGE} OAuth & Permissions (bot token) or Basic Information (app token)`;

/** Slack's words for what an operator can put right, and how. */
const REMEDIES: Record<string, string> = {
  invalid_auth: COPY_TOKEN,
  not_authed: COPY_TOKEN,
  token_revoked: COPY_TOKEN,
  token_expired: COPY_TOKEN,
  not_allowed_token_type: COPY_TOKEN,
  account_inactive: `the app was uninstalled: ${APP_PAGE} Install App, then copy the new token`,
  missing_scope: REINSTALL,
  channel_not_found:
    'check the id (Slack → channel name → About); a private channel has to invite the bot first',
  user_not_found: 'check the id: Slack → profile → ⋮ → Copy member ID',
  user_not_visible: 'name somebody of your own workspace, or of one that shares a channel with it',
  no_such_subteam: 'check the id: Slack → Directory → User groups → ⋮ → Copy group ID',
  'rate limited': 'wait a minute and run the check again',
};

export function failure(check: string, error: unknown): Finding {
  if (error instanceof VendorRefused) {
    const remedy = REMEDIES[error.reason] ?? `look up "${error.reason}" at https://docs.slack.dev`;
    return failed(check, `Slack says ${error.reason}`, remedy);
  }
  if (error instanceof VendorUnreachable) {
    return failed(check, error.message, 'check the network and proxy of this machine, and SLACK_API_URL');
  }
  if (error instanceof ConfigError)
    return failed(check, error.problems.join('\n'), 'change it in .env or in the file named');
  throw error;
}
