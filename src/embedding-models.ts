/** What has to be known of a sentence-embedding model beyond its files; the files seldom say it. */
export interface ModelTraits {
  /** Put before every text asked, or stored: models trained with such words search badly without them. */
  queryPrefix: string;
  passagePrefix: string;
  /** How the vectors of the word pieces become one: their mean, or the first one alone. */
  pooling: 'mean' | 'cls';
  /** Word pieces beyond this were never seen in training; undefined = as the model's files say. */
  maxTokens: number | undefined;
}

/** A model that `npm run embedder -- install NAME` fetches. Sizes are what is downloaded, about. */
export interface KnownModel {
  name: string;
  repository: string;
  megabytes: number;
  dimensions: number;
  licence: string;
  languages: string;
}

export const KNOWN_MODELS: readonly KnownModel[] = [
  {
    name: 'all-minilm-l6-v2',
    repository: 'Xenova/all-MiniLM-L6-v2',
    megabytes: 24,
    dimensions: 384,
    licence: 'Apache-2.0',
    languages: 'English',
  },
  {
    name: 'bge-small-en-v1.5',
    repository: 'Xenova/bge-small-en-v1.5',
    megabytes: 35,
    dimensions: 384,
    licence: 'MIT',
    languages: 'English',
  },
  {
    name: 'multilingual-e5-small',
    repository: 'Xenova/multilingual-e5-small',
    megabytes: 135,
    dimensions: 384,
    licence: 'MIT',
    languages: 'about 100 languages',
  },
];

const PLAIN: ModelTraits = { queryPrefix: '', passagePrefix: '', pooling: 'mean', maxTokens: undefined };
const BGE_ENGLISH = 'Represent this sentence for searching relevant passages: ';

/** By how models are named, here and at servers (`intfloat/e5-base-v2`, `nomic-embed-text:latest`). First fit counts. */
const TRAITS: [name: RegExp, traits: Partial<ModelTraits>][] = [
  // Instruction-tuned ones want a whole sentence of instruction before a question and nothing before a passage.
  [/(?:^|[/_-])e5-.*instruct/, { queryPrefix: 'Instruct: Find what answers the question.\nQuery: ' }],
  [/(?:^|[/_-])e5-/, { queryPrefix: 'query: ', passagePrefix: 'passage: ' }],
  [/bge-m3/, { pooling: 'cls' }],
  [/bge-(?:small|base|large)-en/, { queryPrefix: BGE_ENGLISH, pooling: 'cls' }],
  [/nomic-embed-text/, { queryPrefix: 'search_query: ', passagePrefix: 'search_document: ' }],
  [/mxbai-embed-large|snowflake-arctic-embed/, { queryPrefix: BGE_ENGLISH, pooling: 'cls' }],
  [/all-minilm-l(?:6|12)-v2/, { maxTokens: 256 }],
];

/** What is known of a model of this name; a name nobody knows gets no prefixes and the mean. */
export function readModelTraits(name: string): ModelTraits {
  const lower = name.toLowerCase();
  const traits = TRAITS.find(([pattern]) => pattern.test(lower))?.[1];
  return { ...PLAIN, ...traits };
}

export function findKnownModel(name: string): KnownModel | undefined {
  const lower = name.toLowerCase();
  return KNOWN_MODELS.find((model) => model.name === lower || model.repository.toLowerCase() === lower);
}
