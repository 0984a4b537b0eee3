import { toError } from './errors.ts';
import type { Logger } from './log.ts';
import type { Answer } from './pipeline/answer.ts';
import type { KnowledgeIndex } from './ports.ts';

/**
 * What answers questions, made anew for every version of the index: at the tier minimal the pages stand in the prompt,
 * whoever released or rolled back what is in it.
 */
export async function followVersions(
  index: KnowledgeIndex,
  log: Logger,
  create: () => Promise<Answer>,
): Promise<{ current(): Promise<Answer>; renew(): Promise<string | undefined> }> {
  const versionNow = async () => (await index.active())?.version;
  let version = await versionNow();
  let answer = await create();
  const renew = async () => {
    version = await versionNow();
    try {
      answer = await create();
      return undefined;
    } catch (error) {
      const reason = toError(error).message;
      log.warn('Questions are answered as before the release', { reason });
      return `Questions are answered as before the release: ${reason}`;
    }
  };
  return {
    async current() {
      if ((await versionNow()) !== version) await renew();
      return answer;
    },
    renew,
  };
}
