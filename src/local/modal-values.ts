import { chosen } from './actions.ts';
import type { Json, View } from './types.ts';

type Values = Record<string, Record<string, Json>>;

interface InputBlock {
  type: string;
  block_id: string;
  optional?: boolean;
  element: Json & { action_id: string };
}

/**
 * The state of a dialog at submission. What a person typed may be given as a plain value per block
 * (`{ block: 'text' }`), per action (`{ block: { action: 'text' } }`) or in Slack's own form.
 */
export function readModalValues(view: View, given: Json): Values {
  return Object.fromEntries(
    inputsOf(view).map(({ block_id, element }) => {
      const ofBlock = given[block_id];
      const value =
        isPlainObject(ofBlock) && element.action_id in ofBlock ? ofBlock[element.action_id] : ofBlock;
      const held =
        isPlainObject(value) && 'type' in value ? value : chosen(element, value ?? initialOf(element));
      return [block_id, { [element.action_id]: { type: element.type, ...held } }];
    }),
  );
}

/** What Slack's client refuses by itself, before the app hears of it. */
export function missingInputs(view: View, values: Values): Record<string, string> {
  const missing = inputsOf(view).filter(({ optional, block_id, element }) => {
    const { type: _type, ...held } = values[block_id]?.[element.action_id] ?? { type: '' };
    return !optional && Object.values(held).every((one) => one === null || one === '' || isEmptyList(one));
  });
  return Object.fromEntries(
    missing.map(({ block_id }) => [block_id, 'Please complete this required field.']),
  );
}

function inputsOf(view: View): InputBlock[] {
  return view.blocks.filter((block) => block.type === 'input') as unknown as InputBlock[];
}

function initialOf(element: Json): unknown {
  const name = Object.keys(element).find((key) => key.startsWith('initial_'));
  return name ? element[name] : null;
}

function isPlainObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
