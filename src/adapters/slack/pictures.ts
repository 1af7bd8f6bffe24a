// Pictures for messages: SVG → PNG → a file of the bot that image blocks refer to.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Log } from '../../core/ports.ts';
import type { Picture, Reply } from '../../core/reply.ts';
import { LIMITS } from './limits.ts';
import { clip } from './mrkdwn.ts';
import type { Pace } from './pace.ts';
import { callSlack } from './web.ts';
import type { SlackWorkspace } from './workspaces.ts';

/** An upload that takes longer counts as failed. */
const UPLOAD_TIMEOUT_MS = 20_000;

export interface Pictures {
  /**
   * The Slack files of a reply's pictures. A picture that cannot be drawn or uploaded is left out and thereby shown by
   * its description: a message never waits for a picture, or fails because of one.
   */
  upload(workspace: SlackWorkspace, reply: Reply): Promise<ReadonlyMap<Picture, string>>;
  /** Forgets the files of a reply, which Slack did not take. */
  forget(workspace: SlackWorkspace, reply: Reply): void;
}

export function createPictures(options: {
  readonly rasterise: (picture: Picture) => Promise<Uint8Array>;
  readonly pace: Pace;
  readonly log: Log;
}): Pictures {
  const { rasterise, pace, log } = options;
  // The same picture is often shown again, such as at every edit of a message.
  const files = new LRUCache<string, string>({ max: 1000, ttl: 6 * 60 * 60_000 });

  const put = async ({ client, team }: SlackWorkspace, picture: Picture): Promise<string> => {
    const png = await rasterise(picture);
    const filename = `${picture.name}.png`;
    const { upload_url, file_id } = await callSlack(pace, team, 'files.getUploadURLExternal', () =>
      client.files.getUploadURLExternal({
        filename,
        length: png.length,
        alt_text: clip(picture.alt, LIMITS.altText),
      }),
    );
    if (upload_url === undefined || file_id === undefined) throw new Error('Slack gave no upload URL');
    const response = await fetch(upload_url, {
      method: 'POST',
      body: Buffer.from(png),
      headers: { 'content-type': 'image/png' },
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`the upload of a picture was refused with HTTP ${response.status}`);
    await callSlack(pace, team, 'files.completeUploadExternal', () =>
      client.files.completeUploadExternal({ files: [{ id: file_id, title: filename }] }),
    );
    return file_id;
  };

  return {
    async upload(workspace, reply) {
      const found = new Map<Picture, string>();
      for (const picture of picturesOf(reply)) {
        const key = keyOf(workspace, picture);
        try {
          const file = files.get(key) ?? (await put(workspace, picture));
          files.set(key, file);
          found.set(picture, file);
        } catch (error) {
          log.warn({ err: error, picture: picture.name }, 'a picture is shown by its description');
        }
      }
      return found;
    },
    forget(workspace, reply) {
      for (const picture of picturesOf(reply)) files.delete(keyOf(workspace, picture));
    },
  };
}

export function picturesOf(reply: Reply): Picture[] {
  return reply.blocks.flatMap((block) => (block.type === 'image' ? [block.image] : []));
}

function keyOf(workspace: SlackWorkspace, picture: Picture): string {
  return `${workspace.team}/${createHash('sha256').update(picture.svg).digest('base64url')}`;
}
