/**
 * Tables that are asked for words of a record.
 *
 * @module
 */

/**
 * @returns the same rows without what every object of JavaScript has: a record may well say
 *   `constructor` where a table is asked for a unit
 */
export function table<const T extends object>(rows: T): T {
  return Object.assign<T, T>(Object.create(null), rows)
}
