// The body of a REST request: JSON, or a multipart form with files.
import type { IncomingMessage } from 'node:http';
import type { SentFile } from './messages.ts';

export async function readBody(request: IncomingMessage): Promise<{ body: unknown; files: SentFile[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (raw.length === 0) return { body: undefined, files: [] };
  if (!type.startsWith('multipart/form-data')) return { body: JSON.parse(raw.toString()), files: [] };
  const parts = multipart(raw, /boundary=(.+)$/.exec(type)?.[1] ?? '');
  const payload = parts.find(({ key }) => key === 'payload_json');
  return { body: JSON.parse(String(payload?.bytes)), files: parts.filter((part) => part !== payload) };
}

/** The parts of a multipart body; by hand, since the standard parser takes longer than the bot that is measured. */
function multipart(raw: Buffer, boundary: string): SentFile[] {
  const parts: SentFile[] = [];
  const mark = Buffer.from(`--${boundary}`);
  for (let at = raw.indexOf(mark); at !== -1; ) {
    const head = at + mark.length + 2;
    const next = raw.indexOf(mark, head);
    const body = raw.indexOf('\r\n\r\n', head);
    if (next !== -1 && body !== -1 && body < next) {
      const header = raw.toString('utf8', head, body);
      parts.push({
        key: /name="([^"]*)"/.exec(header)?.[1] ?? '',
        name: /filename="([^"]*)"/.exec(header)?.[1] ?? '',
        type: /content-type: *([^\r\n]+)/i.exec(header)?.[1] ?? '',
        bytes: raw.subarray(body + 4, next - 2),
      });
    }
    at = next;
  }
  return parts;
}
