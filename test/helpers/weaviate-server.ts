/** A Weaviate server to test against; without one these tests are skipped. */
export const SERVER = process.env.WEAVIATE_URL || undefined;
export const WITHOUT_SERVER = SERVER ? '' : ' (skipped: WEAVIATE_URL is not set)';

async function call(method: string, path: string) {
  const answer = await fetch(`${SERVER}/v1${path}`, { method });
  return answer.status === 204 || answer.status === 404 ? undefined : answer.json().catch(() => undefined);
}

/** Removes everything an index of this name left on the server. */
export async function dropIndex(name: string): Promise<void> {
  for (const alias of [name, `${name}_previous`]) await call('DELETE', `/aliases/${alias}`);
  const { classes = [] } = (await call('GET', '/schema')) as { classes?: { class: string }[] };
  for (const { class: className } of classes) {
    if (className.startsWith(`${name}_`)) await call('DELETE', `/schema/${className}`);
  }
}
