import { anything, byType, type Check, count, flag, list, oneOf, shape, text } from './checks.ts';

const is = (type: string) => ({ type: oneOf(type) });

export const plainText = (max: number): Check =>
  shape({ ...is('plain_text'), text: text(max) }, { emoji: flag });

export const anyText = (max: number): Check =>
  byType({
    plain_text: plainText(max),
    mrkdwn: shape({ ...is('mrkdwn'), text: text(max) }, { verbatim: flag }),
  });

export const mrkdwn = (max: number): Check => shape({ ...is('mrkdwn'), text: text(max) }, { verbatim: flag });

const style = oneOf('primary', 'danger');
const option = shape({ text: anyText(75) }, { value: text(150), description: anyText(75), url: text(3000) });
const group = shape({ label: plainText(75), options: list(option, 100) });
const confirm = shape(
  { text: anyText(300) },
  { title: plainText(100), confirm: plainText(30), deny: plainText(30), style },
);
const action = { action_id: text(255), confirm, focus_on_load: flag };
const select = { ...action, placeholder: plainText(150) };
const many = { ...select, max_selected_items: count(1, 1000) };
const typed = {
  ...action,
  placeholder: plainText(150),
  initial_value: text(3000, 0),
  dispatch_action_config: anything,
};
const place = { response_url_enabled: flag, default_to_current_conversation: flag, filter: anything };
const options = { options: list(option, 100), option_groups: list(group, 100) };
const feedback = shape({ text: plainText(75), value: text(2000) }, { accessibility_label: text(75) });

/** Every element Slack accepts inside a block, with its limits. */
export const elementRules: Record<string, Check> = {
  button: shape(
    { ...is('button'), text: plainText(75) },
    { ...action, value: text(2000, 0), url: text(3000), style, accessibility_label: text(75) },
  ),
  feedback_buttons: shape(
    { ...is('feedback_buttons'), positive_button: feedback, negative_button: feedback },
    { action_id: text(255) },
  ),
  icon_button: shape(
    { ...is('icon_button'), icon: text(75), text: plainText(75) },
    {
      ...action,
      value: text(2000, 0),
      accessibility_label: text(75),
      visible_to_user_ids: list(text(20), 100),
    },
  ),
  workflow_button: shape(
    { ...is('workflow_button'), text: plainText(75), workflow: anything },
    { ...action, style, accessibility_label: text(75) },
  ),
  overflow: shape({ ...is('overflow'), options: list(option, 5) }, action),
  static_select: shape(is('static_select'), { ...select, ...options, initial_option: option }),
  external_select: shape(is('external_select'), {
    ...select,
    initial_option: option,
    min_query_length: anything,
  }),
  users_select: shape(is('users_select'), { ...select, initial_user: text(20) }),
  conversations_select: shape(is('conversations_select'), {
    ...select,
    ...place,
    initial_conversation: text(20),
  }),
  channels_select: shape(is('channels_select'), { ...select, ...place, initial_channel: text(20) }),
  multi_static_select: shape(is('multi_static_select'), {
    ...many,
    ...options,
    initial_options: list(option, 100),
  }),
  multi_external_select: shape(is('multi_external_select'), { ...many, initial_options: list(option, 100) }),
  multi_users_select: shape(is('multi_users_select'), { ...many, initial_users: list(text(20), 100) }),
  multi_conversations_select: shape(is('multi_conversations_select'), {
    ...many,
    ...place,
    initial_conversations: list(text(20), 100),
  }),
  multi_channels_select: shape(is('multi_channels_select'), {
    ...many,
    initial_channels: list(text(20), 100),
  }),
  datepicker: shape(is('datepicker'), { ...select, initial_date: text(10) }),
  timepicker: shape(is('timepicker'), { ...select, initial_time: text(5), timezone: text(75) }),
  datetimepicker: shape(is('datetimepicker'), { ...action, initial_date_time: anything }),
  checkboxes: shape(
    { ...is('checkboxes'), options: list(option, 10) },
    { ...action, initial_options: list(option, 10) },
  ),
  radio_buttons: shape(
    { ...is('radio_buttons'), options: list(option, 10) },
    { ...action, initial_option: option },
  ),
  plain_text_input: shape(is('plain_text_input'), {
    ...typed,
    multiline: flag,
    min_length: count(0, 3000),
    max_length: count(1, 3000),
  }),
  email_text_input: shape(is('email_text_input'), typed),
  url_text_input: shape(is('url_text_input'), typed),
  number_input: shape(
    { ...is('number_input'), is_decimal_allowed: flag },
    { ...typed, min_value: text(50), max_value: text(50) },
  ),
  rich_text_input: shape(is('rich_text_input'), { ...typed, initial_value: anything }),
  file_input: shape(is('file_input'), { action_id: text(255), filetypes: anything, max_files: count(1, 10) }),
  image: shape(
    { ...is('image'), alt_text: text(2000) },
    { image_url: text(3000), slack_file: anything, image_width: anything, image_height: anything },
  ),
};
