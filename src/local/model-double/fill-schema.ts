import type { Schema } from './wire.ts';

/** The plainest value that fits a schema: what a grammar leaves a model that has nothing to say. */
export function fillSchema(schema: Schema): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, fillSchema(inner)]),
      );
    case 'array':
      return [];
    case 'boolean':
      return true;
    case 'number':
    case 'integer':
      return 0;
    case 'null':
      return null;
    default:
      return '';
  }
}
