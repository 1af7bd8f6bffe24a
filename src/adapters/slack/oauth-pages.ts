// What people see in their browser after an installation, and where Slack asks for their consent.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Installation } from '@slack/bolt';
import { messageOf } from './errors.ts';

export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

/** GovSlack and proxies have the consent page where their API is. */
export function authorizeUrl(apiUrl: string): string {
  return new URL('/oauth/v2/authorize', apiUrl).href;
}

export function successPage(
  installation: Pick<Installation, 'team' | 'appId'>,
  _options: unknown,
  _request: IncomingMessage,
  response: ServerResponse,
): void {
  const { id = '', name = 'your workspace' } = installation.team ?? {};
  const url = `slack://app?team=${encodeURIComponent(id)}&id=${encodeURIComponent(installation.appId ?? '')}&tab=home`;
  page(
    response,
    200,
    'Responsibot is installed',
    `<p>It is in <strong>${html(name)}</strong> now. Invite it to a channel with <code>/invite @Responsibot</code>, then set a daily question with <code>/daily set</code>.</p><p><a href="${html(url)}">Open it in Slack</a></p>`,
  );
}

/** A wrong, old or missing state, a cancelled consent, or Slack's refusal: nothing was stored. */
export function failurePage(
  error: Error & { code?: string },
  _options: unknown,
  _request: IncomingMessage,
  response: ServerResponse,
): void {
  const code = error.code ?? '';
  const own = /state|missing_code|authorization/i.test(code) || /state|cancel/i.test(error.message);
  page(
    response,
    own ? 400 : 502,
    'Responsibot was not installed',
    `<p>${html(messageOf(error))}</p><p><a href="${INSTALL_PATH}">Start again</a></p>`,
  );
}

function page(response: ServerResponse, status: number, title: string, body: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${html(title)}</title><style>body{font:1rem/1.5 system-ui;max-width:36rem;margin:4rem auto;padding:0 1rem}</style>` +
      `<h1>${html(title)}</h1>${body}</html>`,
  );
}

function html(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
