/**
 * `app://eichlicht`: the files of the window, and nothing else.
 *
 * Source: Electron security guide, items 7 and 18; requirements E.1.
 *
 * @module
 */
import { type Session, protocol } from 'electron'
import { PERMISSIONS_POLICY, contentSecurityPolicy } from '../content-security-policy.ts'
import { type StaticFiles, staticFiles } from '../static-files.ts'
import { SCHEME, ownPath } from './app-page.ts'

/** Before the app is ready, and once. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: {
        standard: true,
        secure: true,
        bypassCSP: false,
        allowServiceWorkers: false,
        // As in Electron's own example for `protocol.handle`; the policy forbids `fetch` anyway.
        supportFetchAPI: true,
        corsEnabled: false,
        stream: false,
        codeCache: false,
      },
    },
  ])
}

/** @param folder the built renderer */
export function serveWindow(session: Session, folder: string): void {
  const files = staticFiles(folder)
  session.protocol.handle(SCHEME, (request) => respond(request, files))
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': contentSecurityPolicy("'none'"),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': PERMISSIONS_POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const

function respond({ method, url }: Request, files: StaticFiles): Response {
  if (method !== 'GET') return refusal(405)
  const path = ownPath(url)
  // Looked up as it stands: an escaped path is no file of ours.
  const file = path === null ? null : files.get(path)
  if (file === null) return refusal(404)
  return new Response(new Uint8Array(file.bytes), {
    headers: { ...HEADERS, 'Content-Type': file.type },
  })
}

function refusal(status: 404 | 405): Response {
  const headers = { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' }
  return new Response('', { status, headers })
}
