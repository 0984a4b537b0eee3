import { parseQuery, type Selected } from './parse-query.ts';
import type { Answer } from './rest.ts';
import { QueryFailed, runAggregate, runGet } from './search.ts';
import type { Store } from './store.ts';

export function answerGraphql(store: Store, query: string): Answer {
  if (store.classes.size === 0) {
    const message =
      'no graphql provider present, this is most likely because no schema is present. Import a schema first!';
    return { status: 422, body: { error: [{ message }] } };
  }
  try {
    const data: Record<string, unknown> = {};
    for (const { name, alias, fields } of parseQuery(query)) {
      if (name === '__typename') data[alias] = 'WeaviateObj';
      else data[alias] = run(store, name, fields);
    }
    return { status: 200, body: { data } };
  } catch (error) {
    if (error instanceof QueryFailed || error instanceof SyntaxError) {
      return { status: 200, body: { errors: [{ message: error.message, path: null }] } };
    }
    throw error;
  }
}

function run(store: Store, name: string, fields: Selected[]): Record<string, unknown> {
  const work = name === 'Get' ? runGet : runAggregate;
  return Object.fromEntries(fields.map((field) => [field.alias, work(store, field)]));
}
