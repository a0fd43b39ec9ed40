/**
 * What the station writes into the three free texts of a snapshot: `contract-id: rfid:102bb22f`.
 *
 * @module
 */
import type { Points } from './points.ts'

export type Tag = 'contract-id' | 'evse-id' | 'csc-sw-version'

/** @returns what stands behind the tag; null where no text has it, or several have */
export function tagOf({ Meta1, Meta2, Meta3 }: Points, tag: Tag): string | null {
  const start = `${tag}: `
  const [first, ...others] = [Meta1, Meta2, Meta3]
    .filter(({ text }) => text.startsWith(start))
    .map(({ text }) => text.slice(start.length))
  return first === undefined || others.length > 0 ? null : first
}
