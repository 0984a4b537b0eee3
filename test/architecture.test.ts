import { describe, expect, test } from 'vitest';
import { CORE_AND_WORK, ROOMS, type Room } from './helpers/rooms.ts';
import { factsOf, type Import, readSourceFiles, type SourceFacts } from './helpers/source-facts.ts';

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 80;
/** Tables of the listeners, not a way round the file that has the code. */
const TABLES = ['src/slack/listeners/index.ts'];
const JUNK_FOLDER = /(^|\/)(utils?|helpers?|common|shared|misc|lib)(\/|\.[jt]s$)/;

type Rule = (file: SourceFacts, all: Map<string, SourceFacts>) => string[];

const RULES: Record<string, Rule> = {
  'imports only what its room may': (file) => {
    const [name, room] = roomOf(file.path);
    if (!room) return ['has no room in the table of test/helpers/rooms.ts'];
    return file.imports
      .filter((i) => !isAllowed(i, name, room))
      .map((i) => `imports ${i.to}, not listed for ${name} in test/helpers/rooms.ts`);
  },
  'imports only files that are there': (file, all) =>
    file.imports
      .filter((i) => i.isFile && isCode(i.to) && !all.has(i.to))
      .map((i) => `imports ${i.to}, not there`),
  'reads the environment through src/config.ts alone': (file) =>
    file.readsEnvironment && file.path !== 'src/config.ts'
      ? ['reads process.env; take what you need as a parameter']
      : [],
  'asks the Clock for the time in the core': (file) =>
    CORE_AND_WORK.some((room) => file.path.startsWith(room))
      ? file.clockReads.map((what) => `has ${what}; take a Clock`)
      : [],
  'exports by name': (file) => (file.hasDefaultExport ? ['has a default export; name it'] : []),
  'exports its own code, not that of other files': (file) => {
    if (TABLES.includes(file.path)) return [];
    const barrel = /\/index\.[jt]s$/.test(file.path) ? ['is a barrel; name it after what it exports'] : [];
    return [...barrel, ...file.reexports.map((from) => `exports from ${from}; let users import that file`)];
  },
  'is named in kebab-case after what it does': (file) => {
    const name = file.path.split('/').at(-1) ?? '';
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.[jt]s$/.test(name) ? [] : ['is not in kebab-case'];
    return JUNK_FOLDER.test(file.path)
      ? [...kebab, 'is a drawer for everything; name the one thing it does']
      : kebab;
  },
  'keeps to the size budget': (file) => {
    const long = file.functions.filter(({ lines }) => lines > MAX_FUNCTION_LINES);
    const tooLong = long.map(
      (f) => `has ${f.name} (line ${f.line}) of ${f.lines} lines, at most ${MAX_FUNCTION_LINES}`,
    );
    return file.lines > MAX_FILE_LINES
      ? [`has ${file.lines} lines, at most ${MAX_FILE_LINES}`, ...tooLong]
      : tooLong;
  },
  'is in no circle of imports': (file, all) => {
    const circle = circleFrom(file.path, all);
    // Told once, by the first file of the circle.
    return circle && circle.toSorted()[0] === file.path
      ? [`is in a circle: ${[...circle, file.path].join(' → ')}`]
      : [];
  },
};

function roomOf(path: string): [string, Room | undefined] {
  const name = Object.keys(ROOMS)
    .filter((key) => path.startsWith(key))
    .sort((a, b) => b.length - a.length)[0];
  return name === undefined ? ['', undefined] : [name, ROOMS[name]];
}

function isAllowed({ to, isFile, isTypeOnly }: Import, name: string, room: Room): boolean {
  const builtIn = to.match(/^node:(.+)$/)?.[1];
  if (builtIn !== undefined) return room.node === 'any' || (room.node ?? []).includes(builtIn);
  if (!isFile)
    return (room.packages ?? []).some(
      (one) => one === to || (one.endsWith('*') && to.startsWith(one.slice(0, -1))),
    );
  const open = isTypeOnly ? [...room.uses, ...(room.types ?? [])] : room.uses;
  return roomOf(to)[0] === name || open.some((beginning) => to.startsWith(beginning));
}

const isCode = (path: string) => /\.[jt]s$/.test(path);

