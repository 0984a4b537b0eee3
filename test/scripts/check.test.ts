import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BOT_SCOPES } from '../../manifests/app.ts';
import { checkAll } from '../../scripts/check/check-all.ts';
import type { Finding } from '../../scripts/check/finding.ts';
import { loadConfig } from '../../src/config.ts';
import { type LocalServer, type LocalServerOptions, startLocalServer } from '../../src/local/server.ts';
import { runScript } from '../helpers/run-script.ts';

let folder: string;
let slack: LocalServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-check-'));
  mkdirSync(join(folder, 'knowledge'));
  writeFileSync(join(folder, 'knowledge', 'refunds.md'), '# Refunds\n\nWithin 30 days.\n');
});

afterEach(async () => {
  await slack?.stop();
  slack = undefined;
  rmSync(folder, { recursive: true });
});

async function startSlack(options: LocalServerOptions = {}): Promise<LocalServer> {
  slack = await startLocalServer({ scopes: BOT_SCOPES, ...options });
  return slack;
}

const settings = (apiUrl: string) => ({
  SLACK_API_URL: apiUrl,
  SLACK_BOT_TOKEN: 'xoxb-1-secretpart',
  SLACK_APP_TOKEN: 'xapp-1-A0LOCAL-2-secretpart',
  CUSTOMER_CHANNELS: 'C0ACME,C0GLOBEX',
  MANAGER_CHANNEL: 'C0MANAGERS',
  KNOWLEDGE: join(folder, 'knowledge'),
  DATA_DIR: join(folder, 'data'),
});

async function check(env: Record<string, string>) {
  const findings: Finding[] = [];
  for await (const finding of checkAll(loadConfig(env))) findings.push(finding);
  return { findings, failed: findings.filter((finding) => finding.status === 'failed') };
}

test('finds everything in order in a workspace that is set up', async () => {
  const { apiUrl } = await startSlack();
  const { findings, failed } = await check(settings(apiUrl));
  expect(failed).toEqual([]);
  expect(Object.fromEntries(findings.map((one) => [one.check, one.detail]))).toMatchObject({
    'bot token': '@countersign in Northbeam (T0HOME)',
    scopes: `all ${BOT_SCOPES.length} that are needed`,
    'app token': 'opens Socket Mode',
    'customer channel C0ACME': '#ext-acme-tidemark',
    'customer channel C0GLOBEX': '#ext-globex-tidemark',
    'manager channel C0MANAGERS': '#refund-approvals',
    'staff channel': 'the manager channel',
    approvers: expect.stringMatching(/^staff in the manager channel: Maya Lindqvist, .+, .+$/),
    [`knowledge ${folder}/knowledge`]: '1 page',
  });
});

test('says that a bot token is wrong, and skips what needs it', async () => {
  const { apiUrl } = await startSlack({ botToken: 'xoxb-another' });
  const { findings, failed } = await check(settings(apiUrl));
  expect(failed).toMatchObject([{ check: 'bot token', detail: 'Slack says invalid_auth' }]);
  expect(findings.at(-1)).toMatchObject({ check: 'channels and approvers', status: 'skipped' });
  expect(JSON.stringify(findings)).not.toContain('secretpart');
});

test('says that an app token is wrong or belongs to another app', async () => {
  const { apiUrl } = await startSlack({ appToken: 'xapp-1-A0OTHER-2-x' });
  expect((await check(settings(apiUrl))).failed).toMatchObject([
    { check: 'app token', detail: 'Slack says invalid_auth' },
  ]);
  const { failed } = await check({ ...settings(apiUrl), SLACK_APP_TOKEN: 'xapp-1-A0OTHER-2-x' });
  expect(failed).toMatchObject([{ check: 'app token', detail: expect.stringContaining('the app A0OTHER') }]);
});

test('needs no app token in HTTP mode', async () => {
  const { apiUrl } = await startSlack();
  const http = { SLACK_APP_TOKEN: '', SLACK_MODE: 'http', SLACK_SIGNING_SECRET: 'abc' };
  const { findings, failed } = await check({ ...settings(apiUrl), ...http });
  expect(failed).toEqual([]);
  expect(findings).toContainEqual({
    check: 'app token',
    status: 'skipped',
    detail: 'not needed in HTTP mode',
  });
});

test('names the scopes that are missing', async () => {
  const { apiUrl } = await startSlack({ scopes: BOT_SCOPES.filter((scope) => !scope.startsWith('im:')) });
  const { failed } = await check(settings(apiUrl));
  expect(failed).toMatchObject([
    { check: 'scopes', detail: 'missing im:history, im:write', remedy: expect.stringContaining('Reinstall') },
  ]);
});

