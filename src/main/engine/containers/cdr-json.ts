/**
 * Charge detail records: OCPI 2.1.1 to 2.3.0 and OICP 2.2 and 2.3, alone, in lists, in envelopes.
 *
 * What they say of energy, time and cost is a claim; the signed values in them are records, whatever
 * their encoding is called. The key beside them is one of the same file.
 * Source: OCPI 2.1.1, 2.2.1 and 2.3.0, CDRs; OICP 2.3, eRoamingChargeDetailRecord.
 *
 * @module
 */
import {
  type Decimal,
  add,
  fromInteger,
  multiply,
  parseDecimal,
  shift,
  subtract,
} from '../../../shared/decimal.ts'
import { type ClaimedPrice, type InvoiceClaim, emptyClaim } from '../../../shared/model/invoice.ts'
import type { Quantity } from '../../../shared/model/reading.ts'
import { type JsonNode, type JsonObject, member } from '../codec/json.ts'
import { utf8Bytes } from '../codec/text.ts'
import { isoMoment } from '../invoice/moments.ts'
import type { KeyOffer, SignedRecord } from '../types.ts'
import {
  type JsonPlace,
  type JsonShape,
  itemsAt,
  keysAt,
  nodeAt,
  originAt,
  scalarAt,
} from './json-shape.ts'
import { NO_HINTS, findRecords } from './records.ts'

type Role = SignedRecord['hints']['role']

const ROLES: Record<string, Role> = {
  start: 'begin',
  begin: 'begin',
  end: 'end',
  stop: 'end',
  intermediate: 'intermediate',
  progress: 'intermediate',
}

interface SignedText {
  /** Member of the value that holds it, and its text; the first that gives a record is taken. */
  texts: { path: string; text: string }[]
  role: string | null
  format: string | null
  transaction: string | null
}

/** A value that gives no record in any of its members still makes a row of its own. */
function addSigned(signed: SignedText, keys: KeyOffer[], place: JsonPlace): void {
  const { texts, role, format, transaction } = signed
  const hints = {
    ...NO_HINTS,
    transaction,
    role: ROLES[role?.toLowerCase() ?? ''] ?? null,
  }
  for (const { path, text } of texts) {
    const origin = originAt(place, path)
    const { records, findings } = findRecords(utf8Bytes(text), origin, hints, keys)
    place.opened.findings.push(...findings)
    if (records.length === 0) continue
    place.opened.records.push(...records)
    return
  }
  const [first] = texts
  if (first === undefined) return
  const origin = originAt(place, first.path)
  place.opened.records.push({
    bytes: utf8Bytes(first.text),
    origin,
    keys,
    hints: { ...hints, format },
  })
}

const number = (node: JsonNode, ...names: string[]): Decimal | null => {
  const text = scalarAt(node, ...names)
  return text === null ? null : parseDecimal(text)
}

const quantity = (value: Decimal | null): Quantity | null =>
  value === null ? null : { value, unit: 'kWh', unitText: 'kWh' }

const SECONDS_OF_HOUR = fromInteger(3600)

/** Hours as seconds. */
function secondsOf(hours: Decimal | null): Decimal | null {
  return hours === null ? null : multiply(hours, SECONDS_OF_HOUR)
}

/** A charge detail record, a session, or the signed data of one alone. */
export const ocpiJson: JsonShape = {
  detect: (object) => isOcpiCdr(object) || isSignedData(object),
  open: (object, place) => {
    const session = scalarAt(object, 'session_id') ?? scalarAt(object, 'id')
    const inCdr = nodeAt(object, 'signed_data')
    const signedData = inCdr ?? object
    const path = inCdr === undefined ? place.path : `${place.path}.signed_data`
    if (isOcpiCdr(object)) place.opened.claims.push(ocpiClaim(object, place))
    const ofMeter = itemsAt(object, 'energy_meter', 'public_keys').flatMap((key, index) =>
      keysAt(place, key, `${place.path}.energy_meter.public_keys[${index}]`),
    )
    const keys = [
      ...keysAt(place, nodeAt(signedData, 'public_key'), `${path}.public_key`),
      ...ofMeter,
    ]
    const values = itemsAt(signedData, 'signed_values')
    for (const [index, value] of values.entries()) {
      const at = `${path}.signed_values[${index}]`
      const texts = ['signed_data', 'plain_data'].flatMap((name) => {
        const text = scalarAt(value, name)
        return text === null ? [] : [{ path: `${at}.${name}`, text }]
      })
      const role = scalarAt(value, 'nature')
      const format = scalarAt(signedData, 'encoding_method')
      addSigned({ texts, role, format, transaction: session }, [...keys, ...place.keys], place)
    }
    if (values.length === 0) place.opened.keys.push(...keys)
  },
}

