/**
 * Checks 451 to 475: order and arithmetic inside a record.
 *
 * @module
 */
import {
  type Decimal,
  compare,
  decimals,
  isZero,
  parseDecimal,
  shift,
  subtract,
} from '../../../../../shared/decimal.ts'
import { toKWh } from '../../../../../shared/model/reading.ts'
import { member } from '../../../codec/json.ts'
import { parseObis } from '../../../codec/obis.ts'
import {
  type OcmfPayload,
  type OcmfReading,
  byRegister,
  countsEnergy,
  registerText,
  textMember,
} from '../payload.ts'
import { TRANSACTION_LETTERS } from '../tables.ts'
import { lossOf } from './readings.ts'
import { type Add, excerpt, inReading } from './report.ts'

export function checkOrder(payload: OcmfPayload, add: Add): void {
  const readings = payload.readings ?? []
  for (const register of byRegister(readings).values()) {
    checkSteps(register, add)
    const [first] = register
    if (first === undefined || !countsEnergy(first) || payload.fiscal) continue
    checkLetters(payload, register, add)
    checkTransactionRegister(register, add)
  }
  for (const reading of readings) {
    const { letter } = reading
    if ((letter === 'A' || letter === 'P') && reading.own.has('TX')) {
      add('OCMF-457', { found: `tx.${letter}` }, inReading(reading, 'TX'))
    }
  }
  checkClock(readings, add)
  checkLoss(payload, add)
  checkVendorTotal(readings, add)
}

/** OCMF-458, 459: neither time nor an energy register runs backwards. */
function checkSteps(register: OcmfReading[], add: Add): void {
  let before: OcmfReading | null = null
  for (const reading of register) {
    if (before !== null) {
      const [was, is] = [before.time, reading.time]
      if (was?.epochMs != null && is?.epochMs != null && is.epochMs < was.epochMs) {
        add('OCMF-458', { before: was.text, found: is.text }, inReading(reading, 'TM'))
      }
      checkRise(before, reading, add)
    }
    before = reading
  }
}

function checkRise(before: OcmfReading, reading: OcmfReading, add: Add): void {
  if (!countsEnergy(reading)) return
  const was = inKWh(before)
  const is = inKWh(reading)
  if (was === null || is === null || compare(is, was) >= 0) return
  add(
    'OCMF-459',
    { before: `${before.value} ${before.unit}`, found: `${reading.value} ${reading.unit}` },
    inReading(reading, 'RV'),
  )
}

function inKWh({ value, unit }: OcmfReading): Decimal | null {
  return value === null ? null : toKWh({ value, unit, unitText: unit })
}

type State = 'start' | 'open' | 'faulted' | 'closed'

/** Chapter 14: the life of one energy register in one record. */
function checkLetters(payload: OcmfPayload, register: OcmfReading[], add: Add): void {
  let state: State = 'start'
  let began = false
  let ended = false
  const name = excerpt(registerText(register[0] as OcmfReading))
  const pagination = excerpt(textMember(payload.sections, payload.sections.payload, 'PG') ?? '')
  for (const reading of register) {
    const { letter } = reading
    const place = inReading(reading, 'TX')
    // Once there was a letter, only null can take it away again: TX is inherited.
    if (letter === null && state !== 'start') add('OCMF-118', { found: pagination }, place)
    const role = letter === null ? undefined : TRANSACTION_LETTERS[letter]
    if (letter === null || role === undefined) continue
    if (role === 'begin') {
      if (state === 'closed') add('OCMF-451', { register: name, found: letter }, place)
      if (began) add('OCMF-452', { register: name }, place)
      state = 'open'
      began = true
    } else if (role === 'end') {
      if (state === 'closed') add('OCMF-453', { register: name }, place)
      state = 'closed'
      ended = true
    } else if (state === 'closed') {
      add('OCMF-454', { register: name, found: letter }, place)
    } else state = letter === 'X' ? 'faulted' : state
  }
  if (began !== ended)
    add('OCMF-460', { register: name }, inReading(register[0] as OcmfReading, 'TX'))
  checkFault(payload, register, name, add)
}

/** OCMF-456: after X the end must say what may not be used; where it does not, nothing may. */
function checkFault(
  { version, readings }: OcmfPayload,
  register: OcmfReading[],
  name: string,
  add: Add,
): void {
  const fault = (readings ?? []).find(
    (reading) => reading.letter === 'X' && (register.includes(reading) || !reading.own.has('RV')),
  )
  if (fault === undefined || version < 5) return
  const end = register.findLast(
    (reading) => reading.letter !== null && TRANSACTION_LETTERS[reading.letter] === 'end',
  )
  const silent = end !== undefined && (end.members.get('EF')?.text ?? '') === ''
  add(
    'OCMF-456',
    { register: name },
    {
      ...inReading(fault, 'TX'),
      severity: silent ? 'error' : 'info',
    },
  )
}

function checkTransactionRegister(register: OcmfReading[], add: Add): void {
  const begin = register.find((reading) => reading.letter === 'B')
  if (begin?.value == null || isZero(begin.value)) return
  if (!begin.kind.endsWith('-transaction')) return
  add(
    'OCMF-465',
    { register: excerpt(registerText(begin)), found: begin.value },
    inReading(begin, 'RV'),
  )
}

