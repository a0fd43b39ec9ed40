/**
 * What carriers take out of themselves: files of their own, each with its row.
 *
 * @module
 */
import { visible } from '../../../../shared/display.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { Origin } from '../../../../shared/model/record.ts'
import type { CarriedFile, Opened } from '../../types.ts'
import type { CarrierTools } from '../container.ts'
import type { Unpacked } from './unpack.ts'

/** Characters of a name that are shown. */
const LONGEST_NAME = 255

export type Measures = Pick<CarrierTools, 'limits' | 'budget'>

export interface MemberTaker {
  /** false once the input holds more than it may; the carrier has said so then. */
  mayTake(): boolean
  /** Damaged members are taken as far as they could be read. */
  take(name: string, unpacked: Unpacked, note?: LooseFinding): void
  refuse(name: string, why: LooseFinding): void
}

/** @param step kind of the carrier, as origins name it */
export function memberTaker(
  file: CarriedFile,
  step: Origin['step'],
  opened: Opened,
  { limits: { members }, budget }: Measures,
): MemberTaker {
  const beside = new Map<string, Uint8Array>()
  const placed = (name: string) => {
    const shown = visible(name).slice(0, LONGEST_NAME)
    return { name: `${file.name} › ${shown}`, origin: [...file.origin, { step, name: shown }] }
  }
  const refuse = (name: string, refused: LooseFinding) => {
    opened.members.push({ ...placed(name), refused })
  }
  return {
    mayTake: () => {
      if (budget.members > 0) {
        budget.members--
        return true
      }
      const limit = `limit.members-${members}`
      opened.findings.push(looseFinding('IN-TOOBIG', { limit }))
      return false
    },
    take: (name, { bytes, stopped }, note) => {
      if (stopped !== null && bytes.length === 0) {
        refuse(name, stopped)
        return
      }
      if (!beside.has(name)) beside.set(name, bytes)
      const findings = [stopped, note].filter((found) => found != null)
      opened.members.push({
        ...placed(name),
        bytes,
        passwords: file.passwords,
        findings,
        packed: { name, beside },
      })
    },
    refuse,
  }
}
