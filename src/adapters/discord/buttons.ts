// Choices and forms → rows of buttons.

import type { APIActionRowComponent, APIButtonComponentWithCustomId } from 'discord.js';
import { ButtonStyle, ComponentType } from 'discord.js';
import { encodeAction } from '../../core/action.ts';
import type { Button } from '../../core/reply.ts';
import { cut, LIMITS } from './limits.ts';

export type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

const STYLES = {
  primary: ButtonStyle.Primary,
  plain: ButtonStyle.Secondary,
  danger: ButtonStyle.Danger,
} as const;

/** Whether a button would lose part of its label. */
export function labelsTooLong(buttons: readonly Button[]): boolean {
  return buttons.some((button) => button.label.length > LIMITS.buttonLabel);
}

/**
 * Rows of at most five; each group begins a row of its own while rows last. Returns how many buttons found no place.
 * A second button that does the same is left out, since Discord refuses a message with two.
 */
export function buttonRows(groups: readonly (readonly Button[])[]): { rows: ButtonRow[]; left: number } {
  const taken = new Set<string>();
  const distinct = groups.map((group) =>
    group.filter((button) => taken.size !== taken.add(encodeAction(button.action)).size),
  );
  const wanted = distinct.flatMap((group) => chunks(group));
  const lines = wanted.length <= LIMITS.rows ? wanted : chunks(distinct.flat());
  return {
    rows: lines.slice(0, LIMITS.rows).map(row),
    left: lines.slice(LIMITS.rows).flat().length,
  };
}

function row(buttons: readonly Button[]): ButtonRow {
  return {
    type: ComponentType.ActionRow,
    components: buttons.map((button) => ({
      type: ComponentType.Button,
      style: STYLES[button.style ?? 'plain'],
      label: cut(button.label.trim() || '…', LIMITS.buttonLabel),
      custom_id: encodeAction(button.action),
      ...(button.disabled === true ? { disabled: true } : {}),
    })),
  };
}

function chunks(buttons: readonly Button[]): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / LIMITS.buttonsPerRow) }, (_, i) =>
    buttons.slice(i * LIMITS.buttonsPerRow, (i + 1) * LIMITS.buttonsPerRow),
  );
}
