// A message with files as one multipart body. discord.js would copy each file into a Blob and a stream: at hundreds of
// pictures a second that alone takes as long as the answer, and the memory of the copies comes back late.
import { randomUUID } from 'node:crypto';
import type { OutgoingFile } from './attach.ts';

const BOUNDARY = `responsibot-${randomUUID()}`;
const LINE = '\r\n';

export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** The payload as `payload_json`, the files as `files[0]` and so on. File names are ours: letters, digits, `-` and `.`. */
export function multipartBody(payload: unknown, files: readonly OutgoingFile[]): Buffer {
  const parts = files.flatMap((file, i) => [
    Buffer.from(
      `--${BOUNDARY}${LINE}Content-Disposition: form-data; name="files[${i}]"; filename="${file.name}"${LINE}Content-Type: ${file.contentType}${LINE}${LINE}`,
    ),
    file.data,
    Buffer.from(LINE),
  ]);
  const head = `--${BOUNDARY}${LINE}Content-Disposition: form-data; name="payload_json"${LINE}Content-Type: application/json${LINE}${LINE}`;
  return Buffer.concat([
    Buffer.from(`${head}${JSON.stringify(payload)}${LINE}`),
    ...parts,
    Buffer.from(`--${BOUNDARY}--${LINE}`),
  ]);
}
