// Who may talk to the playground: pages that it served itself, under a name that nobody can rebind.
import { hostname } from 'node:os';

/** Sent with every answer. No script or style but the playground's own files; pictures may be inline SVG. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Why a request is refused, in one sentence, or undefined. A foreign page that rebinds its own name to this machine
 * sends that name as Host, so names are limited to this machine's; addresses cannot be rebound. A request that changes
 * something must come from a page of the same origin (or from no browser at all, which sends no Origin).
 */
export function refusal(
  request: { readonly method: string; readonly header: (name: string) => string | undefined },
  configuredHost: string,
): string | undefined {
  const host = request.header('host') ?? '';
  if (!isOwnName(nameOf(host), configuredHost)) {
    return 'This playground answers to localhost and to the address in HOST only.';
  }
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const origin = request.header('origin');
  const site = request.header('sec-fetch-site');
  if ((origin !== undefined && hostOf(origin) !== host) || (site !== undefined && site !== 'same-origin')) {
    return 'This playground takes requests from its own pages only.';
  }
  // Anything but JSON could be sent by a foreign page's form without asking first.
  if (!/^application\/json\b/.test(request.header('content-type') ?? '')) {
    return 'This playground takes JSON only.';
  }
  return undefined;
}

function isOwnName(name: string, configuredHost: string): boolean {
  const isAddress = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/.test(name);
  return isAddress || name === 'localhost' || name === configuredHost || name === hostname().toLowerCase();
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '');
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
