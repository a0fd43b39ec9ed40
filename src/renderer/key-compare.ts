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