test('wants the bot in every customer channel', async () => {
  const { apiUrl } = await startSlack();
  const { failed } = await check({ ...settings(apiUrl), CUSTOMER_CHANNELS: 'C0GENERAL,C0ACME,C0NONE' });
  expect(failed).toMatchObject([
    {
      check: 'customer channel C0GENERAL',
      detail: 'the bot is not in #general',
      remedy: 'in #general, type /invite @countersign',
    },
    { check: 'customer channel C0NONE', detail: 'Slack says channel_not_found' },
  ]);
});

test('wants the manager channel private, internal and with the bot in it', async () => {
  const local = await startSlack();
  local.addChannel({ id: 'C0PUBLIC', name: 'refunds-public' });
  local.addChannel({ id: 'C0SHARED', name: 'refunds-shared', isPrivate: true, isExtShared: true });
  local.addChannel({ id: 'C0HIDDEN', isPrivate: true, members: [] });
  local.addChannel({ id: 'C0OLD', isPrivate: true, isArchived: true });
  const managerWrong = async (id: string) => {
    const { failed } = await check({ ...settings(local.apiUrl), MANAGER_CHANNEL: id });
    return failed.find((one) => one.check === `manager channel ${id}`)?.detail;
  };
  expect(await managerWrong('C0PUBLIC')).toContain('#refunds-public is public');
  expect(await managerWrong('C0SHARED')).toContain('#refunds-shared is shared with another workspace');
  expect(await managerWrong('C0HIDDEN')).toBe('Slack says channel_not_found');
  expect(await managerWrong('C0OLD')).toContain('is archived');
});

test('wants the staff channel internal', async () => {
  const local = await startSlack();
  local.addChannel({ id: 'C0SHARED', name: 'desk', isExtShared: true });
  const { failed } = await check({ ...settings(local.apiUrl), STAFF_CHANNEL: 'C0SHARED' });
  expect(failed).toMatchObject([{ check: 'staff channel C0SHARED' }]);
});

test('tells of each approver who could not decide why', async () => {
  const local = await startSlack();
  local.addUser({ id: 'U0GONE', isDeleted: true });
  local.addUser({ id: 'U0FAR' });
  const approvers = 'U0MAYA,U0GUEST,U0ALICE,U0CIBOT,U0GONE,U0FAR,U0NOBODY';
  const { failed, findings } = await check({ ...settings(local.apiUrl), APPROVERS: approvers });
  expect(findings).toContainEqual({ check: 'approver U0MAYA', status: 'ok', detail: 'Maya Lindqvist' });
  expect(Object.fromEntries(failed.map((one) => [one.check, one.detail]))).toEqual({
    'approver U0GUEST': 'Gil Ferrer is a guest',
    'approver U0ALICE': 'Alice Moreau belongs to the workspace T0ACME',
    'approver U0CIBOT': 'Deploybot is an app',
    'approver U0GONE': 'Gone is deactivated',
    'approver U0FAR': 'Far is not in the manager channel',
    'approver U0NOBODY': 'Slack says user_not_found',
  });
});

test('wants at least one member of a user group to be able to decide', async () => {
  const local = await startSlack();
  const group = (id: string, users: string[]) =>
    local.workspace.userGroups.set(id, { id, handle: id.toLowerCase(), name: id, users });
  group('S0MANAGERS', ['U0MAYA', 'U0GUEST']);
  group('S0GUESTS', ['U0GUEST']);
  const env = { ...settings(local.apiUrl), APPROVERS: 'S0MANAGERS,S0GUESTS,S0NONE' };
  const { failed, findings } = await check(env);
  const able = '1 of 2 members can decide: Maya Lindqvist';
  expect(findings).toContainEqual({ check: 'approver S0MANAGERS', status: 'ok', detail: able });
  expect(failed).toMatchObject([
    { check: 'approver S0GUESTS', detail: 'nobody of the group can decide: Gil Ferrer is a guest' },
    { check: 'approver S0NONE', detail: 'Slack says no_such_subteam' },
  ]);
});

test('wants somebody in the manager channel who can decide when no approver is named', async () => {
  const local = await startSlack();
  local.addChannel({ id: 'C0EMPTY', isPrivate: true, members: ['U0BOT', 'U0GUEST'] });
  const { failed } = await check({ ...settings(local.apiUrl), MANAGER_CHANNEL: 'C0EMPTY' });
  expect(failed).toMatchObject([{ check: 'approvers', detail: 'nobody in the manager channel is staff' }]);
});

