/**
 * The address of our own page, and who else may not pretend to it.
 *
 * @module
 */

export const SCHEME = 'app'
const HOST = 'eichlicht'
/** As Chromium writes the origin of a standard scheme. */
export const ORIGIN = `${SCHEME}://${HOST}`
export const PAGE = `${ORIGIN}/`

/** @returns the path on our origin; null for any other address */
export function ownPath(address: string): string | null {
  const url = URL.parse(address)
  if (url === null || url.protocol !== `${SCHEME}:` || url.host !== HOST) return null
  if (url.username !== '' || url.password !== '' || url.port !== '') return null
  return url.pathname
}

/** Whether the address is the page itself; no other document of ours may be shown. */
export function isPage(address: string): boolean {
  const path = ownPath(address)
  return path === '/' || path === '/index.html'
}
