/**
 * @param more of any length: a spread into `push` ends the program beyond some hundred thousand
 */
export function append<T>(list: T[], more: Iterable<T>): void {
  for (const item of more) list.push(item)
}
