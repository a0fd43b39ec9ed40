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

/** Only what can be a digit counts; the letter O for zero and such are left to be seen. */
export function typedDigits(text: string): string {
  return text
    .replace(/0x/gi, '')
    .replace(/[\s:;.,-]+/g, '')
    .toLowerCase()
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

/** Groups at each end that must be typed where somebody compares by eye. */
export const END_GROUPS = 8

/** The first and the last groups of a form, as the host expects them. */
export function endsOf(form: string): { first: string; last: string } {
  return { first: form.slice(0, 4 * END_GROUPS), last: form.slice(-4 * END_GROUPS) }
}
