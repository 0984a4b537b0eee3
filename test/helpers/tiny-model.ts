import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './source-facts.ts';

/** A real model beside the repository; tests of its quality and speed are skipped where it is not. */
export const REAL_MODEL = join(ROOT, '../shared/models/all-minilm-l6-v2');
export const HAS_MODEL = existsSync(join(REAL_MODEL, 'onnx/model_quantized.onnx'));
export const WITHOUT_MODEL = HAS_MODEL ? '' : ' (skipped: ../shared/models/all-minilm-l6-v2 is not there)';

const DIMENSIONS = 16;
const WORDS = [
  ...[
    '[PAD]',
    '[UNK]',
    '[CLS]',
    '[SEP]',
    'a',
    'cancel',
    'plan',
    'refund',
    'invoice',
    'export',
    'chart',
    'image',
  ],
  ...['query', 'passage', ':', 'how', 'do', 'i', 'the', 'my', 'zero', 'word'],
];

/**
 * Writes a working model of a kilobyte: each known word has a vector of its own, so texts are alike that share words.
 * The word `zero` stands for nothing but zeros.
 */
export function writeTinyModel(
  folder: string,
  options: { dimensions?: number; special?: boolean } = {},
): string {
  const { dimensions = DIMENSIONS, special = true } = options;
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'onnx/model_quantized.onnx'), onnxModel(tableOf(dimensions), dimensions));
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer(special)));
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify({ model_max_length: 32 }));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ pad_token_id: 0 }));
  return folder;
}

function tableOf(dimensions: number): Float32Array {
  const table = new Float32Array(WORDS.length * dimensions);
  let state = 7;
  for (let i = 0; i < table.length; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const word = WORDS[Math.floor(i / dimensions)] ?? '';
    // The marks around a text say nothing, so that a text of the one word `zero` has no direction at all.
    table[i] = ['[CLS]', '[SEP]', 'zero'].includes(word) ? 0 : state / 1_073_741_824 - 1;
  }
  return table;
}

function tokenizer(special: boolean): unknown {
  const mark = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const ids = (id: string) => ({ id, ids: [WORDS.indexOf(id)], tokens: [id] });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: special
      ? {
          type: 'TemplateProcessing',
          single: [mark('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, mark('[SEP]')],
          pair: [],
          special_tokens: { '[CLS]': ids('[CLS]'), '[SEP]': ids('[SEP]') },
        }
      : null,
    decoder: null,
    model: {
      type: 'WordPiece',
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
    },
  };
}

/** An ONNX file of one Gather: word piece in, its row of the table out. Written as protocol buffers by hand. */
function onnxModel(table: Float32Array, dimensions: number): Buffer {
  const [INT64, FLOAT] = [7, 1];
  const tensor = Buffer.concat([
    ...[number(1, WORDS.length), number(1, dimensions), number(2, FLOAT), text(8, 'table')],
    bytes(9, Buffer.from(table.buffer)),
  ]);
  const shape = (...names: string[]) => Buffer.concat(names.map((name) => bytes(1, text(2, name))));
  const value = (name: string, type: number, ...names: string[]) => {
    const tensorType = Buffer.concat([number(1, type), bytes(2, shape(...names))]);
    return Buffer.concat([text(1, name), bytes(2, bytes(1, tensorType))]);
  };
  const gather = [text(1, 'table'), text(1, 'input_ids'), text(2, 'last_hidden_state'), text(4, 'Gather')];
  const graph = Buffer.concat([
    bytes(1, Buffer.concat(gather)),
    text(2, 'tiny'),
    bytes(5, tensor),
    bytes(11, value('input_ids', INT64, 'batch', 'length')),
    bytes(11, value('attention_mask', INT64, 'batch', 'length')),
    bytes(12, value('last_hidden_state', FLOAT, 'batch', 'length', 'width')),
  ]);
  return Buffer.concat([number(1, 8), bytes(7, graph), bytes(8, number(2, 17))]);
}

function varint(value: number): Buffer {
  const out: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  return Buffer.from([...out, rest]);
}

const number = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, value: Buffer) =>
  Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
const text = (field: number, value: string) => bytes(field, Buffer.from(value));
