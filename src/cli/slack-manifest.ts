// `responsibot slack:manifest`: prints the app manifest to paste at Slack.
import type { Command } from 'commander';
import { type Act, type CliIo, UsageError, writeLine } from './cli-io.ts';

interface ManifestOptions {
  readonly socket?: true;
  readonly http?: true;
  readonly url?: string;
}

export function addSlackManifest(program: Command, act: Act): void {
  program
    .command('slack:manifest')
    .description('print the Slack app manifest as JSON')
    .option('--socket', 'for Socket Mode, which needs no public address (the default)')
    .option('--http', 'for HTTP; needs --url')
    .option('--url <address>', 'where Slack reaches the bot, such as https://bot.example.com')
    .action(act(run));
}

async function run(io: CliIo, { socket, http, url }: ManifestOptions) {
  if (socket && http) throw new UsageError('slack:manifest takes --socket or --http, not both.');
  if (http && url === undefined) {
    throw new UsageError('slack:manifest --http needs --url, for example --url https://bot.example.com');
  }
  if (!http && url !== undefined)
    throw new UsageError('slack:manifest takes --url together with --http only.');
  const [{ slackManifest }, { commandSpecs }] = await Promise.all([
    import('../adapters/slack/manifest.ts'),
    import('./command-specs.ts'),
  ]);
  const manifest = slackManifest(
    url === undefined ? { mode: 'socket' } : { mode: 'http', url },
    commandSpecs(),
  );
  await writeLine(io.stdout, JSON.stringify(manifest, null, 2));
  return undefined;
}
