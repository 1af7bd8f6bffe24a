// The app manifest: complete, accepted by Slack's own schema, and free of names that Slack keeps for itself.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { RESERVED_COMMANDS } from '../../../src/adapters/slack/limits.ts';
import { SCOPE_REASONS, slackManifest } from '../../../src/adapters/slack/manifest.ts';
import type { CommandSpec } from '../../../src/core/command.ts';
import { createRegistry } from '../../../src/core/registry.ts';

const specs: readonly CommandSpec[] = createRegistry(commands).specs;
const http = { mode: 'http', url: 'https://bot.example.com' } as const;

describe('the manifest for Slack', () => {
  test('offers /responsibot, /who-does and every other command that Slack lets an app have', () => {
    const offered = slackManifest({ mode: 'socket' }, specs).features.slash_commands.map(
      (one) => one.command,
    );
    expect(offered[0]).toBe('/responsibot');
    const wanted = specs.map(({ name }) => (name === 'who' ? '/who-does' : `/${name}`));
    expect(offered.slice(1).sort()).toEqual(wanted.sort());
  });

  test('claims no reserved name, and no name twice', () => {
    const spec = (name: string): CommandSpec => ({ name, summary: 'x', subcommands: [] });
    const offered = slackManifest(
      { mode: 'socket' },
      ['who', 'status', 'remind', 'search', 'team'].map(spec),
    ).features.slash_commands.map((one) => one.command.slice(1));
    expect(offered).toEqual(['responsibot', 'who-does', 'team']);
    expect(offered.filter((name) => RESERVED_COMMANDS.has(name))).toEqual([]);
  });

  test('over HTTP carries the request URL everywhere; in Socket Mode nowhere', () => {
    const overHttp = slackManifest(http, specs);
    const url = 'https://bot.example.com/slack/events';
    expect(overHttp.settings.event_subscriptions.request_url).toBe(url);
    expect(overHttp.settings.interactivity.request_url).toBe(url);
    expect(new Set(overHttp.features.slash_commands.map((one) => one.url))).toEqual(new Set([url]));
    expect(overHttp.oauth_config.redirect_urls).toEqual(['https://bot.example.com/slack/oauth_redirect']);
    expect(overHttp.settings.socket_mode_enabled).toBe(false);
    const overSocket = slackManifest({ mode: 'socket' }, specs);
    expect(JSON.stringify(overSocket)).not.toContain('http');
    expect(overSocket.settings.socket_mode_enabled).toBe(true);
  });

  test('asks for the fewest scopes that work, each with a reason', () => {
    const { scopes } = slackManifest({ mode: 'socket' }, specs).oauth_config;
    expect(scopes.bot).toEqual(Object.keys(SCOPE_REASONS));
    const doc = readFileSync('docs/slack.md', 'utf8');
    for (const [scope, reason] of Object.entries(SCOPE_REASONS)) {
      expect(doc).toContain(`| \`${scope}\` | ${reason} |`);
    }
  });

  test('refuses an address that Slack would not call', () => {
    for (const url of ['http://bot.example.com', 'bot.example.com', '']) {
      expect(() => slackManifest({ mode: 'http', url }, specs)).toThrow(/https/);
    }
  });
});

describe('Slack’s schema', () => {
  const schemas = schemaFiles(process.env.SLACK_MANIFEST_SCHEMA);
  if (schemas.length === 0) {
    test.skip('accepts the manifest (SLACK_MANIFEST_SCHEMA names no schema file or folder)', () => {});
  }
  for (const file of schemas) {
    for (const target of [{ mode: 'socket' } as const, http]) {
      test(`${file.split('/').at(-1)} accepts the manifest for ${target.mode}`, () => {
        const ajv = new Ajv({ strict: false, allErrors: true });
        formats.default(ajv);
        const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
        validate(slackManifest(target, specs));
        expect(validate.errors ?? []).toEqual([]);
      });
    }
  }
});

function schemaFiles(path: string | undefined): string[] {
  if (path === undefined || path === '') return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => /^slack-manifest.*\.json$/.test(name))
    .map((name) => join(path, name));
}
