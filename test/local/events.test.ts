import { describe, expect, test } from 'vitest';
import { wrapEvent } from '../../src/local/event-envelope.ts';
import { type InnerEvent, readEvents } from '../../src/local/events.ts';
import { createSeed } from '../../src/local/seed.ts';
import { createWorkspace, type Workspace } from '../../src/local/workspace.ts';

function listen(): { workspace: Workspace; events: InnerEvent[] } {
  const workspace = createWorkspace(createSeed());
  const events: InnerEvent[] = [];
  workspace.onChange((change) => events.push(...readEvents(workspace, change)));
  return { workspace, events };
}

const question = { channel: 'C0ACME', user: 'U0ALICE', text: 'hi' };

describe('a message', () => {
  test('of an external author carries the author’s team three times over', () => {
    const { workspace, events } = listen();
    const { ts } = workspace.post(question);
    expect(events).toEqual([
      expect.objectContaining({
        type: 'message',
        channel: 'C0ACME',
        channel_type: 'channel',
        user: 'U0ALICE',
        team: 'T0ACME',
        user_team: 'T0ACME',
        source_team: 'T0ACME',
        text: 'hi',
        ts,
        event_ts: ts,
      }),
    ]);
  });

  test('of the staff carries no external marks', () => {
    const { workspace, events } = listen();
    workspace.post({ ...question, user: 'U0SAM' });
    expect(events[0]).toMatchObject({ team: 'T0HOME' });
    expect(events[0]).not.toHaveProperty('user_team');
  });

  test('of the bot comes back with its ids and its metadata', () => {
    const { workspace, events } = listen();
    const metadata = { event_type: 'answer', event_payload: { key: 'k1' } };
    workspace.post({ ...question, user: 'U0BOT', botId: 'B0BOT', metadata });
    expect(events).toEqual([
      expect.objectContaining({ user: 'U0BOT', bot_id: 'B0BOT', app_id: 'A0LOCAL', metadata }),
    ]);
  });

  test('that mentions the bot is sent as message and as app_mention', () => {
    const { workspace, events } = listen();
    workspace.post({ ...question, text: '<@U0BOT> hi' });
    expect(events.map((event) => event.type)).toEqual(['message', 'app_mention']);
    expect(events[0]?.ts).toBe(events[1]?.ts);
  });

  test('is not heard where the bot is not, nor when it is for one reader', () => {
    const { workspace, events } = listen();
    workspace.post({ channel: 'C0GENERAL', user: 'U0SAM', text: '<@U0BOT> hi' });
    workspace.post({ ...question, ephemeralFor: 'U0ALICE' });
    expect(events).toEqual([]);
  });

  test('names the kind of its channel: group when private, im when direct', () => {
    const { workspace, events } = listen();
    workspace.post({ channel: 'C0MANAGERS', user: 'U0MAYA', text: 'x' });
    workspace.post({ channel: workspace.openDm('U0MAYA', 'U0BOT').id, user: 'U0MAYA', text: '<@U0BOT> x' });
    expect(events.map((event) => [event.type, event.channel_type])).toEqual([
      ['message', 'group'],
      ['message', 'im'],
    ]);
  });

  test('in a thread names the parent’s author', () => {
    const { workspace, events } = listen();
    const { ts } = workspace.post(question);
    workspace.post({ ...question, user: 'U0SAM', threadTs: ts });
    expect(events[1]).toMatchObject({ thread_ts: ts, parent_user_id: 'U0ALICE' });
  });
});

