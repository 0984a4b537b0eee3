import { refuse } from './refused.ts';
import type { Block, Json } from './types.ts';

export interface Press {
  actionId: string;
  blockId?: string;
  value?: string;
  selected?: unknown;
}

interface Found {
  block: Block;
  element: Json;
}

/** The `actions` entry of a block_actions payload for one press, shaped as Slack shapes it per kind of element. */
export function readAction(blocks: Block[], press: Press, actionTs: string): Json {
  const { block, element } = findElement(blocks, press) ?? refuse('no_such_button');
  const base = {
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: actionTs,
  };
  return { ...base, ...contentOf(element, press) };
}

function findElement(blocks: Block[], { actionId, blockId }: Press): Found | undefined {
  for (const block of blocks) {
    if (blockId && block.block_id !== blockId) continue;
    const element = elementsOf(block).find((one) => one.action_id === actionId);
    if (element) return { block, element };
  }
  return undefined;
}

function elementsOf(block: Block): Json[] {
  const listed = Array.isArray(block.elements) ? (block.elements as Json[]) : [];
  const single = [block.accessory, block.element].filter(Boolean) as Json[];
  return [...listed, ...single, ...(Array.isArray(block.actions) ? (block.actions as Json[]) : [])];
}

function contentOf(element: Json, press: Press): Json {
  const type = String(element.type);
  if (type === 'feedback_buttons') return feedback(element, press);
  if (type === 'button' || type === 'icon_button' || type === 'workflow_button') {
    return { text: element.text, ...(element.value === undefined ? {} : { value: element.value }) };
  }
  return chosen(element, press.selected ?? press.value);
}

function feedback(element: Json, { value }: Press): Json {
  const buttons = [element.positive_button, element.negative_button] as Json[];
  const pressed = buttons.find((button) => button.value === value) ?? refuse('no_such_button');
  return { text: pressed.text, value: pressed.value };
}

const FIELD_OF: Record<string, string> = {
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  static_select: 'selected_option',
  external_select: 'selected_option',
  overflow: 'selected_option',
  radio_buttons: 'selected_option',
  checkboxes: 'selected_options',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  rich_text_input: 'rich_text_value',
};

/** What an input element holds, in the field Slack uses for its kind; options may be given by their value. */
export function chosen(element: Json, given: unknown): Json {
  const field = FIELD_OF[String(element.type)] ?? 'value';
  if (field === 'selected_options') return { [field]: asList(given).map((one) => optionOf(element, one)) };
  if (field.endsWith('s') && field.startsWith('selected_')) return { [field]: asList(given) };
  if (field === 'selected_option') return { [field]: given ? optionOf(element, given) : null };
  return { [field]: given ?? null };
}

function asList(given: unknown): unknown[] {
  if (given === undefined || given === null || given === '') return [];
  return Array.isArray(given) ? given : [given];
}

function optionOf(element: Json, given: unknown): unknown {
  if (typeof given !== 'string') return given;
  const groups = (element.option_groups ?? []) as { options: Json[] }[];
  const options = [...((element.options ?? []) as Json[]), ...groups.flatMap((group) => group.options)];
  return options.find((option) => option.value === given) ?? { value: given };
}