function isOcpiCdr(object: JsonObject): boolean {
  const has = (name: string) => member(object, name) !== undefined
  const ended = has('end_date_time') || has('stop_date_time')
  return (
    has('start_date_time') && (has('total_energy') || has('kwh')) && (ended || has('signed_data'))
  )
}

function isSignedData(object: JsonObject): boolean {
  return (
    member(object, 'encoding_method') !== undefined && itemsAt(object, 'signed_values').length > 0
  )
}

function ocpiClaim(cdr: JsonObject, place: JsonPlace): InvoiceClaim {
  const energy = number(cdr, 'total_energy') ?? number(cdr, 'kwh')
  const time = (...names: string[]) => {
    const text = names.map((name) => scalarAt(cdr, name)).find((found) => found !== null)
    return text == null ? null : isoMoment(text, 0)
  }
  const first = (...paths: string[][]) =>
    paths.map((path) => scalarAt(cdr, ...path)).find((found) => found !== null) ?? null
  const [evse] = itemsAt(cdr, 'location', 'evses')
  const hours = number(cdr, 'total_time')
  const tariff = energyTariff(cdr)
  const { net, vat, gross } = costOf(member(cdr, 'total_cost'))
  const credit = member(cdr, 'credit')
  const isCredit = credit?.kind === 'boolean' && credit.value
  return {
    ...emptyClaim('ocpi', isCredit ? 'credit' : 'cdr', originAt(place, place.path)),
    invoice: scalarAt(cdr, 'id'),
    session: scalarAt(cdr, 'session_id') ?? scalarAt(cdr, 'id'),
    transaction: scalarAt(cdr, 'authorization_reference'),
    evse:
      first(['cdr_location', 'evse_id'], ['cdr_location', 'evse_uid']) ??
      scalarAt(evse, 'evse_id') ??
      scalarAt(evse, 'uid'),
    meter: scalarAt(cdr, 'meter_id'),
    user: first(['cdr_token', 'contract_id'], ['cdr_token', 'uid'], ['auth_id']),
    begin: time('start_date_time'),
    end: time('end_date_time', 'stop_date_time'),
    durationS: secondsOf(hours),
    energy: quantity(energy),
    prices: [
      priceOf('energy', energy, 'kWh', tariff.energy, member(cdr, 'total_energy_cost')),
      priceOf('time', hours, 'h', tariff.time, member(cdr, 'total_time_cost')),
    ].filter(({ unitPrice }) => unitPrice !== null),
    step: tariff.step,
    currency: scalarAt(cdr, 'currency'),
    net,
    vat,
    gross,
  }
}

function priceOf(
  what: 'energy' | 'time',
  amount: Decimal | null,
  unit: string,
  unitPrice: Decimal | null,
  cost: JsonNode | undefined,
): ClaimedPrice {
  return { what, quantity: amount, unit, unitPrice, base: null, amount: costOf(cost).net }
}

/** A bare number is without tax; so are the members of the objects that later versions have. */
function costOf(node: JsonNode | undefined): Record<'net' | 'vat' | 'gross', Decimal | null> {
  if (node === undefined) return { net: null, vat: null, gross: null }
  if (node.kind === 'number') return { net: parseDecimal(node.text), vat: null, gross: null }
  const net = number(node, 'excl_vat') ?? number(node, 'before_taxes')
  const gross = number(node, 'incl_vat')
  const taxes = itemsAt(node, 'taxes').map((tax) => number(tax, 'amount'))
  if (taxes.length > 0 && !taxes.includes(null)) {
    const vat = taxes.reduce<Decimal>((sum, tax) => add(sum, tax ?? sum), fromInteger(0))
    return { net, vat, gross }
  }
  return { net, vat: net === null || gross === null ? null : subtract(gross, net), gross }
}

