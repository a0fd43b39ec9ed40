/**
 * Tables of the OCMF document and what has been seen beside them.
 *
 * Source: OCMF 1.4.1, numbers of tables as there.
 *
 * @module
 */
import { table } from '../../../../shared/table.ts'

/** Members of the payload with the JSON type their table demands (Tables 1–7). */
export const PAYLOAD_MEMBERS = table({
  FV: 'string',
  GI: 'string',
  GS: 'string',
  GV: 'string',
  PG: 'string',
  MV: 'string',
  MM: 'string',
  MS: 'string',
  MF: 'string',
  IS: 'boolean',
  IL: 'string',
  IF: 'array',
  IT: 'string',
  ID: 'string',
  TT: 'string',
  CF: 'string',
  LC: 'object',
  CT: 'string',
  CI: 'string',
  RD: 'array',
})

/** Members of a reading (Table 7). */
export const READING_MEMBERS = table({
  TM: 'string',
  TX: 'string',
  RV: 'number',
  RI: 'string',
  RU: 'string',
  RT: 'string',
  CL: 'number',
  EF: 'string',
  ST: 'string',
})

/** Members whose type has a check of its own. */
export const TYPE_CHECKED_ELSEWHERE = new Set(['FV', 'IS', 'IF', 'LC', 'RD', 'RV', 'CL'])

/** Members of a reading that an absent one takes from the reading before ("Readings"). */
export const INHERITED = ['TM', 'TX', 'RI', 'RU', 'RT', 'EI', 'EF', 'ST'] as const

/** Strings that identify something; empty they say nothing. */
export const IDENTIFYING = [
  'GI',
  'GS',
  'GV',
  'MV',
  'MM',
  'MS',
  'MF',
  'CT',
  'CI',
  'TT',
  'CF',
  'IL',
  'IT',
] as const

/** The user assignment group (Table 4). */
export const USER_MEMBERS = ['IS', 'IL', 'IF', 'IT', 'ID', 'TT'] as const

/** First version, as minor of 1.x, that knows a member ("Revision Overview"). */
export const SINCE: Record<string, number> = table({ TT: 101, LC: 102, CL: 102, CF: 103 })
export const RESISTANCE_UNITS_SINCE = 102
export const CHARGING_REGISTERS_SINCE = 104

/** Table 10: state of the meter; only G is a billing basis. F since 0.3. */
export const METER_STATES = new Set(['N', 'G', 'T', 'D', 'R', 'M', 'X', 'I', 'O', 'S', 'E', 'F'])

/** Table 11. */
export const ID_LEVELS = table({
  NONE: 'none',
  HEARSAY: 'assigned',
  TRUSTED: 'assigned',
  VERIFIED: 'assigned',
  CERTIFIED: 'assigned',
  SECURE: 'assigned',
  MISMATCH: 'error',
  INVALID: 'error',
  OUTDATED: 'error',
  UNKNOWN: 'error',
} satisfies Record<string, 'none' | 'assigned' | 'error'>)

/** Tables 13–16: at most one element of each. */
export const ID_FLAGS: readonly (readonly string[])[] = [
  ['RFID_NONE', 'RFID_PLAIN', 'RFID_RELATED', 'RFID_PSK'],
  [
    'OCPP_NONE',
    'OCPP_RS',
    'OCPP_AUTH',
    'OCPP_RS_TLS',
    'OCPP_AUTH_TLS',
    'OCPP_CACHE',
    'OCPP_WHITELIST',
    'OCPP_CERTIFIED',
  ],
  ['ISO15118_NONE', 'ISO15118_PNC'],
  ['PLMN_NONE', 'PLMN_RING', 'PLMN_SMS'],
]

/** Table 17: form of the identification; null where any text will do. */
export const ID_TYPES: Record<string, RegExp | null> = table({
  NONE: null,
  DENIED: null,
  UNDEFINED: null,
  ISO14443: /^(?:[0-9a-f]{8}|[0-9a-f]{14})$/i,
  ISO15693: /^[0-9a-f]{16}$/i,
  EMAID: /^(?:-?[0-9a-z]){14,15}$/i,
  EVCCID: /^.{1,6}$/su,
  EVCOID: null,
  ISO7812: /^\d{8,19}$/,
  CARD_TXN_NR: null,
  CENTRAL: null,
  CENTRAL_1: null,
  CENTRAL_2: null,
  LOCAL: null,
  LOCAL_1: null,
  LOCAL_2: null,
  PHONE_NUMBER: /^\+/,
  KEY_CODE: null,
})

/** Types that say that nobody is identified. */
export const EMPTY_ID_TYPES = new Set(['NONE', 'DENIED'])

/** Types that carry payment or phone data in clear. */
export const PRIVATE_ID_TYPES = new Set(['ISO7812', 'PHONE_NUMBER'])

/** Table 18. An EVSE id may also be of the older form `+49*810*000*438`. */
export const CHARGE_POINT_TYPES: Record<string, RegExp> = table({
  EVSEID: /^(?:[a-z]{2}\*?[0-9a-z]{3}\*?e[0-9a-z*]{1,31}|\+\d{1,3}\*\d{3,6}\*[0-9a-z*]{1,32})$/i,
  CBIDC: /^\S.* \d+$/,
})

/** Table 20. */
export const ENERGY_UNITS = new Set(['kWh', 'Wh'])
export const RESISTANCE_UNITS = new Set(['mOhm', 'uOhm'])

/** Table 21. */
export const CURRENT_TYPES = new Set(['AC', 'DC'])

/** Table 7: transaction letters. */
export const TRANSACTION_LETTERS: Record<string, 'begin' | 'intermediate' | 'end'> = table({
  B: 'begin',
  C: 'intermediate',
  X: 'intermediate',
  E: 'end',
  L: 'end',
  R: 'end',
  A: 'end',
  P: 'end',
  S: 'intermediate',
  T: 'intermediate',
})

/** Table 8: members of the signature section. */
export const SIGNATURE_MEMBERS = table({ SA: 'string', SE: 'string', SM: 'string', SD: 'string' })
