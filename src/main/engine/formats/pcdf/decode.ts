/**
 * A PCDF record as the rest of the program sees it.
 *
 * @module
 */
import { parseDecimal, subtract } from '../../../../shared/decimal.ts'
import { fromHex } from '../../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import {
  type MeterReading,
  type Quantity,
  type Timestamp,
  UNITS,
  type Unit,
} from '../../../../shared/model/reading.ts'
import { table } from '../../../../shared/table.ts'
import { DecodeError } from '../../codec/decode-error.ts'
import { epochMs, isCivilTime } from '../../codec/time.ts'
import { LIMITS } from '../../limits.ts'
import { readOffer } from '../../signature/key-offer.ts'
import type { DecodedRecord, SignatureClaim, SignedRecord } from '../../types.ts'
import { type Group, type PcdfText, readGroups } from './groups.ts'

/** Of a value that findings show. */
const SHOWN = 64
const REGISTER = '128.8.0'

/** Groups in front of the signature, each with the shape of its value. */
const GROUPS: Record<string, RegExp> = table({
  ST: /^\d{12}$/,
  CT: /^\d{12}$/,
  CD: /^\d{2}[0-5]\d[0-5]\d$/,
  TV: /^[01]$/,
  BV: /^[01]$/,
  CSC: /^\d{1,20}$/,
  SP: /^\d{1,4}$/,
  RV: /^\d{4}\.\d{3}\*kWh$/,
  SI: /^[^*]{1,36}\*[1-5]\*[^*]{1,36}$/,
  CS: /^.{8}$/,
  HW: /^.{11}$/,
  DT: /^\d{1,10}$/,
  PK: /^[0-9A-Fa-f]{130,512}$/,
})

/** Without these nothing can be said of the session. */
const ESSENTIAL = ['ST', 'CT', 'RV', 'BV', 'SP']

/** @throws DecodeError where there is no session in it */
export function decodePcdf(record: SignedRecord): DecodedRecord<null> {
  if (record.bytes.length > LIMITS.recordBytes) {
    throw new DecodeError(looseFinding('IN-TOOBIG', { limit: '1 MiB' }))
  }
  const text = readGroups(record.bytes)
  const values = valuesOf(text.groups)
  const value = (name: string) => values.get(name)?.value ?? null
  const identity = identityOf(value('SI') ?? '')
  const readings = readingsOf(values)
  return {
    record,
    format: 'pcdf',
    formatVersion: null,
    readings,
    fields: text.groups.map((group) => ({
      name: group.name,
      value: group.value,
      signed: true,
      range: { from: group.from - text.signed.from, to: group.to - text.signed.from },
      inherited: false,
    })),
    claim: claimOf(record.bytes, text),
    embedded: keyOf(value('PK')),
    meter: { serial: value('HW'), vendor: null, model: MODELS[value('DT') ?? ''] ?? null },
    gateway: { serial: null, model: null },
    pagination: counterOf(value('CSC')),
    evse: null,
    user: identity.user,
    transaction: identity.transaction,
    findings: [...checkGroups(text, values), ...checkSession(values, readings)],
    detail: null,
  }
}

/** Kinds of meter that DT names. */
const MODELS: Record<string, string> = table({ '0': 'PES DCMeter EU' })

type Values = ReadonlyMap<string, Group>

/** @throws DecodeError for a name that stands twice, or an essential one that is missing */
function valuesOf(groups: readonly Group[]): Values {
  const values = new Map<string, Group>()
  for (const group of groups) {
    if (values.has(group.name)) {
      throw new DecodeError(looseFinding('SES-DUPKEY', { field: group.name }))
    }
    values.set(group.name, group)
  }
  const missing = ESSENTIAL.find((name) => !values.has(name))
  if (missing !== undefined) throw new DecodeError(looseFinding('PCDF-FIELD', { field: missing }))
  return values
}

/** Who charged, how he identified himself, and the transaction. */
function identityOf(text: string): { user: string | null; transaction: string | null } {
  const [user = '', , transaction = ''] = text.split('*')
  return { user: user === '' ? null : user, transaction: transaction === '' ? null : transaction }
}

function counterOf(text: string | null): DecodedRecord['pagination'] {
  if (text === null || !/^\d{1,20}$/.test(text)) return null
  return { context: '', number: text.replace(/^0+(?=\d)/, '') }
}

