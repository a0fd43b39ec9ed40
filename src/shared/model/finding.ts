/**
 * Findings: everything the program has to say about an input, a record or a session.
 *
 * {@link FINDINGS} is the only list of codes. Words live in `i18n`; what a code does to the
 * verdict stands here, as data.
 *
 * @module
 */
import type { FindingRow, Severity } from './finding-row.ts'
import { CARRIER_FINDINGS } from './findings-carrier.ts'
import { ALFEN_FINDINGS } from './findings-alfen.ts'
import { EDL_FINDINGS } from './findings-edl.ts'
import { GENERAL_FINDINGS } from './findings-general.ts'
import { MENNEKES_FINDINGS } from './findings-mennekes.ts'
import { INVOICE_FINDINGS } from './findings-invoice.ts'
import { OCMF_FINDINGS } from './findings-ocmf.ts'
import { PCDF_FINDINGS } from './findings-pcdf.ts'
import { RECORD_FINDINGS } from './findings-record.ts'
import { SEALED_FINDINGS } from './findings-sealed.ts'
import type { Profile } from './profile.ts'

export const FINDINGS = {
  ...GENERAL_FINDINGS,
  ...RECORD_FINDINGS,
  ...CARRIER_FINDINGS,
  ...INVOICE_FINDINGS,
  ...OCMF_FINDINGS,
  ...ALFEN_FINDINGS,
  ...MENNEKES_FINDINGS,
  ...PCDF_FINDINGS,
  ...SEALED_FINDINGS,
  ...EDL_FINDINGS,
} as const

export type FindingCode = keyof typeof FINDINGS
export type ParamsOf<C extends FindingCode> = Record<(typeof FINDINGS)[C]['params'][number], string>
type SeverityOf<C extends FindingCode> = (typeof FINDINGS)[C]['severity'][number]

export interface Finding {
  code: FindingCode
  severity: Severity
  params: Record<string, string>
  /** Name of the input, or id of the record or session it is about. */
  at: string
  /** Place inside: `"RD[1].RV"`; null where it is about the whole. */
  path: string | null
  /** Byte offset of that place in the record; null where unknown. */
  offset: number | null
}

/** A finding that does not know yet which record it belongs to. */
export type LooseFinding = Omit<Finding, 'at'>

export interface FindingPlace<C extends FindingCode> {
  /** Where the table allows several. */
  severity?: SeverityOf<C>
  path?: string | null
  offset?: number | null
}

export function looseFinding<C extends FindingCode>(
  code: C,
  params: ParamsOf<C>,
  place: FindingPlace<C> = {},
): LooseFinding {
  return {
    code,
    severity: place.severity ?? FINDINGS[code].severity[0],
    params,
    path: place.path ?? null,
    offset: place.offset ?? null,
  }
}

/** @param at name of the input, or id of the record or session */
export function finding<C extends FindingCode>(
  code: C,
  at: string,
  params: ParamsOf<C>,
  place: FindingPlace<C> = {},
): Finding {
  return { ...looseFinding(code, params, place), at }
}

/** @returns the row of a code, with every optional member present in the type */
export function rowOf(code: FindingCode): FindingRow {
  return FINDINGS[code]
}

const WEIGHT = { error: 0, warning: 1, info: 2 } as const satisfies Record<Severity, number>

/** Order for display: errors first, then warnings, then notes; otherwise as found. */
export function bySeverity(a: Finding, b: Finding): number {
  return WEIGHT[a.severity] - WEIGHT[b.severity]
}

/**
 * Weight of a finding in the conformance section of a profile: an auditor sees every violation
 * at least as a warning, a type approval laboratory as an error. The verdict never asks for it.
 */
export function severityIn(profile: Profile, found: Finding): Severity {
  const { grade } = rowOf(found.code)
  const violates = grade === 'violation' || grade === 'fatal'
  if (!violates || profile === 'driver') return found.severity
  if (profile === 'strict') return 'error'
  return found.severity === 'info' ? 'warning' : found.severity
}

/** @returns `findings` without those that a general code beside them says as well */
export function withoutDoubles(findings: readonly Finding[]): Finding[] {
  const present = new Set<string>(findings.map((found) => found.code))
  return findings.filter((found) => {
    const { general } = rowOf(found.code)
    return general === undefined || !present.has(general)
  })
}
