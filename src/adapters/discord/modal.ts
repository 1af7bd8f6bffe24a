// Form → modal, and a submitted modal → fields. Pure.

import type { APIModalInteractionResponseCallbackData, APIModalSubmission } from 'discord.js';
import { ComponentType, TextInputStyle } from 'discord.js';
import type { Form, FormField } from '../../core/reply.ts';
import { cut, LIMITS } from './limits.ts';

/** The modal; `initial` fills fields beforehand. What the form says beyond five fields cannot be asked. */
export function modal(
  form: Form,
  customId: string,
  initial: (field: FormField) => string | undefined,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId,
    title: cut(form.title, LIMITS.modalTitle),
    components: form.fields.slice(0, LIMITS.modalFields).map((field) => ({
      type: ComponentType.Label,
      label: cut(field.label, LIMITS.modalLabel),
      ...(field.hint === undefined ? {} : { description: cut(field.hint, LIMITS.modalHint) }),
      component: component(field, initial(field)),
    })),
  };
}

/** The values by field id; a choice that was left open is empty. */
export function submittedFields(data: APIModalSubmission): Record<string, string> {
  const parts = data.components.flatMap((part) => {
    if (part.type === ComponentType.ActionRow) return part.components;
    return part.type === ComponentType.Label ? [part.component] : [];
  });
  return Object.fromEntries(
    parts.flatMap((part): [string, string][] => {
      if ('value' in part) return [[part.custom_id, String(part.value ?? '')]];
      return 'values' in part ? [[part.custom_id, part.values[0] ?? '']] : [];
    }),
  );
}

type LabelPart = Extract<
  APIModalInteractionResponseCallbackData['components'][number],
  { type: ComponentType.Label }
>['component'];

function component(field: FormField, value: string | undefined): LabelPart {
  const required = field.required === true;
  const options = field.choices ?? [];
  if (options.length > 0 && options.length <= LIMITS.selectOptions) {
    return {
      type: ComponentType.StringSelect,
      custom_id: field.id,
      required,
      options: options.map((option) => ({
        label: cut(option.label, LIMITS.selectLabel),
        value: option.value,
        ...(option.value === value ? { default: true } : {}),
      })),
    };
  }
  const max = Math.min(field.maxLength ?? LIMITS.textInput, LIMITS.textInput);
  return {
    type: ComponentType.TextInput,
    custom_id: field.id,
    style: field.multiline === true ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required,
    max_length: max,
    ...(value === undefined || value === '' ? {} : { value: value.slice(0, max) }),
  };
}
