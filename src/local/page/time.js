const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const clockWithMs = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const dateOf = (ts) => new Date(Number(ts) * 1000);

export const clockOf = (ts) => clock.format(dateOf(ts));
/** Without AM or PM, where there is no room for it. */
export const shortClockOf = (ts) => clockOf(ts).replace(/\s?[ap]\.?m\.?$/i, '');
export const fullTimeOf = (ts) => full.format(dateOf(ts));
export const frameTimeOf = (atMs) => clockWithMs.format(new Date(atMs));

/** The day of a message as a heading: Today, Yesterday, or its name. */
export function dayOf(ts) {
  const date = dateOf(ts);
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  if (date.toDateString() === new Date().toDateString()) return 'Today';
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return day.format(date);
}

const TOKENS = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { dateStyle: 'long' },
  date_short: { dateStyle: 'medium' },
  date_long: { dateStyle: 'full' },
  date_pretty: { dateStyle: 'long' },
  date_short_pretty: { dateStyle: 'medium' },
  date_long_pretty: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  time_secs: { timeStyle: 'medium' },
};

/** Slack's date token, `{date_short} at {time}`, in the reader's own language and zone. */
export const slackDateOf = (seconds, format) =>
  format.replace(/\{(\w+)\}/g, (token, name) =>
    TOKENS[name] ? new Intl.DateTimeFormat(undefined, TOKENS[name]).format(dateOf(seconds)) : token,
  );
