// Blocks and views against Slack's documented limits, as Slack would refuse them.

type Json = Readonly<Record<string, unknown>>;

/** Everything that is wrong with a list of blocks; empty where Slack would take it. */
export function blockProblems(blocks: unknown, max = 50): string[] {
  if (!Array.isArray(blocks)) return ['blocks is no array'];
  const problems = blocks.length > max ? [`${blocks.length} blocks, at most ${max}`] : [];
  const actionIds = new Set<string>();
  blocks.forEach((block: Json, i) => {
    for (const problem of oneBlock(block, actionIds)) problems.push(`/blocks/${i}: ${problem}`);
  });
  return problems;
}

export function viewProblems(view: unknown): string[] {
  if (!isObject(view)) return ['view is no object'];
  const problems = blockProblems(view.blocks, 100);
  if (view.type !== 'modal' && view.type !== 'home') problems.push(`a view of type ${String(view.type)}`);
  if (String(view.private_metadata ?? '').length > 3000) problems.push('private_metadata over 3000');
  if (String(view.callback_id ?? '').length > 255) problems.push('callback_id over 255');
  if (view.type === 'modal') {
    problems.push(...plain(view.title, 24, 'title'));
    if (view.submit !== undefined) problems.push(...plain(view.submit, 24, 'submit'));
    if (view.close !== undefined) problems.push(...plain(view.close, 24, 'close'));
    const inputs = (view.blocks as Json[]).some((block) => block.type === 'input');
    if (inputs && view.submit === undefined) problems.push('a modal with inputs has no submit');
  }
  return problems;
}

function oneBlock(block: Json, actionIds: Set<string>): string[] {
  switch (block.type) {
    case 'header':
      return plain(block.text, 150, 'header');
    case 'section':
      return section(block);
    case 'context':
      return list(block.elements, 10, 'context elements', (element) => text(element, 3000, 'context'));
    case 'actions':
      return list(block.elements, 25, 'action elements', (element) => button(element, actionIds));
    case 'image':
      return image(block);
    case 'input':
      return input(block);
    case 'divider':
      return [];
    default:
      return [`a block of type ${String(block.type)}`];
  }
}

function section(block: Json): string[] {
  const fields =
    block.fields === undefined ? [] : list(block.fields, 10, 'fields', (field) => text(field, 2000, 'field'));
  if (block.text === undefined) return block.fields === undefined ? ['a section without text'] : fields;
  return [...text(block.text, 3000, 'section'), ...fields];
}

function button(element: Json, seen: Set<string>): string[] {
  const problems = element.type === 'button' ? [] : [`an element of type ${String(element.type)}`];
  const id = String(element.action_id ?? '');
  if (id.length > 255) problems.push('action_id over 255');
  if (seen.has(id)) problems.push(`action_id ${id} twice`);
  seen.add(id);
  if (String(element.value ?? '').length > 2000) problems.push('value over 2000');
  if (!['primary', 'danger', undefined].includes(element.style as string | undefined)) problems.push('style');
  return [...problems, ...plain(element.text, 75, 'button')];
}

function image(block: Json): string[] {
  const file = isObject(block.slack_file) ? block.slack_file : {};
  const problems = [block.image_url, file.id, file.url].filter((one) => one !== undefined).length === 1;
  const alt = String(block.alt_text ?? '');
  return [
    ...(problems ? [] : ['an image needs one of image_url, slack_file.id and slack_file.url']),
    ...(alt.length > 0 && alt.length <= 2000 ? [] : ['alt_text of 1 to 2000 characters']),
  ];
}

function input(block: Json): string[] {
  const element = isObject(block.element) ? block.element : {};
  const problems = plain(block.label, 2000, 'label');
  if (block.hint !== undefined) problems.push(...plain(block.hint, 2000, 'hint'));
  if (element.type === 'plain_text_input') {
    const max = element.max_length ?? 3000;
    if (typeof max !== 'number' || max < 1 || max > 3000) problems.push('max_length of 1 to 3000');
    else if (String(element.initial_value ?? '').length > max) problems.push('initial_value over max_length');
    return problems;
  }
  if (element.type === 'conversations_select') return problems;
  if (element.type !== 'static_select') return [...problems, `an input of type ${String(element.type)}`];
  return [
    ...problems,
    ...list(element.options, 100, 'options', (option) => [
      ...plain(option.text, 75, 'option'),
      ...(String(option.value ?? '').length <= 150 ? [] : ['option value over 150']),
    ]),
  ];
}

function list(items: unknown, max: number, what: string, each: (item: Json) => string[]): string[] {
  if (!Array.isArray(items) || items.length === 0) return [`no ${what}`];
  const problems = items.length > max ? [`${items.length} ${what}, at most ${max}`] : [];
  return [...problems, ...items.flatMap((item: Json) => each(item))];
}

function text(object: unknown, max: number, what: string): string[] {
  if (!isObject(object)) return [`${what} is no text object`];
  if (object.type === 'plain_text') return plain(object, max, what);
  if (object.type !== 'mrkdwn') return [`${what} is of type ${String(object.type)}`];
  if ('emoji' in object) return [`${what}: emoji is for plain_text only`];
  return length(object.text, max, what);
}

function plain(object: unknown, max: number, what: string): string[] {
  if (!isObject(object) || object.type !== 'plain_text') return [`${what} is no plain_text`];
  if ('verbatim' in object) return [`${what}: verbatim is for mrkdwn only`];
  return length(object.text, max, what);
}

function length(value: unknown, max: number, what: string): string[] {
  if (typeof value !== 'string' || value.length === 0) return [`${what} is empty`];
  return value.length > max ? [`${what} has ${value.length} characters, at most ${max}`] : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
