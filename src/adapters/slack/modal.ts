// Forms and private answers as Slack views. Pure.
import type { HomeView, InputBlock, ModalView } from '@slack/types';
import { type Action, decodeAction, encodeAction } from '../../core/action.ts';
import type { Form, FormField, Reply } from '../../core/reply.ts';
import { LIMITS } from './limits.ts';
import { clip, plainObject } from './mrkdwn.ts';
import { render } from './render.ts';

export const FORM_CALLBACK = 'responsibot_form';
const FIELD = 'value';

/** What a view remembers between two requests: where it was opened, and what its form submits to. */
export interface ViewMemory {
  readonly channel: string;
  readonly thread?: string;
  readonly inWorkspace: boolean;
  readonly action?: Action;
  readonly command?: CommandNames;
}

export interface CommandNames {
  readonly name: string;
  readonly subcommand?: string;
}

/** Fields of an action's form are filled beforehand from the action's arguments. */
export function formView(form: Form, memory: ViewMemory): ModalView {
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    title: plainObject(form.title, LIMITS.viewTitle),
    submit: plainObject(form.submit, LIMITS.viewTitle),
    close: plainObject('Cancel', LIMITS.viewTitle),
    private_metadata: encodeMemory(memory),
    blocks: form.fields.map((field) => input(field, initialOf(field, memory.action))),
  };
}

/** An answer to something pressed or submitted in a view. */
export function replyView(reply: Reply, memory: ViewMemory): ModalView {
  return {
    type: 'modal',
    callback_id: 'responsibot_answer',
    title: plainObject('Responsibot', LIMITS.viewTitle),
    close: plainObject('Close', LIMITS.viewTitle),
    private_metadata: encodeMemory(memory),
    blocks: render(reply, { maxBlocks: LIMITS.viewBlocks }).blocks,
  };
}

export function homeView(reply: Reply, memory: ViewMemory): HomeView {
  return {
    type: 'home',
    private_metadata: encodeMemory(memory),
    blocks: render(reply, { maxBlocks: LIMITS.viewBlocks }).blocks,
  };
}

/** The inverse of what a view carries; undefined for a view that this program did not make. */
export function decodeMemory(text: string): ViewMemory | undefined {
  try {
    const { channel, thread, inWorkspace, action, command } = JSON.parse(text) as Record<string, unknown>;
    if (typeof channel !== 'string') return undefined;
    const decoded = typeof action === 'string' ? decodeAction(action) : undefined;
    return {
      channel,
      inWorkspace: inWorkspace === true,
      ...(typeof thread === 'string' ? { thread } : {}),
      ...(decoded === undefined ? {} : { action: decoded }),
      ...(isCommand(command) ? { command } : {}),
    };
  } catch {
    return undefined;
  }
}

/** The submitted values by field; fields left empty are left out. */
export function fieldsOf(
  values: Readonly<Record<string, Readonly<Record<string, SubmittedValue>>>>,
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [id, elements] of Object.entries(values)) {
    const element = elements[FIELD];
    const value = element?.value ?? element?.selected_option?.value ?? element?.selected_conversation;
    if (typeof value === 'string' && value !== '') fields[id] = value;
  }
  return fields;
}

export interface SubmittedValue {
  readonly value?: string | null;
  readonly selected_conversation?: string | null;
  readonly selected_option?: { readonly value: string } | null;
}

function encodeMemory({ action, ...rest }: ViewMemory): string {
  return JSON.stringify({ ...rest, ...(action === undefined ? {} : { action: encodeAction(action) }) });
}

function isCommand(value: unknown): value is CommandNames {
  if (typeof value !== 'object' || value === null) return false;
  const { name, subcommand } = value as Record<string, unknown>;
  return typeof name === 'string' && (subcommand === undefined || typeof subcommand === 'string');
}

function initialOf(field: FormField, action: Action | undefined): string | undefined {
  return field.initial === undefined ? undefined : action?.args[field.initial];
}

function input(field: FormField, initial: string | undefined): InputBlock {
  const base = {
    type: 'input',
    block_id: field.id,
    label: plainObject(field.label, LIMITS.inputLabel),
    optional: field.required !== true,
    ...(field.hint === undefined ? {} : { hint: plainObject(field.hint, LIMITS.inputHint) }),
  } as const;
  if (field.kind === 'channel') {
    return {
      ...base,
      element: {
        type: 'conversations_select',
        action_id: FIELD,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(initial ? { initial_conversation: initial } : {}),
      },
    };
  }
  if (field.choices === undefined) {
    const max = Math.min(field.maxLength ?? LIMITS.inputMaxLength, LIMITS.inputMaxLength);
    return {
      ...base,
      element: {
        type: 'plain_text_input',
        action_id: FIELD,
        multiline: field.multiline === true,
        max_length: max,
        ...(initial ? { initial_value: clip(initial, max) } : {}),
      },
    };
  }
  const options = field.choices.slice(0, LIMITS.selectOptions).map((choice) => ({
    text: plainObject(choice.label, LIMITS.optionText),
    value: choice.value.slice(0, LIMITS.optionValue),
  }));
  const chosen = options.find((option) => option.value === initial);
  return {
    ...base,
    element: {
      type: 'static_select',
      action_id: FIELD,
      options,
      ...(chosen === undefined ? {} : { initial_option: chosen }),
    },
  };
}
