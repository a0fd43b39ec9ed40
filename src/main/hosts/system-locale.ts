/**
 * The language of the system as the terminal knows it.
 *
 * @module
 */

/** @returns such as `de_DE.UTF-8` or `de-DE` */
export function systemLocale(): string {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  // A variable that is empty counts as not set (POSIX.1-2024, 8.2).
  const named = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '')
  const neutral = named === undefined || /^(?:C|POSIX)(?:\.|$)/.test(named)
  return neutral ? Intl.DateTimeFormat().resolvedOptions().locale : named
}
