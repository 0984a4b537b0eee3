import { App, LogLevel } from '@slack/bolt';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** A small app of its own, so that the page is judged without the product's bot behind it. */
export async function startEditingApp(slackApiUrl: string, submitted: unknown[]): Promise<App> {
  const app = new App({
    token: 'xoxb-local',
    appToken: 'xapp-local',
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl },
  });
  app.action('edit', async ({ ack, body, client }) => {
    await ack();
    const trigger = 'trigger_id' in body ? body.trigger_id : '';
    await client.views.open({
      trigger_id: trigger,
      view: {
        type: 'modal',
        callback_id: 'draft',
        title: plain('The draft'),
        submit: plain('Send'),
        blocks: [
          {
            type: 'input',
            block_id: 'answer',
            label: plain('Answer'),
            element: { type: 'plain_text_input', action_id: 'text', initial_value: 'Hello' },
          },
          {
            type: 'input',
            block_id: 'tone',
            optional: true,
            label: plain('Tone'),
            element: {
              type: 'static_select',
              action_id: 'choice',
              options: [{ text: plain('Calm'), value: 'calm' }],
            },
          },
        ],
      },
    });
  });
  app.view('draft', async ({ ack, view }) => {
    const answer = view.state.values.answer?.text?.value ?? '';
    const tone = view.state.values.tone?.choice?.selected_option?.value;
    if (answer.length < 5) return ack({ response_action: 'errors', errors: { answer: 'Too short' } });
    submitted.push({ answer, tone });
    return ack();
  });
  await app.start();
  return app;
}
