/** A Weaviate server to test against; without one these tests are skipped. */
export const SERVER = process.env.WEAVIATE_URL || undefined;
export const WITHOUT_SERVER = SERVER ? '' : ' (skipped: WEAVIATE_URL is not set)';

async function call(method: string, path: string) {
  const answer = await fetch(`${SERVER}/v1${path}`, { method });
  return answer.status === 204 || answer.status === 404 ? undefined : answer.json().catch(() => undefined);
}

/** All classes an index of this name has on the server. */
export async function classesOfIndex(name: string): Promise<string[]> {
  const { classes = [] } = (await call('GET', '/schema')) as { classes?: { class: string }[] };
  return classes.map((one) => one.class).filter((className) => className.startsWith(`${name}_`));
}

/** Removes everything an index of this name left on the server. */
export async function dropIndex(name: string): Promise<void> {
  for (const alias of [name, `${name}_previous`]) await call('DELETE', `/aliases/${alias}`);
  for (const className of await classesOfIndex(name)) await call('DELETE', `/schema/${className}`);
}
