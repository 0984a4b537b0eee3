import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCustomerFile } from '../../src/adapters/customer-file.ts';
import { createCustomers } from '../../src/adapters/customers.ts';
import { ConfigError } from '../../src/errors.ts';
import { createTestClock } from '../helpers/test-clock.ts';

const ACME = { name: 'Acme', tier: 'Pro', joined: '2024-02-01' };

function writeCustomers(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-customers-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'customers.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function problemsOf(content: unknown): readonly string[] {
  try {
    createCustomerFile(writeCustomers(content));
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('customer records from a file', () => {
  test('are found by the channel, else by the team', async () => {
    const customers = createCustomerFile(writeCustomers({ C1: ACME, T2: { ...ACME, name: 'Team two' } }));
    expect((await customers.find({ channel: 'C1', team: 'T2' }))?.name).toBe('Acme');
    expect((await customers.find({ channel: 'C9', team: 'T2' }))?.name).toBe('Team two');
    expect(await customers.find({ channel: 'C9', team: 'T9' })).toBeUndefined();
    expect(await customers.find({ channel: 'C9' })).toBeUndefined();
  });

  test('are nobody’s for the names that every object has', async () => {
    const customers = createCustomerFile(writeCustomers({ C1: ACME }));
    for (const channel of ['constructor', '__proto__', 'toString'])
      expect(await customers.find({ channel })).toBeUndefined();
  });

  test('have empty lists where a record names none', async () => {
    const customers = createCustomerFile(writeCustomers({ C1: ACME }));
    expect(await customers.find({ channel: 'C1' })).toEqual({ ...ACME, recentTickets: [], incidents: [] });
  });

  test('that are broken are all named at once, with the field', () => {
    const problems = problemsOf({ C1: ACME, C2: { ...ACME, joined: 'last year' }, C3: { tier: 'Pro' } });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/record "C2": joined: must be a date such as/);
    expect(problems[1]).toMatch(/record "C3": .*name.*joined/);
  });

  test.each([
    ['no JSON', '{ "C1": '],
    ['a list', []],
    ['a text', '"C1"'],
    ['nothing', 'null'],
  ])('a file that holds %s is refused by its name', (_title, content) => {
    expect(problemsOf(content)).toEqual([expect.stringMatching(/^CUSTOMERS: .*customers\.json/)]);
  });

  test('a file that is not there is refused by its name', () => {
    expect(() => createCustomerFile('/nowhere/customers.json')).toThrow(/CUSTOMERS: \/nowhere/);
  });
});

test('a desk without records finds none', async () => {
  expect(await createCustomers(undefined, createTestClock()).find({ channel: 'C1' })).toBeUndefined();
});