/** The register counts the session alone: it begins at 0, which is not signed but what it means. */
function readingsOf(values: Values): MeterReading[] {
  const value = (name: string) => values.get(name)?.value ?? ''
  const clockValid = value('TV') === '1'
  const quantity = quantityOf(value('RV'))
  const errors: MeterReading['errors'] = [
    ...(value('BV') === '1' ? [] : ['energy' as const]),
    ...(clockValid ? [] : ['time' as const]),
  ]
  const shared = {
    register: null,
    registerText: REGISTER,
    kind: 'mains-transaction',
    meterOk: null,
    status: null,
    errors,
  } as const
  const zero = quantity === null ? null : subtract(quantity.value, quantity.value)
  return [
    {
      ...shared,
      quantity: quantity === null || zero === null ? null : { ...quantity, value: zero },
      time: timeOf(value('ST'), clockValid),
      role: 'begin',
      path: 'ST',
    },
    {
      ...shared,
      quantity,
      time: timeOf(value('CT'), clockValid),
      role: value('SP') === '1' ? 'end' : 'intermediate',
      path: 'RV',
    },
  ]
}

/** `0012.345*kWh` */
function quantityOf(text: string): Quantity | null {
  const [digits = '', unitText = ''] = text.split('*', 2)
  const value = parseDecimal(digits.trim())
  if (value === null) return null
  const unit = Object.hasOwn(UNITS, unitText) ? (unitText as Unit) : 'unknown'
  return { value, unit, unitText }
}

/** `YYMMDDHHmmss`, UTC. */
function timeOf(text: string, valid: boolean): Timestamp {
  const parts = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)?.slice(1).map(Number)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts ?? []
  const civil = { year: 2000 + year, month, day, hour, minute, second }
  const known = parts !== undefined && isCivilTime(civil)
  return {
    text,
    epochMs: known ? epochMs(civil, 0, 0) : null,
    offsetMin: known ? 0 : null,
    // The clock is set when the station starts; what is measured is the time since (S.A.F.E.).
    sync: valid ? 'relative' : 'unsynchronised',
  }
}

const ALGORITHM = { curve: 'secp256r1', hash: 'SHA256' } as const

function claimOf(bytes: Uint8Array, { signed, signature }: PcdfText): SignatureClaim {
  return {
    declared: null,
    algorithm: ALGORITHM,
    hash: ALGORITHM.hash,
    signedBytes: bytes.subarray(signed.from, signed.to),
    variants: [],
    signature: signature === null || signature === '' ? null : (fromHex(signature) ?? 'unreadable'),
    repaired: null,
  }
}

function keyOf(text: string | null): DecodedRecord['embedded'] {
  if (text === null) return []
  const place = { source: 'embedded', trust: 'K1', origin: 'PK' } as const
  return [{ offer: readOffer(text, place, ALGORITHM.curve), signed: true }]
}

/** Names and shapes of the groups, and what stands between them. */
function checkGroups({ groups, stray }: PcdfText, values: Values): LooseFinding[] {
  const found: LooseFinding[] = []
  for (const name of Object.keys(GROUPS)) {
    if (values.has(name)) continue
    found.push(looseFinding('PCDF-FIELD', { field: name }, { severity: 'warning' }))
  }
  for (const { name, value, from } of groups) {
    const shape = GROUPS[name]
    const params = { field: name.slice(0, SHOWN), found: value.slice(0, SHOWN) }
    const place = { path: params.field, offset: from }
    if (shape === undefined) found.push(looseFinding('PCDF-UNKNOWN', params, place))
    else if (!shape.test(value)) found.push(looseFinding('PCDF-VALUE', params, place))
  }
  if (stray !== '') found.push(looseFinding('PCDF-STRAY', { found: stray.slice(0, SHOWN) }))
  return found
}

function checkSession(values: Values, readings: readonly MeterReading[]): LooseFinding[] {
  const found: LooseFinding[] = [looseFinding('PCDF-ENERGY', {})]
  for (const [index, name] of ['ST', 'CT'].entries()) {
    const time = readings[index]?.time
    if (time?.epochMs !== null) continue
    const params = { field: name, found: time.text.slice(0, SHOWN) }
    found.push(looseFinding('PCDF-TIME', params, { path: name }))
  }
  const stop = values.get('SP')?.value ?? ''
  if (stop !== '1') found.push(looseFinding('PCDF-OPEN', { found: stop.slice(0, SHOWN) }))
  return [...found, ...checkDuration(values, readings)]
}

/** CD is a signed duration of its own; it cannot be longer than from ST to CT. */
function checkDuration(values: Values, [begin, end]: readonly MeterReading[]): LooseFinding[] {
  const [hours, minutes, seconds] =
    /^(\d\d)([0-5]\d)([0-5]\d)$/
      .exec(values.get('CD')?.value ?? '')
      ?.slice(1)
      .map(Number) ?? []
  const [from, to] = [begin?.time?.epochMs, end?.time?.epochMs]
  if (hours === undefined || minutes === undefined || seconds === undefined) return []
  if (from == null || to == null) return []
  const stated = (hours * 60 + minutes) * 60 + seconds
  const clock = (to - from) / 1000
  if (stated === clock) return []
  const severity = stated > clock ? 'warning' : 'info'
  const params = { found: String(stated), clock: String(clock) }
  return [looseFinding('PCDF-DURATION', params, { severity, path: 'CD' })]
}