/** Prices that hold for the whole session: those of which the tariffs know only one. */
function energyTariff(cdr: JsonObject): Record<'energy' | 'time' | 'step', Decimal | null> {
  const elements = itemsAt(cdr, 'tariffs').flatMap((tariff) => itemsAt(tariff, 'elements'))
  const components = elements.flatMap((element) => itemsAt(element, 'price_components'))
  const only = (type: string) => {
    const of = components.filter((component) => scalarAt(component, 'type') === type)
    const prices = new Set(of.map((component) => scalarAt(component, 'price')))
    return prices.size === 1 ? of[0] : undefined
  }
  const [energy, time] = [only('ENERGY'), only('TIME')]
  const step = energy === undefined ? null : number(energy, 'step_size')
  return {
    energy: energy === undefined ? null : number(energy, 'price'),
    time: time === undefined ? null : number(time, 'price'),
    // Watt hours; one of them is no rounding.
    step: step === null || step === '0' || step === '1' ? null : shift(step, -3),
  }
}

/** The charge detail record of the roaming platform. */
export const oicpJson: JsonShape = {
  detect: (object) => {
    const has = (name: string) => member(object, name) !== undefined
    const timed = has('SessionStart') || has('ChargingStart') || has('ConsumedEnergy')
    return has('SessionID') && has('EvseID') && timed
  },
  open: (object, place) => {
    const { path, opened } = place
    opened.claims.push(oicpClaim(object, place))
    const at = `${path}.CalibrationLawVerificationInfo.PublicKey`
    const keys = keysAt(place, nodeAt(object, 'CalibrationLawVerificationInfo', 'PublicKey'), at)
    const format = scalarAt(
      object,
      'CalibrationLawVerificationInfo',
      'MeteringSignatureEncodingFormat',
    )
    const transaction = scalarAt(object, 'SessionID')
    const values = itemsAt(object, 'SignedMeteringValues')
    for (const [index, value] of values.entries()) {
      const text = scalarAt(value, 'SignedMeteringValue')
      const texts =
        text === null
          ? []
          : [{ path: `${path}.SignedMeteringValues[${index}].SignedMeteringValue`, text }]
      const role = scalarAt(value, 'MeteringStatus')
      addSigned({ texts, role, format, transaction }, [...keys, ...place.keys], place)
    }
    // 2.2 has one value, mostly the address of a page, which nobody opens.
    const single = scalarAt(object, 'MeteringSignature')
    if (single !== null && !/^https?:/i.test(single)) {
      const texts = [{ path: `${path}.MeteringSignature`, text: single }]
      addSigned({ texts, role: null, format, transaction }, [...keys, ...place.keys], place)
    } else if (values.length === 0) opened.keys.push(...keys)
  },
}

function oicpClaim(cdr: JsonObject, place: JsonPlace): InvoiceClaim {
  const time = (...names: string[]) => {
    const text = names.map((name) => scalarAt(cdr, name)).find((found) => found !== null)
    return text == null ? null : isoMoment(text, 0)
  }
  const session = scalarAt(cdr, 'SessionID')
  return {
    ...emptyClaim('oicp', 'cdr', originAt(place, place.path)),
    invoice: session,
    session,
    transaction: scalarAt(cdr, 'CPOPartnerSessionID'),
    evse: scalarAt(cdr, 'EvseID'),
    user: userOf(member(cdr, 'Identification')),
    begin: time('ChargingStart', 'SessionStart'),
    end: time('ChargingEnd', 'SessionEnd'),
    energy: quantity(number(cdr, 'ConsumedEnergy')),
    beginReading: quantity(number(cdr, 'MeterValueStart')),
    endReading: quantity(number(cdr, 'MeterValueEnd')),
  }
}

/** One of several kinds of identification, each with its own member. */
function userOf(identification: JsonNode | undefined): string | null {
  if (identification?.kind !== 'object') return null
  const [first] = identification.members.flatMap(
    ({ value }) => scalarAt(value, 'EvcoID') ?? scalarAt(value, 'UID') ?? [],
  )
  return first ?? null
}
