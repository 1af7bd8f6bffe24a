// A form as a dialog: the browser's own, so that focus stays inside and Escape closes it.
import type { WireForm } from '../wire.ts';
import { h } from './dom.ts';

/** Resolves with the fields' values when submitted, or undefined when closed. Focus goes back to where it was. */
export function askForm(form: WireForm): Promise<Record<string, string> | undefined> {
  const inputs = form.fields.map((field) => ({ field, input: inputFor(field) }));
  const fields = inputs.map(({ field, input }) => {
    const hint =
      field.hint === undefined ? undefined : h('p', { id: `hint-${field.id}`, class: 'hint' }, field.hint);
    const label = h('label', { for: input.id }, field.label);
    if (!field.required) label.append(h('span', { class: 'optional' }, ' (optional)'));
    return h('div', { class: 'field' }, label, input, hint);
  });
  const cancel = h('button', { type: 'button', class: 'button plain' }, 'Cancel');
  const submit = h('button', { type: 'submit', class: 'button primary' }, form.submit);
  const body = h(
    'form',
    { method: 'dialog' },
    h('h2', { id: 'form-title' }, form.title),
    ...fields,
    h('div', { class: 'choices' }, submit, cancel),
  );
  const dialog = h('dialog', { 'aria-labelledby': 'form-title' }, body);
  document.body.append(dialog);

  return new Promise((resolve) => {
    let values: Record<string, string> | undefined;
    body.addEventListener('submit', () => {
      values = Object.fromEntries(inputs.map(({ field, input }) => [field.id, input.value]));
    });
    cancel.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(values);
    });
    dialog.showModal();
  });
}

function inputFor(field: WireForm['fields'][number]) {
  const common = {
    id: `field-${field.id}`,
    required: field.required,
    'aria-describedby': field.hint === undefined ? undefined : `hint-${field.id}`,
  };
  // Nobody should have to know the name of their own time zone.
  const own = field.id === 'zone' ? Intl.DateTimeFormat().resolvedOptions().timeZone : '';
  const value = field.value || own;
  if (field.choices) {
    const options = field.choices.map((choice) =>
      h('option', { value: choice.value, selected: choice.value === value }, choice.label),
    );
    return h('select', common, ...(field.required ? [] : [h('option', { value: '' }, '–')]), ...options);
  }
  if (field.multiline) return h('textarea', { ...common, maxlength: field.maxLength, rows: 4 }, value);
  return h('input', { ...common, type: 'text', maxlength: field.maxLength, value, autocomplete: 'off' });
}