test('says that Slack cannot be reached, and still checks this machine', async () => {
  const { failed, findings } = await check(settings('http://127.0.0.1:9/api/'));
  expect(failed.map((one) => one.check)).toEqual(['bot token', 'app token']);
  expect(failed[0]).toHaveProperty('remedy', expect.stringContaining('SLACK_API_URL'));
  expect(findings).toContainEqual({ check: `knowledge ${folder}/knowledge`, status: 'ok', detail: '1 page' });
});

test('names the pages that cannot be used, the folder that is missing and the records that are broken', async () => {
  const { apiUrl } = await startSlack();
  const [pages, gone, records] = ['knowledge', 'gone', 'customers.json'].map((name) => join(folder, name));
  writeFileSync(`${pages}/broken.md`, Buffer.from([0xff, 0xfe, 0x41]));
  writeFileSync(`${records}`, '{ "C0ACME": { "name": "Acme" } }');
  const env = { ...settings(apiUrl), KNOWLEDGE: `${pages},${gone}`, CUSTOMERS: `${records}` };
  const { failed } = await check(env);
  expect(failed).toMatchObject([
    {
      check: `knowledge ${pages}`,
      detail: expect.stringMatching(/^1 of 2 pages cannot be used\nbroken\.md is UTF-16/),
    },
    { check: `knowledge ${gone}`, detail: expect.stringContaining('does not exist') },
    { check: 'customer records', detail: expect.stringContaining('C0ACME') },
  ]);
});

test('finds out by writing whether the data folder can be written, and leaves nothing behind', async () => {
  const { apiUrl } = await startSlack();
  const store = async (dataDir: string) => {
    const { findings } = await check({ ...settings(apiUrl), DATA_DIR: dataDir });
    return findings.find((one) => one.check === 'store');
  };
  expect(await store(join(folder, 'new', 'data'))).toMatchObject({ status: 'ok' });
  expect(readdirSync(folder)).toEqual(['knowledge']);
  writeFileSync(join(folder, 'file'), '');
  expect(await store(join(folder, 'file', 'data'))).toMatchObject({
    status: 'failed',
    detail: expect.stringMatching(/cannot be written \(E\w+\)$/),
  });
});

test('says that there is no such prompt', async () => {
  const { apiUrl } = await startSlack();
  const { failed } = await check({ ...settings(apiUrl), PROMPT_VERSION: 'v99' });
  expect(failed).toMatchObject([{ check: 'model', detail: expect.stringContaining('"v99"') }]);
});

describe('npm run check', () => {
  test('reads .env where it is started, prints one line each and what to do about a failed one', async () => {
    const { apiUrl } = await startSlack();
    const env = { ...settings(apiUrl), CUSTOMER_CHANNELS: 'C0ACME,C0GENERAL' };
    const lines = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    writeFileSync(join(folder, '.env'), lines.join('\n'));
    const { code, stdout, stderr } = await runScript('check', [], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('✔ settings: complete and valid\n');
    expect(stdout).toContain(
      '✖ customer channel C0GENERAL: the bot is not in #general\n    → in #general, type /invite @countersign\n',
    );
    expect(stdout).toContain('– staff channel: the manager channel\n');
    expect(stdout).toMatch(/\n1 to put right\n$/);
  });

  test('prints one JSON object and exits with 0 when all is right', async () => {
    const { apiUrl } = await startSlack();
    const { code, stdout } = await runScript('check', ['--json'], { cwd: folder, env: settings(apiUrl) });
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.ok).toBe(true);
    expect(report.checks[0]).toEqual({ check: 'settings', status: 'ok', detail: 'complete and valid' });
  });

  test('lists all that is missing and exits with 2 before it asks anybody', async () => {
    const { code, stdout } = await runScript('check', ['--json'], {
      cwd: folder,
      env: { LOG_LEVEL: 'loud' },
    });
    expect(code).toBe(2);
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Finding[] };
    expect(ok).toBe(false);
    expect(checks.map(({ detail }) => detail.split(':')[0])).toEqual([
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'CUSTOMER_CHANNELS',
      'MANAGER_CHANNEL',
      'LOG_LEVEL',
    ]);
  });

  test('refuses an unknown option as wrong usage', async () => {
    const wrong = await runScript('check', ['--jsno']);
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("'--jsno'") });
  });
});
