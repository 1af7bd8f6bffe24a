// A reply → what is sent: the rendered body with its pictures drawn and its files.
import type { Log } from '../../core/ports.ts';
import type { Picture, Reply } from '../../core/reply.ts';
import { type MessageBody, renderReply } from './render.ts';

/** Draws a picture as PNG. */
export type Rasterise = (picture: Picture) => Promise<Uint8Array>;

export interface OutgoingFile {
  readonly name: string;
  readonly contentType: string;
  readonly data: Uint8Array;
}

export interface Outgoing {
  readonly body: MessageBody;
  readonly files: readonly OutgoingFile[];
}

export interface AttachOptions {
  /** Shown small under the message, so that a retry finds it. */
  readonly reference?: string | undefined;
  /** Without pictures, their descriptions stand in the text. */
  readonly images?: false;
}

export type Attach = (reply: Reply, options?: AttachOptions) => Promise<Outgoing>;

/** A picture that cannot be drawn is shown by its description: it never costs the answer. */
export function createAttach(rasterise: Rasterise | undefined, log: Log): Attach {
  const prepare = async (reply: Reply, images: boolean, reference?: string): Promise<Outgoing> => {
    const rendered = renderReply(reply, { images, ...(reference === undefined ? {} : { reference }) });
    const drawn = rasterise === undefined ? [] : await Promise.all(rendered.pictures.map(rasterise));
    const all = drawn.map((data) => ({ data, contentType: 'image/png' }));
    if (rendered.fullText !== undefined) {
      all.push({ data: Buffer.from(rendered.fullText), contentType: 'text/plain; charset=utf-8' });
    }
    const files = all.map((file, i) => ({
      ...file,
      name: rendered.body.attachments[i]?.filename ?? `file-${i}`,
    }));
    return { body: rendered.body, files };
  };
  return async (reply, { reference, images } = {}) => {
    if (rasterise === undefined || images === false) return prepare(reply, false, reference);
    try {
      return await prepare(reply, true, reference);
    } catch (error) {
      log.warn({ err: error }, 'a picture could not be drawn');
      return prepare(reply, false, reference);
    }
  };
}
