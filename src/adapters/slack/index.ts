// Slack as a platform: wires the parts together. Translation only; what the bot says is decided elsewhere.
import { PlatformError } from '../../core/errors.ts';
import type { Platform } from '../../core/ports.ts';
import type { WorkspaceRef } from '../../core/refs.ts';
import { createClient, type SlackClient } from './client.ts';
import type { SlackConfig, SlackDeps } from './config.ts';
import { createDesk } from './desk.ts';
import { listenToEvents } from './events.ts';
import { listenToForms } from './forms.ts';
import { createHistory } from './history.ts';
import { listenToHome } from './home.ts';
import { createInFlight } from './in-flight.ts';
import { openWorkspaces } from './open-workspaces.ts';
import { createPace } from './pace.ts';
import { createPeople } from './people.ts';
import { createPictures } from './pictures.ts';
import { createPosts } from './posts.ts';
import { listenToPresses } from './presses.ts';
import { PLATFORM, slackWorkspace } from './refs.ts';
import { dropRepeats } from './repeats.ts';
import { listenToCommands } from './slash.ts';
import { clientOptions } from './web.ts';
import type { Workspaces } from './workspaces.ts';

export { checkSlack, type SlackCheck, slackAccess } from './doctor.ts';
export { type ManifestTarget, SCOPE_REASONS, slackManifest } from './manifest.ts';
export type { SlackConfig, SlackDeps };

export interface SlackPlatform extends Platform {
  /** Where Slack's requests arrive, once started; undefined in Socket Mode. */
  readonly port: number | undefined;
}

/** Does nothing until `start`. */
export function createSlack(config: SlackConfig, deps: SlackDeps): SlackPlatform {
  const { clock, log, rasterise, fatal } = deps;
  const options = clientOptions(config.apiUrl, log);
  const pace = createPace(clock);
  const people = createPeople({ clock, pace, log });
  const pictures = createPictures({ rasterise, pace, log });
  const history = createHistory({ clock, pace });

  let workspaces: Workspaces = notStarted;
  let client: SlackClient | undefined;
  const inFlight = createInFlight();
  const stopping = new AbortController();
  let port: number | undefined;
  const posts = createPosts({
    workspaces: { of: (ref) => workspaces.of(ref) },
    history,
    pictures,
    pace,
    clock,
    log,
  });

  const forget = async (workspace: WorkspaceRef) => {
    if (config.mode === 'oauth') await deps.installations.remove(workspace);
  };

  return {
    name: PLATFORM,
    capabilities: {
      buttons: true,
      privateReplies: true,
      suggestions: false,
      edits: true,
      images: true,
      forms: true,
      direct: true,
      threads: true,
    },
    get port() {
      return port;
    },
    async start(inbox) {
      const opened = await openWorkspaces(config, options, {
        ...deps,
        joined: (workspace, by) => inbox.joined(workspace, by),
      });
      workspaces = opened.workspaces;
      const desk = createDesk({
        inbox,
        workspaces,
        people,
        posts,
        pace,
        inFlight,
        stopping: stopping.signal,
        clock,
        log,
      });
      client = createClient(config, opened.own, { options, clock, log, fatal });
      dropRepeats(client.app, inbox);
      listenToCommands(client.app, desk);
      listenToPresses(client.app, desk);
      listenToForms(client.app, desk);
      listenToHome(client.app, desk);
      listenToEvents(client.app, desk, forget);
      if ('team' in opened.own) await inbox.joined(slackWorkspace(opened.own.team));
      port = await client.listen();
      return opened.name;
    },
    post: (channel, reply, how) => inFlight.track(posts.post(channel, reply, how)),
    direct: (user, reply, how) => inFlight.track(posts.direct(user, reply, how)),
    edit: (message, reply) => inFlight.track(posts.edit(message, reply)),
    check: (channel) => inFlight.track(posts.check(channel)),
    async stop() {
      // Payloads that were received are acknowledged while there still is a connection.
      stopping.abort();
      await new Promise((resolve) => setImmediate(resolve));
      await client?.close(inFlight.idle);
      await inFlight.idle();
    },
  };
}

const notStarted: Workspaces = {
  async of() {
    throw new PlatformError('transient', 'Slack was not started yet');
  },
};
