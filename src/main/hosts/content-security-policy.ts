/**
 * The content security policy of the window, the same on every host but for the way it talks
 * to it. Source: requirements E.1, item 7.
 *
 * @module
 */

/** What the window may ask its browser for. Frames inside it may nothing. */
export const PERMISSIONS_POLICY =
  'camera=(self), microphone=(), geolocation=(), display-capture=(), midi=(), usb=(), serial=(), hid=(), payment=()'

/** @param connect where the page may connect to: `'none'` in Electron, `'self'` in a browser */
export function contentSecurityPolicy(connect: "'none'" | "'self'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}
