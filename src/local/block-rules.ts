import {
  anything,
  byType,
  type Check,
  count,
  flag,
  list,
  oneOf,
  pick,
  report,
  shape,
  text,
} from './checks.ts';
import { anyText, elementRules, mrkdwn, plainText } from './element-rules.ts';
import { refuse } from './refused.ts';
import type { Block, Json } from './types.ts';

export type Surface = 'message' | 'home' | 'modal';

const SELECTS = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
];
const CHOICES = [...SELECTS, ...SELECTS.map((name) => `multi_${name}`), 'checkboxes', 'radio_buttons'];
const DATES = ['datepicker', 'timepicker', 'datetimepicker'];
const TYPED = [
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
];
const element = (...names: string[]) => pick(elementRules, ...names);

const block = (
  type: string,
  required: Record<string, Check> = {},
  optional: Record<string, Check> = {},
): Check => shape({ type: oneOf(type), ...required }, { block_id: text(255), ...optional });

const part = shape(
  { type: text(50), elements: list(anything, 1000, 0) },
  { style: anything, indent: anything, border: anything, offset: anything },
);
const richText = block('rich_text', {
  elements: list(
    pick(
      { rich_text_section: part, rich_text_list: part, rich_text_quote: part, rich_text_preformatted: part },
      ...['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted'],
    ),
    1000,
    0,
  ),
});
const rawText = shape({ type: oneOf('raw_text'), text: text(3000, 0) });
const rawNumber = shape({ type: oneOf('raw_number'), value: anything, text: text(3000, 0) });
const cell = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richText });
const column = shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag });
const source = shape({ type: oneOf('url'), url: text(3000), text: text(3000) });
const card = block(
  'card',
  {},
  {
    hero_image: element('image'),
    icon: element('image'),
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(element('button'), 25),
  },
);
const task = block(
  'task_card',
  { task_id: text(255), title: text(255), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  { details: richText, output: richText, sources: list(source, 100) },
);

/** Every block Slack knows, with its limits. Whoever adds one here has read its reference page. */
export const blockRules: Record<string, Check> = {
  section: block(
    'section',
    {},
    {
      text: anyText(3000),
      fields: list(anyText(2000), 10),
      accessory: element('button', 'image', 'overflow', 'workflow_button', ...CHOICES, ...DATES),
      expand: flag,
    },
  ),
  divider: block('divider'),
  header: block('header', { text: plainText(150) }, { level: anything }),
  image: block(
    'image',
    { alt_text: text(2000) },
    {
      image_url: text(3000),
      slack_file: anything,
      title: plainText(2000),
    },
  ),
  actions: block('actions', {
    elements: list(
      element('button', 'overflow', 'workflow_button', 'rich_text_input', ...CHOICES, ...DATES),
      25,
    ),
  }),
  context: block('context', {
    elements: list(byType({ image: element('image'), plain_text: anyText(2000), mrkdwn: anyText(2000) }), 10),
  }),
  context_actions: block('context_actions', {
    elements: list(element('feedback_buttons', 'icon_button'), 5),
  }),
  input: block(
    'input',
    { label: plainText(2000), element: element(...TYPED, ...CHOICES, ...DATES) },
    {
      hint: plainText(2000),
      optional: flag,
      dispatch_action: flag,
    },
  ),
  rich_text: richText,
  markdown: block('markdown', { text: text(12_000) }),
  table: block('table', { rows: list(list(cell, 20), 100) }, { column_settings: list(column, 20, 0) }),
  data_table: block(
    'data_table',
    { rows: list(list(cell, 20), 101), caption: text(3000) },
    {
      page_size: count(1, 100),
      row_header_column_index: count(0, 19),
    },
  ),
  data_visualization: block('data_visualization', { title: text(50), chart: anything }),
  task_card: task,
  plan: block('plan', { title: text(255) }, { tasks: list(task, 100, 0) }),
  card,
  carousel: block('carousel', { elements: list(card, 10) }),
  container: block(
    'container',
    { child_blocks: list(anything, 10) },
    {
      title: plainText(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: element('image'),
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
  ),
  alert: block(
    'alert',
    { text: anyText(3000) },
    { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
  file: block('file', { external_id: text(255), source: oneOf('remote') }),
  video: block(
    'video',
    { video_url: text(3000), thumbnail_url: text(3000), alt_text: text(2000), title: plainText(200) },
    {
      title_url: text(3000),
      author_name: text(50),
      provider_name: text(50),
      provider_icon_url: text(3000),
      description: plainText(200),
    },
  ),
};

const NOT_ON_HOME = [
  'markdown',
  'table',
  'data_table',
  'context_actions',
  'task_card',
  'plan',
  'alert',
  'file',
];
const notInModal = NOT_ON_HOME.filter((type) => type !== 'alert');
const forbidden: Record<Surface, string[]> = {
  message: ['alert'],
  home: NOT_ON_HOME,
  modal: [...notInModal, 'card', 'carousel', 'container', 'data_visualization'],
};

const MOST_BLOCKS: Record<Surface, number> = { message: 50, home: 100, modal: 100 };
/** Summed over all markdown blocks of a payload, not per block. */
const MOST_MARKDOWN = 12_000;
const anyBlock = byType(blockRules);

/** What Slack would refuse in these blocks, as the lines of `response_metadata.messages`; none when they are sound. */
export function findBlockProblems(blocks: unknown, surface: Surface): string[] {
  const problems: string[] = [];
  list(anyBlock, MOST_BLOCKS[surface], 0)(blocks, '/blocks', problems);
  if (!Array.isArray(blocks)) return problems;
  for (const [index, one] of (blocks as Block[]).entries()) checkAmongOthers(one, index, surface, problems);
  checkTogether(blocks as Block[], problems);
  return problems;
}

function checkAmongOthers(one: Block, index: number, surface: Surface, problems: string[]): void {
  const at = `/blocks/${index}`;
  if (forbidden[surface].includes(one.type)) {
    report(problems, `${at}/type`, `unsupported block type for this surface: ${one.type}`);
  }
  if (one.type === 'section' && !one.text && !one.fields) report(problems, at, 'must contain text or fields');
  const ids = ((one.elements ?? []) as Json[]).flatMap(({ action_id: id }) => (id ? [String(id)] : []));
  if (new Set(ids).size < ids.length)
    report(problems, `${at}/elements`, '`action_id` must be unique within a block');
}

function checkTogether(blocks: Block[], problems: string[]): void {
  const ids = blocks.flatMap(({ block_id: id }) => (id ? [id] : []));
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated) report(problems, '/blocks', `\`block_id\` already exists: ${repeated}`);
  const tables = blocks.filter(({ type }) => type === 'table' || type === 'data_table');
  if (tables.length > 1) report(problems, '/blocks', 'only_one_table_allowed');
  const charts = blocks.filter(({ type }) => type === 'data_visualization');
  if (charts.length > 2) report(problems, '/blocks', 'no more than 2 data_visualization blocks allowed');
  const markdown = blocks.reduce(
    (sum, one) => sum + (one.type === 'markdown' ? String(one.text).length : 0),
    0,
  );
  if (markdown > MOST_MARKDOWN)
    report(problems, '/blocks', `markdown text must be less than ${MOST_MARKDOWN + 1} characters in total`);
}

export function requireSoundBlocks(blocks: unknown, surface: Surface): void {
  if (!Array.isArray(blocks)) refuse('invalid_blocks_format');
  const messages = findBlockProblems(blocks, surface);
  const error = surface === 'message' ? 'invalid_blocks' : 'invalid_arguments';
  if (messages.length > 0) refuse(error, { response_metadata: { messages } });
}