describe('a change', () => {
  test('of a text shows both versions, hidden, with the mark of an edit', () => {
    const { workspace, events } = listen();
    const message = workspace.post(question);
    workspace.change(message, { text: 'ho', edited: true, editedTs: workspace.nextTs() });
    expect(events[1]).toMatchObject({
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      message: { text: 'ho', ts: message.ts, edited: { user: 'U0ALICE' } },
      previous_message: { text: 'hi', ts: message.ts },
    });
    expect(events[1]?.ts).not.toBe(message.ts);
  });

  test('of a text with a mention sends app_mention once more, marked as edited', () => {
    const { workspace, events } = listen();
    const message = workspace.post(question);
    workspace.change(message, { text: '<@U0BOT> ho', editedTs: workspace.nextTs() });
    expect(events[2]).toMatchObject({ type: 'app_mention', ts: message.ts, edited: { user: 'U0ALICE' } });
  });

  test('by a link preview carries no mark of an edit', () => {
    const { workspace, events } = listen();
    const message = workspace.post({ ...question, text: '<@U0BOT> <https://x.example>' });
    workspace.change(message, { attachments: [{ from_url: 'https://x.example' }] });
    expect(events.slice(2)).toEqual([
      expect.objectContaining({
        subtype: 'message_changed',
        message: expect.not.objectContaining({ edited: expect.anything() }),
      }),
    ]);
  });

  test('that deletes names the lost message; a parent with replies becomes a tombstone', () => {
    const { workspace, events } = listen();
    const lone = workspace.post(question);
    workspace.remove(lone);
    const parent = workspace.post(question);
    workspace.post({ ...question, user: 'U0SAM', threadTs: parent.ts });
    workspace.remove(parent);
    expect(events[1]).toMatchObject({
      subtype: 'message_deleted',
      deleted_ts: lone.ts,
      previous_message: { text: 'hi' },
    });
    expect(events[4]).toMatchObject({
      subtype: 'message_changed',
      message: { subtype: 'tombstone', reply_count: 1 },
    });
  });
});

describe('other events', () => {
  test('a reaction names the message and its author', () => {
    const { workspace, events } = listen();
    const message = workspace.post(question);
    workspace.react(message, 'U0MAYA', 'white_check_mark');
    workspace.unreact(message, 'U0MAYA', 'white_check_mark');
    const item = { type: 'message', channel: 'C0ACME', ts: message.ts };
    const shape = { user: 'U0MAYA', reaction: 'white_check_mark', item, item_user: 'U0ALICE' };
    expect(events.slice(1)).toEqual([
      expect.objectContaining({ type: 'reaction_added', ...shape }),
      expect.objectContaining({ type: 'reaction_removed', ...shape }),
    ]);
  });

  test('joining and leaving are told, the bot’s own leaving under another name', () => {
    const { workspace, events } = listen();
    workspace.join('C0GENERAL', 'U0BOT', 'U0MAYA');
    workspace.join('C0GENERAL', 'U0GUEST');
    workspace.leave('C0GENERAL', 'U0GUEST');
    workspace.leave('C0GENERAL', 'U0BOT', 'U0MAYA');
    expect(events.map((event) => [event.type, event.user])).toEqual([
      ['member_joined_channel', 'U0BOT'],
      ['message', 'U0BOT'],
      ['member_joined_channel', 'U0GUEST'],
      ['message', 'U0GUEST'],
      ['member_left_channel', 'U0GUEST'],
      ['channel_left', undefined],
    ]);
  });

  test('the envelope says whose token may act and whether the channel is shared', () => {
    const { workspace, events } = listen();
    const message = workspace.post(question);
    workspace.react(message, 'U0ARUN', 'eyes');
    workspace.post({ channel: 'C0MANAGERS', user: 'U0MAYA', text: 'x' });
    const envelopes = events.map((event) => wrapEvent(event, workspace));
    expect(envelopes[0]).toMatchObject({
      type: 'event_callback',
      team_id: 'T0HOME',
      context_team_id: 'T0HOME',
      api_app_id: 'A0LOCAL',
      event: { type: 'message' },
      authorizations: [
        {
          enterprise_id: null,
          team_id: 'T0HOME',
          user_id: 'U0BOT',
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
    });
    expect(envelopes.map((envelope) => envelope.is_ext_shared_channel)).toEqual([true, true, false]);
    expect(new Set(envelopes.map((envelope) => envelope.event_id)).size).toBe(3);
  });
});
