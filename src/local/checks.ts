/** Reports what is wrong with a value at a place, as lines in the form Slack gives them. */
export type Check = (value: unknown, at: string, problems: string[]) => void;

type Fields = Record<string, Check>;

export function report(problems: string[], at: string, text: string): void {
  problems.push(`[ERROR] ${text} [json-pointer:${at}]`);
}

export const text =
  (max: number, min = 1): Check =>
  (value, at, problems) => {
    if (typeof value !== 'string') return report(problems, at, 'must be a string');
    if (value.length < min) report(problems, at, `must be more than ${min - 1} characters`);
    if (value.length > max) report(problems, at, `must be less than ${max + 1} characters`);
  };

export const flag: Check = (value, at, problems) => {
  if (typeof value !== 'boolean') report(problems, at, 'must be a boolean');
};

export const count =
  (min: number, max: number): Check =>
  (value, at, problems) => {
    const isFine = typeof value === 'number' && value >= min && value <= max;
    if (!isFine) report(problems, at, `must be a number from ${min} to ${max}`);
  };

export const anything: Check = () => {};

export const oneOf =
  (...allowed: string[]): Check =>
  (value, at, problems) => {
    if (!allowed.includes(String(value))) report(problems, at, 'must be a valid enum value');
  };

export const list =
  (item: Check, max: number, min = 1): Check =>
  (value, at, problems) => {
    if (!Array.isArray(value)) return report(problems, at, 'must be an array');
    if (value.length < min) report(problems, at, `no fewer than ${min} items allowed`);
    if (value.length > max) report(problems, at, `no more than ${max} items allowed`);
    for (const [index, one] of value.entries()) item(one, `${at}/${index}`, problems);
  };

/** An object with exactly these fields: Slack refuses a field it does not know. */
export const shape =
  (required: Fields, optional: Fields = {}): Check =>
  (value, at, problems) => {
    if (!isRecord(value)) return report(problems, at, 'must be an object');
    for (const name of Object.keys(required)) {
      if (value[name] === undefined || value[name] === null)
        report(problems, at, `missing required field: ${name}`);
    }
    for (const [name, held] of Object.entries(value)) {
      const check = required[name] ?? optional[name];
      if (!check) report(problems, at, `invalid additional property: ${name}`);
      else if (held !== undefined && held !== null) check(held, `${at}/${name}`, problems);
    }
  };

/** Chooses the check by the field `type`. */
export const byType =
  (checks: Fields): Check =>
  (value, at, problems) => {
    const type = isRecord(value) ? String(value.type) : '';
    const check = Object.hasOwn(checks, type) ? checks[type] : undefined;
    if (check) check(value, at, problems);
    else report(problems, `${at}/type`, `unsupported type: ${type}`);
  };

export const pick = (checks: Fields, ...names: string[]): Check =>
  byType(Object.fromEntries(names.map((name) => [name, checks[name] ?? anything])));

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