/** The shortest way from a file back to itself by imports that exist at run time. */
function circleFrom(start: string, all: Map<string, SourceFacts>): string[] | undefined {
  const ways = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    const imports = all.get(way.at(-1) ?? '')?.imports.filter((i) => i.isFile && !i.isTypeOnly) ?? [];
    if (imports.some(({ to }) => to === start)) return way;
    for (const { to } of imports) {
      if (!seen.has(to)) ways.push([...way, to]);
      seen.add(to);
    }
  }
  return undefined;
}

const readAll = (files: Map<string, string>) =>
  new Map([...files].map(([path, text]) => [path, factsOf(path, text)]));

function violations(rule: Rule | undefined, all: Map<string, SourceFacts>): string[] {
  return [...all.values()].flatMap(
    (file) => rule?.(file, all).map((problem) => `${file.path} ${problem}`) ?? [],
  );
}

describe('every source file', () => {
  const files = readAll(readSourceFiles());

  test.each(Object.entries(RULES))('%s', (_title, rule) => {
    expect(files.size).toBeGreaterThan(20);
    expect(violations(rule, files)).toEqual([]);
  });
});

describe('the rules notice', () => {
  test.each<[rule: string, path: string, text: string]>([
    ['imports only what its room may', 'src/pipeline/x.ts', "import type { App } from '@slack/bolt';"],
    ['imports only what its room may', 'src/pipeline/x.ts', "import { a } from '../adapters/sqlite.ts';"],
    ['imports only what its room may', 'src/slack/x.ts', "import { answer } from '../pipeline/answer.ts';"],
    ['imports only what its room may', 'src/store/x.ts', "export const a = () => import('libsql');"],
    ['imports only what its room may', 'src/store/x.ts', "export type A = import('@slack/types').Block;"],
    ['imports only what its room may', 'src/local/x.ts', "import { createLogger } from '../log.ts';"],
    ['imports only what its room may', 'src/conversation/x.ts', "import { readFileSync } from 'node:fs';"],
    ['imports only what its room may', 'src/new/x.ts', 'export const a = 1;'],
    ['imports only files that are there', 'src/store/x.ts', "import { a } from './gone.ts';"],
    ['reads the environment through src/config.ts alone', 'src/log.ts', 'export const a = process.env.A;'],
    ['reads the environment through src/config.ts alone', 'src/log.ts', 'export const { env } = process;'],
    ['asks the Clock for the time in the core', 'src/store/x.ts', 'export const a = Date.now();'],
    ['asks the Clock for the time in the core', 'src/handlers/x.ts', 'export const a = new Date();'],
    ['exports by name', 'src/log.ts', 'export default function log() {}'],
    ['exports by name', 'src/log.ts', 'const a = 1;\nexport { a as default };'],
    ['exports its own code, not that of other files', 'src/store/x.ts', "export * from './inbox.ts';"],
    ['exports its own code, not that of other files', 'src/store/index.ts', 'export const a = 1;'],
    ['is named in kebab-case after what it does', 'src/store/inBox.ts', ''],
    ['is named in kebab-case after what it does', 'src/utils/text.ts', ''],
    ['keeps to the size budget', 'src/log.ts', 'a;\n'.repeat(301)],
    ['keeps to the size budget', 'src/log.ts', `export const a = () => {\n${'a();\n'.repeat(80)}};\n`],
  ])('%s: %s', (rule, path, text) => {
    expect(violations(RULES[rule], readAll(new Map([[path, text]])))).not.toEqual([]);
  });

  test('a circle of three files once, and none that exists in types alone', () => {
    const circle = (third: string) => {
      const files: [string, string][] = [
        ['src/store/a.ts', "import { b } from './b.ts';"],
        ['src/store/b.ts', "export const b = () => import('./c.ts');"],
        ['src/store/c.ts', `import ${third} { a } from './a.ts';`],
      ];
      return readAll(new Map(files));
    };
    const rule = RULES['is in no circle of imports'];
    expect(violations(rule, circle(''))).toEqual([
      'src/store/a.ts is in a circle: src/store/a.ts → src/store/b.ts → src/store/c.ts → src/store/a.ts',
    ]);
    expect(violations(rule, circle('type'))).toEqual([]);
  });

  test('nothing in what is only written about in a comment or a text', () => {
    const files = readAll(
      new Map([
        ['src/pipeline/x.ts', "// import 'libsql'; Date.now()\nexport const a = \"import 'libsql'\";"],
      ]),
    );
    for (const rule of Object.values(RULES)) expect(violations(rule, files)).toEqual([]);
  });
});
