/**
 * Addresses as Electron has them, and as Chromium gets them here. Chromium ends requests to
 * unknown schemes before anyone can answer, so that `app://host` is `https://host.app.invalid`
 * for it: a secure origin of its own as well, under a name that no network has (RFC 6761, 6.4).
 *
 * @module
 */

const SUFFIX = '.app.invalid'

export function toChromium(address: string): string {
  const found = /^app:\/\/([^/?#]*)(.*)$/s.exec(address)
  return found === null ? address : `https://${found[1]}${SUFFIX}${found[2]}`
}

export function toElectron(address: string): string {
  const found = /^https:\/\/([^/?#]*)\.app\.invalid(.*)$/s.exec(address)
  return found === null ? address : `app://${found[1]}${found[2]}`
}

/** As `WebFrameMain.origin` writes it. */
export function originOf(address: string): string {
  const url = URL.parse(address)
  if (url === null || url.host === '') return 'null'
  return `${url.protocol}//${url.host}`
}
