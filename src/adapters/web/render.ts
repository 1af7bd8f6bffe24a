// Reply → what the page gets. Pure: texts stay data, the page shows them as text and never as markup.
import { type Action, encodeAction } from '../../core/action.ts';
import type { Inbox } from '../../core/ports.ts';
import type { Block, Button, Form, Reply } from '../../core/reply.ts';
import { SHARED_CHANNELS } from './place.ts';
import type { WireBlock, WireButton, WireForm, WireReply } from './wire.ts';

/** Looks an action up: its form must be filled in before it can be sent. */
export type ActionInfoOf = Pick<Inbox, 'actionInfo'>['actionInfo'];

const CHANNEL_CHOICES = SHARED_CHANNELS.map(({ id, name }) => ({ label: `#${name}`, value: id }));

export function renderReply(reply: Reply, infoOf: ActionInfoOf): WireReply {
  return { tone: reply.tone ?? 'neutral', blocks: reply.blocks.map((block) => renderBlock(block, infoOf)) };
}

function renderBlock(block: Block, infoOf: ActionInfoOf): WireBlock {
  switch (block.type) {
    case 'choices':
      return { type: 'choices', choices: block.choices.map((button) => renderButton(button, infoOf)) };
    case 'form':
      return {
        type: 'choices',
        choices: [renderButton({ label: block.label, action: block.action }, infoOf)],
      };
    default:
      return block;
  }
}

function renderButton(button: Button, infoOf: ActionInfoOf): WireButton {
  const form = infoOf(button.action.name)?.form;
  return {
    label: button.label,
    action: encodeAction(button.action),
    ...(button.style === undefined ? {} : { style: button.style }),
    ...(button.disabled === undefined ? {} : { disabled: button.disabled }),
    ...(form === undefined ? {} : { form: renderForm(form, button.action) }),
  };
}

/** The form with its fields filled from the action's arguments; a channel is chosen from those that are here. */
function renderForm(form: Form, action: Action): WireForm {
  return {
    title: form.title,
    submit: form.submit,
    fields: form.fields.map(({ initial, kind, ...field }) => {
      const value = initial === undefined ? undefined : action.args[initial];
      return {
        ...field,
        ...(kind === 'channel' ? { choices: CHANNEL_CHOICES } : {}),
        ...(value === undefined ? {} : { value }),
      };
    }),
  };
}
