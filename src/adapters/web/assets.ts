// The page's files, read once at start and served from memory with entity tags.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Every file of the folder that a browser may ask for, by its name. Throws where the folder is missing. */
export function loadAssets(folder: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(folder)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const body = new Uint8Array(readFileSync(join(folder, name)));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    assets.set(name, { body, type, etag });
  }
  return assets;
}

/** Kept by the browser, and asked for again each time: a new version shows at once, an old one costs a 304. */
export function serveAsset(asset: Asset | undefined, ifNoneMatch: string | undefined): Response {
  if (asset === undefined) {
    return new Response('There is nothing here.\n', {
      status: 404,
      headers: { 'content-type': 'text/plain' },
    });
  }
  const headers = { etag: asset.etag, 'cache-control': 'no-cache', 'content-type': asset.type };
  if (ifNoneMatch?.includes(asset.etag)) return new Response(null, { status: 304, headers });
  return new Response(asset.body, { headers });
}
