import { join } from 'node:path';
import { readModelRecord } from '../../src/adapters/model-record.ts';
import { KNOWN_MODELS } from '../../src/embedding-models.ts';
import { installedModels, modelsFolder } from '../../src/model-folders.ts';

interface Listed {
  name: string;
  installed: boolean;
  about: string;
  licence: string;
}

export function listModels(parts: { dataDir: string; say: (line: string, result: unknown) => void }): number {
  const models = readModels(parts.dataDir);
  const lines = models.map(
    ({ name, installed, about, licence }) => `${installed ? '✔' : ' '} ${name}: ${about}; licence ${licence}`,
  );
  const head = `Models (✔ = installed in ${modelsFolder(parts.dataDir)}):`;
  const foot = 'npm run embedder -- install NAME fetches one.';
  parts.say([head, ...lines, foot].join('\n'), models);
  return 0;
}

function readModels(dataDir: string): Listed[] {
  const installed = installedModels(dataDir);
  const known = KNOWN_MODELS.map(({ name, licence, megabytes, dimensions, languages }) => ({
    name,
    installed: installed.includes(name),
    about: `${languages}, ${megabytes} MB, vectors of ${dimensions} numbers`,
    licence,
  }));
  const others = installed
    .filter((name) => !known.some((model) => model.name === name))
    .map((name) => {
      const record = readModelRecord(join(modelsFolder(dataDir), name));
      const licence = record?.licence ?? 'as its publisher says';
      return { name, installed: true, about: `from ${record?.source ?? 'a folder put by hand'}`, licence };
    });
  return [...known, ...others];
}
