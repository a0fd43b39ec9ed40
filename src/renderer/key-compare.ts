/**
 * Compares a key as somebody types it with the key of the data, group by group. For the eye only:
 * what counts is decided by the host.
 *
 * @module
 */

/** The forms in which a key may be printed, all as hexadecimal digits. */
export interface PrintedForms {
  /** `04‖x‖y` */
  point: string
  /** SubjectPublicKeyInfo */
  spki: string
}

export interface ComparedGroup {
  expected: string
  typed: string
  state: 'same' | 'different' | 'missing'
}

/** @returns the printed form the typed text most likely follows */
export function expectedForm(typed: string, { point, spki }: PrintedForms): string {
  if (typed.startsWith('30')) return spki
  if (typed.startsWith('04') || typed === '') return point
  const bare = point.slice(2)
  return similarity(typed, bare) >= similarity(typed, point) ? bare : point
}

function similarity(a: string, b: string): number {
  let same = 0
  for (let i = 0; i < Math.min(a.length, b.length, 32); i++) if (a[i] === b[i]) same++
  return same
}

export function compareGroups(typed: string, expected: string): ComparedGroup[] {
  const groups: ComparedGroup[] = []
  const length = Math.max(typed.length, expected.length)
  for (let at = 0; at < length; at += 4) {
    const want = expected.slice(at, at + 4)
    const have = typed.slice(at, at + 4)
    const partial = have.length < want.length && want.startsWith(have) && at + 4 >= typed.length
    const state = have === want ? 'same' : have === '' || partial ? 'missing' : 'different'
    groups.push({ expected: want, typed: have, state })
  }
  return groups
}

/** Letters that are no hexadecimal digits, and the digit each is taken for. */
const MISREAD: Record<string, string> = { o: '0', q: '0', i: '1', l: '1', z: '2', s: '5' }

/**
 * @param typed one group
 * @returns the letter that was typed for a digit, if that alone makes the group differ
 */
export function misread({
  typed,
  expected,
}: ComparedGroup): { letter: string; digit: string } | null {
  const letter = Array.from(typed).find((character) => Object.hasOwn(MISREAD, character))
  const digit = letter === undefined ? undefined : MISREAD[letter]
  if (letter === undefined || digit === undefined) return null
  const mended = typed.replace(/[oqilzs]/g, (character) => MISREAD[character] ?? character)
  return mended === expected ? { letter: letter.toUpperCase(), digit } : null
}

/** @returns typed digits with one group in place of the one at `index` */
export function withGroup(digits: string, index: number, group: string): string {
  return `${digits.slice(0, 4 * index)}${group}${digits.slice(4 * index + 4)}`
}

/** Digits in groups of four, as keys are printed. */
export function inFours(digits: string): string {
  return digits.toUpperCase().replace(/(.{4})(?=.)/g, '$1 ')
}

/** The day on the clock of this computer, as date fields want it. */
export function today(): string {
  const now = new Date()
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  return parts.map((part) => String(part).padStart(2, '0')).join('-')
}
