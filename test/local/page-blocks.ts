export function answerBlocks() {
  const button = (text: string, value: string) => ({ text: { type: 'plain_text' as const, text }, value });
  return [
    {
      type: 'markdown' as const,
      text: 'Open **Settings**, then *People*.\n\n| Plan | Seats |\n|---|---|\n| Team | 10 |',
    },
    {
      type: 'context' as const,
      elements: [{ type: 'mrkdwn' as const, text: '<https://help.example.com/invite|Inviting people>' }],
    },
    {
      type: 'context_actions' as const,
      elements: [
        {
          type: 'feedback_buttons' as const,
          action_id: 'feedback',
          positive_button: button('Helpful', 'up'),
          negative_button: button('Not helpful', 'down'),
        },
      ],
    },
  ];
}

export const fields = (text: string) => ({
  type: 'section' as const,
  fields: [{ type: 'mrkdwn' as const, text }],
});

export const richText = (text: string) => ({
  type: 'rich_text' as const,
  elements: [
    { type: 'rich_text_section' as const, elements: [{ type: 'text' as const, text }] },
    {
      type: 'rich_text_preformatted' as const,
      elements: [{ type: 'text' as const, text }],
      border: 0 as const,
    },
  ],
});

export const editButton = () => ({
  type: 'actions' as const,
  elements: [
    { type: 'button' as const, action_id: 'edit', text: { type: 'plain_text' as const, text: 'Edit draft' } },
  ],
});
