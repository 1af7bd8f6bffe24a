// Registers our commands with Discord: only where they differ from what is registered.

import type { APIApplication } from 'discord.js';
import { Routes } from 'discord.js';
import type { CommandSpec } from '../../core/command.ts';
import { ConfigurationError, PlatformError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { type ApiConfig, createApi, type DiscordApi, tokenRefused } from './api.ts';
import { type CommandBody, manifest } from './manifest.ts';

/** By hand, for one server (there at once) or for all. Returns what was changed: command names, empty where nothing was. */
export async function registerDiscordCommands(
  config: ApiConfig & { readonly guild?: string },
  specs: readonly CommandSpec[],
  log: Log,
): Promise<readonly string[]> {
  const api = createApi(config);
  try {
    const { id } = await api.request<APIApplication>('GET', Routes.currentApplication(), { urgent: true });
    return await registerCommands(api, id, specs, log, config.guild);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure === 'revoked') throw tokenRefused();
    if (config.guild !== undefined && (error.failure === 'gone' || error.failure === 'forbidden')) {
      throw new ConfigurationError(`The bot is not in a server with the id ${config.guild}.`);
    }
    throw error;
  } finally {
    await api.close();
  }
}

/** Compares and, on a difference, overwrites all commands at once. Returns the names that differed. */
export async function registerCommands(
  api: DiscordApi,
  id: string,
  specs: readonly CommandSpec[],
  log: Log,
  guild?: string,
): Promise<readonly string[]> {
  const route =
    guild === undefined ? Routes.applicationCommands(id) : Routes.applicationGuildCommands(id, guild);
  const wanted = guild === undefined ? manifest(specs) : manifest(specs).map(forOneServer);
  const differing = differences(wanted, await api.request<unknown[]>('GET', route, { urgent: true }));
  if (differing.length > 0) {
    await api.request('PUT', route, { body: wanted, urgent: true });
    log.info({ commands: differing, guild }, 'Discord commands registered');
  }
  return differing;
}

/** A server's own commands have neither contexts nor kinds of install. */
function forOneServer({ contexts: _, integration_types: __, ...command }: CommandBody): CommandBody {
  return command;
}

/** The names of commands that are new, gone or changed. What Discord adds by itself, such as ids, does not count. */
export function differences(wanted: readonly CommandBody[], registered: readonly unknown[]): string[] {
  const ours = new Map(wanted.map((command) => [keyOf(command), canonical(command)]));
  const theirs = new Map(registered.map((command) => [keyOf(command), canonical(command)]));
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  return [...keys]
    .filter((key) => ours.get(key) !== theirs.get(key))
    .map((key) => key.slice(key.indexOf(' ') + 1));
}

function keyOf(command: unknown): string {
  const { type = 1, name = '' } = command as { type?: number; name?: string };
  return `${type} ${name}`;
}

const COMPARED = [
  'type',
  'name',
  'description',
  'options',
  'default_member_permissions',
  'integration_types',
  'contexts',
  'required',
  'autocomplete',
  'choices',
  'value',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
];

/** The parts that we set, in one order; absent, null, false and empty are the same. */
function canonical(value: unknown): string {
  return JSON.stringify(reduced(value));
}

function reduced(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(reduced);
    return items.every((item) => typeof item === 'number') ? items.sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  return COMPARED.map((name) => [name, reduced(fields[name])]).filter(
    ([, field]) =>
      field !== undefined &&
      field !== null &&
      field !== false &&
      field !== '' &&
      !(Array.isArray(field) && field.length === 0),
  );
}
