/**
 * The cases of each format, one line each; `test/tools/make-vectors.ts` writes them.
 *
 * What a case expects stands in the tables, by hand and with its reason, and is never taken from
 * what the program says.
 *
 * @module
 */
import type { FormatId } from '../../../src/shared/model/record.ts'
import { ALFEN, ALFEN_KEY } from './alfen.ts'
import { KEY, type VectorCase } from './base.ts'
import { BSM, BSM_KEY_TEXT } from './bsm.ts'
import { BILLS } from './bills.ts'
import { CARRIERS } from './carriers.ts'
import { CHARGEPOINT, CHARGEPOINT_KEY_TEXT } from './chargepoint.ts'
import { JSON_CONTAINERS } from './containers-json.ts'
import { CURVE_CASES } from './curves.ts'
import { EMH, EMH_KEY_TEXT } from './emh.ts'
import { EDL40_SIG, SIG_KEY_TEXT } from './edl40-sig.ts'
import { EDL40, EDL_KEY_TEXT } from './edl40.ts'
import { EVSE } from './evse.ts'
import { GDF, GDF_KEY_TEXT } from './gdf.ts'
import { GENERAL } from './general.ts'
import { HOSTILE } from './hostile.ts'
import { ISA_EDL40, ISA_KEY_TEXT } from './isa-edl40.ts'
import { KEYS } from './keys.ts'
import { MENNEKES, MENNEKES_KEY } from './mennekes.ts'
import { ORDER } from './order.ts'
import { PAIRING } from './pairing.ts'
import { PCDF_CASES, PCDF_KEY } from './pcdf.ts'
import { READINGS } from './readings.ts'
import { SEALED, SEALED_KEY } from './sealed.ts'
import { SESSIONS } from './sessions.ts'
import { SIGNATURES } from './signatures.ts'
import { STRUCTURE } from './structure.ts'
import { TARIFF } from './tariff.ts'
import { USER } from './user.ts'

export interface FormatCases {
  /** The key the user gives where a case names none; null for none. */
  key: string | null
  cases: readonly VectorCase[]
}

const OCMF: readonly VectorCase[] = [
  ...STRUCTURE,
  ...GENERAL,
  ...USER,
  ...EVSE,
  ...READINGS,
  ...ORDER,
  ...SIGNATURES,
  ...CURVE_CASES,
  ...KEYS,
  ...SESSIONS,
  ...PAIRING,
  ...CARRIERS,
  ...JSON_CONTAINERS,
  ...HOSTILE,
  ...TARIFF,
  ...BILLS,
]

export const CASES: Partial<Record<FormatId, FormatCases>> = {
  ocmf: { key: KEY, cases: OCMF },
  bsm: { key: BSM_KEY_TEXT, cases: BSM },
  gdf: { key: GDF_KEY_TEXT, cases: GDF },
  chargepoint: { key: CHARGEPOINT_KEY_TEXT, cases: CHARGEPOINT },
  emh: { key: EMH_KEY_TEXT, cases: EMH },
  alfen: { key: ALFEN_KEY, cases: ALFEN },
  mennekes: { key: MENNEKES_KEY, cases: MENNEKES },
  pcdf: { key: PCDF_KEY, cases: PCDF_CASES },
  'ocmf-sealed': { key: SEALED_KEY, cases: SEALED },
  edl40: { key: EDL_KEY_TEXT, cases: EDL40 },
  'isa-edl40': { key: ISA_KEY_TEXT, cases: ISA_EDL40 },
  'edl40-sig': { key: SIG_KEY_TEXT, cases: EDL40_SIG },
}
