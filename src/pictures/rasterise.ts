// Turns SVG pictures into PNG on a thread of its own: drawing takes tens of milliseconds that answers must not wait for.
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import type { Picture } from '../core/reply.ts';
import type { Drawn } from './draw-worker.ts';

export interface Rasteriser {
  /**
   * The picture as PNG, twice as large as the SVG says, looking the same on every machine. Rejects if it cannot be
   * drawn; whoever asks then shows the picture's words.
   */
  rasterise(picture: Pick<Picture, 'svg'>): Promise<Uint8Array>;
  /** Stops the thread; what is still to be drawn rejects. */
  close(): Promise<void>;
}

/** More waiting pictures than this mean that nobody will see them in time. */
const waitingMax = 200;
const cacheEntries = 64;
const cacheBytes = 16 * 1024 * 1024;

/** Nothing is started before the first picture; an idle thread does not keep the process alive. */
export function createRasteriser(): Rasteriser {
  const cache = new LRUCache<string, Uint8Array>({
    max: cacheEntries,
    maxSize: cacheBytes,
    sizeCalculation: (png) => Math.max(1, png.byteLength),
  });
  const underway = new Map<string, Promise<Uint8Array>>();
  const thread = createThread();
  let last: Promise<unknown> = Promise.resolve();

  const draw = async (id: string, svg: string, turn: Promise<unknown>): Promise<Uint8Array> => {
    await turn;
    const png = await thread.draw(svg);
    cache.set(id, png);
    return png;
  };

  return {
    async rasterise({ svg }) {
      const id = createHash('sha256').update(svg).digest('base64url');
      const known = cache.get(id) ?? underway.get(id);
      if (known !== undefined) return known;
      if (underway.size >= waitingMax)
        throw new Error(`${waitingMax} pictures are waiting to be drawn already`);
      // One at a time, so that the memory of one picture is given back before the next is drawn.
      const png = draw(id, svg, last).finally(() => underway.delete(id));
      underway.set(id, png);
      last = png.catch(() => undefined);
      return png;
    },
    close: () => thread.close(),
  };
}

/** One drawing at a time. A thread that broke is replaced by the next drawing, unless it was closed. */
function createThread() {
  let worker: Worker | undefined;
  let closed = false;
  let current: PromiseWithResolvers<Uint8Array> | undefined;

  const start = (): Worker => {
    // Beside this file, as TypeScript in a checkout and as JavaScript in the package.
    const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
    const started = new Worker(new URL(`./draw-worker${extension}`, import.meta.url));
    started.on('message', ({ png, error }: Drawn) => {
      if (png === undefined) current?.reject(new Error(`a picture could not be drawn: ${error}`));
      else current?.resolve(png);
    });
    started.on('error', (error) => current?.reject(error));
    started.on('exit', () => {
      current?.reject(new Error('the thread that draws pictures has stopped'));
      if (worker === started) worker = undefined;
    });
    return started;
  };

  return {
    async draw(svg: string): Promise<Uint8Array> {
      if (closed) throw new Error('the thread that draws pictures was closed');
      current = Promise.withResolvers<Uint8Array>();
      worker ??= start();
      worker.ref();
      worker.postMessage(svg);
      try {
        return await current.promise;
      } finally {
        worker?.unref();
      }
    },
    async close(): Promise<void> {
      closed = true;
      await worker?.terminate();
    },
  };
}
