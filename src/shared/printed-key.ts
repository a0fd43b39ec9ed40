/**
 * Keys as they are printed on stations and typed by people.
 *
 * @module
 */

/** Groups of four at each end that somebody types who compares the rest by eye. */
export const END_GROUPS = 8

/** Between the two ends, where they travel as one text. */
export const ENDS_SEPARATOR = '…'

/** Only what can be a digit counts; the letter O for zero and such are left to be seen. */
export function typedDigits(text: string): string {
  return text
    .replace(/0x/gi, '')
    .replace(/[\s:;.,-]+/g, '')
    .toLowerCase()
}

/** @param form the digits of a key without anything between them */
export function endsOf(form: string): { first: string; last: string } {
  return { first: form.slice(0, 4 * END_GROUPS), last: form.slice(-4 * END_GROUPS) }
}
