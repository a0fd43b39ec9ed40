/**
 * Collects the findings of one record with their places.
 *
 * @module
 */
import {
  type FindingCode,
  type FindingPlace,
  type LooseFinding,
  type ParamsOf,
  looseFinding,
} from '../../../../../shared/model/finding.ts'
import type { OcmfReading } from '../payload.ts'

export type Add = <C extends FindingCode>(
  code: C,
  params: ParamsOf<C>,
  place?: { path?: string; node?: { from: number } | undefined } & Pick<
    FindingPlace<C>,
    'severity'
  >,
) => void

export interface Report {
  findings: LooseFinding[]
  add: Add
}

export function newReport(): Report {
  const findings: LooseFinding[] = []
  return {
    findings,
    add: (code, params, { path, node, severity } = {}) => {
      findings.push(
        looseFinding(code, params, {
          path: path ?? null,
          offset: node?.from ?? null,
          ...(severity === undefined ? {} : { severity }),
        }),
      )
    },
  }
}

/** @returns place of a member written in a reading */
export function inReading(reading: OcmfReading, name: string) {
  return { path: `RD[${reading.index}].${name}`, node: reading.own.get(name) ?? reading.node }
}

/** Long texts of a hostile record do not belong into a sentence. */
export function excerpt(text: string): string {
  return text.length <= 64 ? text : `${text.slice(0, 63)}…`
}