/** OCMF-463: from a good clock to a worse one inside the record. */
function checkClock(readings: readonly OcmfReading[], add: Add): void {
  let before: string | null = null
  for (const reading of readings) {
    if (!reading.own.has('TM')) continue
    const letter = reading.time?.letter ?? null
    const worse = (before === 'S' || before === 'R') && (letter === 'U' || letter === 'I')
    if (worse && before !== null && letter !== null) {
      add('OCMF-463', { before, found: letter }, inReading(reading, 'TM'))
    }
    before = letter ?? before
  }
}

interface Span {
  kind: OcmfReading['kind']
  energy: Decimal
  begin: OcmfReading
  end: OcmfReading
  /** One unit of the last place of the coarser reading, in kWh. */
  unit: Decimal
}

/** @returns energy in kWh of each energy register that has one begin and one end here */
function spans(readings: readonly OcmfReading[]): Span[] {
  const found: Span[] = []
  for (const register of byRegister(readings).values()) {
    const begin = register.find((reading) => reading.letter === 'B')
    const end = register.findLast(
      (reading) => reading.letter !== null && TRANSACTION_LETTERS[reading.letter] === 'end',
    )
    if (begin === undefined || end === undefined || !countsEnergy(begin)) continue
    const [from, to] = [inKWh(begin), inKWh(end)]
    if (from === null || to === null) continue
    const places = Math.min(decimals(from), decimals(to))
    const unit = shift('1' as Decimal, -places)
    found.push({ kind: begin.kind, energy: subtract(to, from), begin, end, unit })
  }
  return found
}

/** OCMF-434, 471 to 473: chapter 16. Import is compared with import only. */
function checkLoss(payload: OcmfPayload, add: Add): void {
  if (payload.version < 102) return
  const all = spans(payload.readings ?? [])
  for (const { end, energy } of all) {
    const loss = lossInKWh(end)
    if (loss === null || compare(loss, energy) <= 0) continue
    add('OCMF-434', { found: loss, energy }, inReading(end, 'CL'))
  }
  const by = (...kinds: OcmfReading['kind'][]) => all.find((span) => kinds.includes(span.kind))
  const device = by('device-transaction', 'device-total')
  const mains = by('mains-transaction', 'mains-total') ?? (device && by('total'))
  if (device !== undefined && mains !== undefined) checkMains(mains, device, add)
  const total = by('device-total')
  const transaction = by('device-transaction')
  if (payload.version >= 104 && total !== undefined && transaction !== undefined) {
    if (differs(total.energy, transaction.energy, total, transaction)) {
      const place = inReading(transaction.end, 'RV')
      add('OCMF-472', { total: total.energy, transaction: transaction.energy }, place)
    }
  }
}

function checkMains(mains: Span, device: Span, add: Add): void {
  const loss = lossInKWh(mains.end) ?? ('0' as Decimal)
  const place = inReading(device.end, 'RV')
  const params = { mains: mains.energy, device: device.energy }
  if (differs(subtract(mains.energy, loss), device.energy, mains, device)) {
    add('OCMF-471', { ...params, loss }, place)
  }
  if (compare(device.energy, mains.energy) > 0) add('OCMF-473', params, place)
}

function lossInKWh(reading: OcmfReading): Decimal | null {
  const loss = lossOf(reading)
  return loss === null ? null : toKWh({ value: loss, unit: reading.unit, unitText: reading.unit })
}

/** Tolerance: one unit in the last place of the coarsest reading. */
function differs(a: Decimal, b: Decimal, first: Span, second: Span): boolean {
  const difference = subtract(a, b)
  const magnitude = (difference.startsWith('-') ? difference.slice(1) : difference) as Decimal
  const tolerance = compare(first.unit, second.unit) > 0 ? first.unit : second.unit
  return compare(magnitude, tolerance) > 0
}

/** OCMF-475: Bauer writes the total register beside that of the transaction, in steps of 10 Wh. */
function checkVendorTotal(readings: readonly OcmfReading[], add: Add): void {
  const begin = readings.find((reading) => reading.letter === 'B' && vendorTotal(reading) !== null)
  const end = readings.findLast(
    (reading) =>
      reading.letter !== null &&
      TRANSACTION_LETTERS[reading.letter] === 'end' &&
      vendorTotal(reading) !== null,
  )
  if (begin?.value == null || end?.value == null) return
  const total = subtract(vendorTotal(end) as Decimal, vendorTotal(begin) as Decimal)
  const transaction = subtract(end.value, begin.value)
  const difference = subtract(total, transaction)
  const magnitude = (difference.startsWith('-') ? difference.slice(1) : difference) as Decimal
  if (compare(magnitude, '10' as Decimal) > 0) {
    add('OCMF-475', { total, transaction }, inReading(end, 'XV'))
  }
}

/** XV in Wh of the register XI. */
function vendorTotal(reading: OcmfReading): Decimal | null {
  const unit = member(reading.node, 'XU')
  const register = member(reading.node, 'XI')
  const value = member(reading.node, 'XV')
  if (unit?.kind !== 'string' || unit.value !== 'Wh' || reading.unit !== 'Wh') return null
  if (register?.kind !== 'string' || parseObis(register.value) === null) return null
  return value?.kind === 'number' ? parseDecimal(value.text) : null
}
