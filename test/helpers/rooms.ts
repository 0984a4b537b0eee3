/**
 * Who may import whom. A room is a folder or the beginning of a file's path; the longest one that fits a file
 * counts. What is not listed is not allowed: add a word here, and the change shows it.
 */
export interface Room {
  /** Beginnings of paths whose values and types may be imported; a room may always import itself. */
  uses: string[];
  /** Beginnings of paths of which only types may be imported. */
  types?: string[];
  packages?: string[];
  /** Built-in modules of Node, without `node:`. */
  node?: string[] | 'any';
}

const BASE = ['src/ports.ts', 'src/errors.ts', 'src/log.ts'];
const CORE = ['src/conversation/', 'src/pipeline/', 'src/knowledge/', 'src/escalation/', 'src/store/'];
/** Everything that has to take its time from a Clock. */
export const CORE_AND_WORK = [...CORE, 'src/handlers/', 'src/worker', 'src/sender', 'src/pump'];

export const ROOMS: Record<string, Room> = {
  'src/ports': {
    uses: [],
    types: [
      ...['src/conversation/content', 'src/escalation/amount', 'src/knowledge/types'],
      ...['src/knowledge/terms', 'src/pipeline/types'],
    ],
  },
  'src/errors': { uses: [] },
  'src/secret': { uses: [], node: ['util'] },
  'src/redact': { uses: ['src/secret'] },
  'src/log': { uses: ['src/errors', 'src/redact', 'src/secret'], types: ['src/ports'] },
  'src/json-lines': { uses: ['src/errors'], packages: ['zod'] },
  'src/clock': { uses: [], types: ['src/ports'], node: ['timers/promises'] },
  'src/cron-expression': { uses: [] },
  'src/embedding-models': { uses: [] },
  'src/model-folders': { uses: [], node: ['fs', 'path'] },
  'src/config': {
    uses: ['src/errors', 'src/secret', 'src/cron-expression', 'src/model-folders'],
    types: ['src/log'],
    packages: ['zod'],
    node: ['fs', 'path', 'util'],
  },

  'src/conversation/': {
    uses: ['src/ports', 'src/errors'],
    types: ['src/knowledge/', 'src/pipeline/', 'src/escalation/'],
  },
  'src/knowledge/': {
    uses: ['src/ports', 'src/errors', 'src/redact'],
    types: ['src/log'],
    packages: [
      ...['mdast*', 'micromark*', 'hast*', 'yaml', 'ulid', 'stemmer'],
      ...['csv-parse', 'fast-xml-parser', 'mammoth', 'robots-parser', 'unpdf'],
    ],
    node: ['crypto', 'fs', 'fs/promises', 'path', 'stream/promises', 'timers/promises', 'util', 'zlib'],
  },
  'src/pipeline/': {
    uses: ['src/ports', 'src/errors', 'src/knowledge/'],
    packages: ['zod'],
    node: ['crypto', 'fs', 'fs/promises', 'path', 'url'],
  },
  'src/escalation/': {
    uses: ['src/ports', 'src/errors', 'src/store/', 'src/conversation/'],
    types: ['src/pipeline/'],
    packages: ['ulid'],
    node: ['crypto'],
  },
  'src/store/': {
    uses: ['src/ports', 'src/errors', 'src/redact'],
    types: ['src/conversation/', 'src/knowledge/', 'src/pipeline/', 'src/escalation/'],
    packages: ['kysely', 'ulid'],
    node: ['crypto'],
  },

  'src/adapters/': { uses: [...BASE, 'src/redact'], types: CORE, node: 'any' },
  'src/adapters/claude/': {
    uses: [...BASE, 'src/pipeline/'],
    packages: ['@anthropic-ai/sdk', '@anthropic-ai/sdk/*', 'zod'],
  },
  'src/adapters/customer': { uses: [...BASE], types: CORE, packages: ['zod'], node: ['fs'] },
  'src/adapters/extractive': { uses: [...BASE, 'src/pipeline/', 'src/knowledge/'] },
  'src/adapters/http-embedder': {
    uses: [...BASE, 'src/embedding-models', 'src/adapters/text-batches', 'src/adapters/unit-vector'],
    packages: ['zod'],
  },
  'src/adapters/model-record': { uses: ['src/errors'], packages: ['zod'], node: ['crypto', 'fs', 'path'] },
  'src/adapters/local-embedder/': {
    uses: [...BASE, 'src/embedding-models', 'src/model-folders', 'src/adapters/'],
    packages: ['onnxruntime-web', '@huggingface/tokenizers'],
    node: ['crypto', 'fs', 'os', 'path', 'worker_threads'],
  },
  'src/adapters/embedding-cache': {
    uses: [...BASE, 'src/adapters/unit-vector'],
    packages: ['libsql'],
    node: ['crypto', 'fs', 'path'],
  },
  'src/adapters/sqlite.ts': {
    uses: [...BASE],
    types: CORE,
    packages: ['libsql', 'kysely'],
    node: ['fs', 'path'],
  },
  'src/adapters/sqlite-index/': {
    uses: [...BASE, 'src/knowledge/', 'src/adapters/run-lock'],
    types: CORE,
    packages: ['libsql', 'ulid'],
    node: ['crypto', 'fs', 'fs/promises', 'path', 'timers/promises'],
  },
  'src/adapters/weaviate-index/': {
    uses: [...BASE, 'src/knowledge/'],
    types: CORE,
    packages: ['weaviate-ts-client', 'ulid'],
    node: ['async_hooks', 'crypto'],
  },

  'src/adapters/refund-webhook': { uses: [...BASE, 'src/secret'], node: ['crypto'] },

  'src/adapters/run-lock': { uses: [...BASE], packages: ['libsql'], node: ['fs', 'path'] },
  'src/adapters/folder-watch': { uses: [...BASE], node: ['fs'] },

  'src/handlers/': { uses: [...BASE, ...CORE], types: ['src/worker', 'src/releases'] },
  'src/worker': { uses: [...BASE, 'src/store/', 'src/pump'], types: CORE },
  'src/sender': { uses: [...BASE, 'src/store/', 'src/pump'], types: CORE },
  'src/pump': { uses: [...BASE] },
  'src/approvals': { uses: [...BASE, 'src/handlers/', 'src/pump'], types: ['src/schedule'] },
  'src/schedule': { uses: [...BASE, 'src/store/'], packages: ['node-cron'] },

  'src/slack/': {
    uses: [...BASE, 'src/conversation/', 'src/redact', 'src/secret'],
    types: CORE,
    packages: ['@slack/*', 'undici', 'mdast*', 'micromark*'],
    node: ['crypto', 'http'],
  },
  'src/web': { uses: [...BASE], types: CORE, node: ['http'] },

  // Knows Slack by its protocol alone: what it shared with the bot, it could not show to be wrong.
  'src/local/': { uses: [], packages: ['ws'], node: 'any' },
  // Knows the model by its protocol alone, for the same reason.
  'src/local/model-double/': { uses: [], node: ['crypto', 'http', 'net', 'timers/promises'] },
  'src/local/page/': { uses: [], packages: ['preact', 'preact/hooks', 'htm'] },

  'src/evaluation/': {
    uses: [...BASE, 'src/json-lines', 'src/knowledge/', 'src/pipeline/'],
    packages: ['zod'],
    node: ['fs', 'fs/promises', 'path'],
  },
  'src/readiness': { uses: [...BASE], types: ['src/store/', 'src/web'], packages: ['kysely'] },
  'src/training/': {
    uses: ['src/errors', 'src/json-lines', 'src/pipeline/', 'src/knowledge/'],
    packages: ['zod'],
    node: ['fs', 'fs/promises', 'path'],
  },
  'src/releases': { uses: ['src/ports', 'src/errors', 'src/knowledge/', 'src/store/'], types: ['src/log'] },
  'src/state-file': { uses: [], types: ['src/config'], node: ['path'] },
  'src/daily-budget': { uses: ['src/ports', 'src/store/'], types: ['src/pipeline/'] },
  'src/embedders': {
    uses: [...BASE, 'src/config', 'src/model-folders', 'src/adapters/'],
    node: ['path'],
  },
  'src/follow-versions': { uses: ['src/errors'], types: ['src/ports', 'src/log', 'src/pipeline/'] },
  'src/tickets': { uses: ['src/store/'], types: ['src/ports', 'src/knowledge/'] },
  'src/answering': {
    uses: [
      ...BASE,
      ...CORE,
      'src/adapters/',
      'src/clock',
      'src/config',
      'src/embedders',
      'src/follow-versions',
      'src/secret',
    ],
    node: ['crypto', 'path'],
  },
  'src/app': {
    uses: [
      ...[...BASE, ...CORE_AND_WORK, 'src/clock', 'src/config', 'src/secret', 'src/redact', 'src/schedule'],
      ...[
        'src/adapters/',
        'src/slack/',
        'src/evaluation/',
        'src/web',
        'src/readiness',
        'src/answering',
        'src/approvals',
        'src/daily-budget',
        'src/releases',
        'src/state-file',
        'src/tickets',
      ],
    ],
    packages: ['ulid'],
    node: ['crypto', 'path', 'url'],
  },
  'src/main': { uses: ['src/app', 'src/config', 'src/errors', 'src/log'] },

  'manifests/': { uses: [], packages: ['@slack/web-api'] },
  'scripts/': {
    uses: [
      ...[...BASE, ...CORE, 'src/app', 'src/answering', 'src/clock', 'src/config', 'src/adapters/'],
      ...['src/releases', 'src/state-file', 'src/tickets', 'src/embedders', 'src/json-lines'],
      ...['src/local/', 'src/training/', 'src/evaluation/'],
    ],
    packages: ['cli-progress', 'ulid', 'weaviate-ts-client', 'zod'],
    node: 'any',
  },
  'scripts/embedder': {
    uses: [
      ...[...BASE, 'src/config', 'src/embedders', 'src/embedding-models', 'src/model-folders'],
      ...['src/adapters/', 'src/clock', 'scripts/command-line'],
    ],
    packages: ['cli-progress', 'zod'],
    node: 'any',
  },
  'scripts/manifest': { uses: ['manifests/', 'scripts/command-line'], node: 'any' },
  'scripts/check': {
    uses: [
      ...BASE,
      ...CORE,
      'src/clock',
      'src/config',
      'src/adapters/',
      'src/slack/',
      'manifests/',
      'scripts/command-line',
    ],
    node: 'any',
  },
  'scripts/screenshots': {
    uses: [...BASE, 'src/local/', 'src/app', 'src/config', 'scripts/'],
    packages: ['playwright-core'],
    node: 'any',
  },
};
