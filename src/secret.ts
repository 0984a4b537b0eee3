import { inspect } from 'node:util';

/** A credential that shows itself to nobody who does not ask for it by name. */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

export const REDACTED = '[redacted]';

export function createSecret(value: string): Secret {
  const hide = () => REDACTED;
  return Object.freeze({ reveal: () => value, toString: hide, toJSON: hide, [inspect.custom]: hide });
}
