import type { Json } from './types.ts';

/** An answer `{ ok: false, error }` of the Web API; `extra` goes into the same object. */
export class Refused extends Error {
  readonly code: string;
  readonly extra: Json;

  constructor(code: string, extra: Json = {}) {
    super(code);
    this.name = 'Refused';
    this.code = code;
    this.extra = extra;
  }
}

export function refuse(code: string, extra: Json = {}): never {
  throw new Refused(code, extra);
}
