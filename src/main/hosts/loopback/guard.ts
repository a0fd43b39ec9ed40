/**
 * Who may talk to the browser host: the window it opened itself, and nobody else.
 *
 * A page on the web can make a browser send requests to 127.0.0.1. It cannot know the token of
 * the address we open, cannot set our cookie (SameSite=Strict), cannot give a foreign host name
 * (DNS rebinding) and cannot send our content type without being asked first.
 *
 * @module
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Content type of every call: a page of another origin may not send it unasked. */
export const CALL_TYPE = 'application/vnd.eichlicht.call'

export type Refusal = { status: 400 | 403 | 404 | 405 | 413 | 415 | 421; reason: string }

export class Guard {
  private token: string | null = randomBytes(32).toString('base64url')
  private readonly session = randomBytes(32).toString('base64url')
  private port = 0

  /** Cookies are not separated by port, so that each instance has a name of its own. */
  get cookieName(): string {
    return `eichlicht-${this.port}`
  }

  /** @returns the address that opens the window, once */
  listenOn(port: number): string {
    this.port = port
    return `http://127.0.0.1:${port}/open?t=${this.token}`
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** @returns why the request is refused before anyone looks at it; null if it may pass */
  refuseForeign({ headers }: IncomingMessage): Refusal | null {
    if (headers.host !== `127.0.0.1:${this.port}`) return { status: 421, reason: 'foreign host' }
    const { origin } = headers
    if (origin !== undefined && origin !== this.origin) {
      return { status: 403, reason: 'foreign origin' }
    }
    const site = headers['sec-fetch-site']
    const own = site === undefined || site === 'same-origin' || site === 'none'
    // Following the printed address from a terminal or another program has no origin at all.
    return own ? null : { status: 403, reason: 'foreign site' }
  }

  /** @returns the cookie to set where the token is right; it can be used once */
  redeem(token: string | null): string | null {
    if (this.token === null || token === null || !same(token, this.token)) return null
    this.token = null
    return `${this.cookieName}=${this.session}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** Whether the request carries the cookie of our window. */
  knows({ headers }: IncomingMessage): boolean {
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
    const prefix = `${this.cookieName}=`
    return cookies.some(
      (cookie) => cookie.startsWith(prefix) && same(cookie.slice(prefix.length), this.session),
    )
  }
}

/** In constant time. */
function same(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
