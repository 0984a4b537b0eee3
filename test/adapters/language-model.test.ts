import { createExtractive } from '../../src/adapters/extractive.ts';
import { MODES, type ModeName } from '../../src/local/model-double/modes.ts';
import { startModelDouble } from '../../src/local/model-double/server.ts';
import { describeLanguageModel } from '../contract/language-model.ts';
import { claudeOn } from '../helpers/claude.ts';

describeLanguageModel('extractive', async () => ({
  model: createExtractive(),
  dispose: async () => undefined,
}));

for (const mode of Object.keys(MODES) as ModeName[]) {
  describeLanguageModel(`claude on a server like ${mode}`, async () => {
    const double = await startModelDouble({ mode });
    const { isVendor, model } = MODES[mode];
    const { claude } = claudeOn(double, { model, kind: isVendor ? 'anthropic' : 'compatible' });
    await claude.preflight(AbortSignal.timeout(10_000));
    return { model: claude, dispose: () => double.stop() };
  });
}
