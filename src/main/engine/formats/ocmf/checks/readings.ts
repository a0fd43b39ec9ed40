/**
 * Checks 401 to 447: readings, one by one and register by register.
 *
 * @module
 */
import {
  type Decimal,
  compare,
  decimals,
  isNegative,
  isZero,
  parseDecimal,
} from '../../../../../shared/decimal.ts'
import {
  type OcmfPayload,
  type OcmfReading,
  byRegister,
  countsEnergy,
  isEvent,
} from '../payload.ts'
import {
  CURRENT_TYPES,
  ENERGY_UNITS,
  METER_STATES,
  READING_MEMBERS,
  RESISTANCE_UNITS,
  TRANSACTION_LETTERS,
} from '../tables.ts'
import { billsTime } from '../tariff.ts'
import { isClockLetter } from '../time.ts'
import { type Add, excerpt, inReading } from './report.ts'

export function checkReadings(payload: OcmfPayload, add: Add): void {
  const { readings, strangeElements, members } = payload
  const list = members.get('RD')
  const place = { path: 'RD', node: list }
  if (readings === null) add('OCMF-401', {}, list === undefined ? {} : place)
  else if (readings.length === 0 && strangeElements.length === 0) add('OCMF-402', {}, place)
  for (const index of strangeElements) add('OCMF-403', {}, { path: `RD[${index}]`, node: list })
  if (readings === null || readings.length === 0) return
  for (const reading of readings) {
    checkMembers(payload, reading, add)
    checkTime(payload, reading, add)
    checkLetter(payload, reading, add)
    checkValue(reading, add)
    checkRegister(payload, reading, add)
    checkUnit(reading, add)
    checkFlags(payload, reading, add)
    checkState(payload, reading, add)
    checkLossValue(payload, reading, add)
  }
  if (payload.pagination?.context === 'T' && readings.every((reading) => reading.letter === null)) {
    add('OCMF-411', {}, place)
  }
  if (!readings.some((reading) => countsEnergy(reading) && reading.own.has('RV'))) {
    add('OCMF-424', {}, place)
  }
  for (const register of byRegister(readings).values()) checkAlongRegister(payload, register, add)
}

function checkMembers({ version }: OcmfPayload, reading: OcmfReading, add: Add): void {
  for (const [name, node] of reading.own) {
    if (name in READING_MEMBERS) continue
    const place = { path: `RD[${reading.index}].${name}`, node }
    if (name === 'EI' && version < 5) add('OCMF-108', { field: name }, place)
    else if (version >= 4) add('OCMF-404', { field: excerpt(name) }, place)
  }
  if (reading.inherited.length > 0) {
    const path = `RD[${reading.index}]`
    add('OCMF-406', { fields: reading.inherited.join(', ') }, { path, node: reading.node })
  }
}

function checkTime(payload: OcmfPayload, reading: OcmfReading, add: Add): void {
  const place = inReading(reading, 'TM')
  if (!reading.members.has('TM')) {
    if (reading.index === 0) add('OCMF-405', {}, place)
    return
  }
  const own = reading.own.get('TM')
  if (own === undefined) return
  const found = excerpt(reading.members.get('TM')?.text ?? '')
  const { time } = reading
  if (time === null) {
    add('OCMF-408', { found }, place)
    return
  }
  for (const deviation of time.deviations) add('OCMF-407', { found, deviation }, place)
  const { letter } = time
  if (letter === null) return
  if (!isClockLetter(letter)) add('OCMF-409', { found: letter }, place)
  if (letter === 'U' || letter === 'I') {
    const severity = hasTimeTariff(payload) ? 'warning' : 'info'
    add('OCMF-410', { found: letter }, { ...place, severity })
  }
}

/** Whether the signed tariff text bills time. */
export function hasTimeTariff({ members }: OcmfPayload): boolean {
  const text = members.get('TT')
  return text?.kind === 'string' && billsTime(text.value)
}

function checkLetter({ version }: OcmfPayload, reading: OcmfReading, add: Add): void {
  const own = reading.own.get('TX')
  if (own === undefined || own.kind === 'null') return
  const { letter } = reading
  const known = letter !== null && own.kind === 'string' && letter in TRANSACTION_LETTERS
  if (known && !(letter === 'X' && version < 5)) return
  add('OCMF-412', { found: excerpt(letter ?? '') }, inReading(reading, 'TX'))
}

function checkValue(reading: OcmfReading, add: Add): void {
  const node = reading.own.get('RV')
  const place = inReading(reading, 'RV')
  if (node === undefined) {
    if (!isEvent(reading)) add('OCMF-413', {}, place)
    return
  }
  const text = excerpt(reading.members.get('RV')?.text ?? '')
  if (node.kind === 'string') add('OCMF-414', { found: text }, place)
  const { value } = reading
  if (value === null) {
    add('OCMF-415', { found: text }, place)
    return
  }
  if (/[eE]/.test(text)) add('OCMF-416', { found: text }, place)
  if (isNegative(value)) add('OCMF-418', { found: text }, place)
  if (countsEnergy(reading) && reading.unit === 'kWh' && decimals(value) < 2) {
    add('OCMF-417', { found: text }, place)
  }
}

function checkRegister({ version }: OcmfPayload, reading: OcmfReading, add: Add): void {
  const has = (name: string) => reading.members.has(name)
  if (has('RI') !== has('RU')) {
    const [field, missing] = has('RI') ? ['RI', 'RU'] : ['RU', 'RI']
    const writtenHere = reading.own.has('RV') || reading.own.has(field)
    if (writtenHere) add('OCMF-419', { field: missing }, inReading(reading, field))
  }
  const own = reading.own.get('RI')
  if (own === undefined) return
  const place = inReading(reading, 'RI')
  const found = excerpt(reading.members.get('RI')?.text ?? '')
  const { obis } = reading
  if (obis === null) {
    add('OCMF-420', { found }, place)
    return
  }
  if (obis.notation === 'decimal' || !found.includes('*')) {
    add('OCMF-421', { found, canonical: obis.canonical }, place)
  }
  if (!countsEnergy(reading)) add('OCMF-422', { found }, place)
  if (version >= 104 && obis.notation === 'hexadecimal' && isReserved(obis.c)) {
    add('OCMF-423', { found }, place)
  }
}

/** Table 25 keeps these C groups for later. */
function isReserved(c: number): boolean {
  return (c >= 0xb4 && c <= 0xbf) || (c >= 0xc4 && c <= 0xc7)
}

function checkUnit(reading: OcmfReading, add: Add): void {
  const { index } = reading
  const unit = reading.members.get('RU')
  if (reading.own.has('RV') && unit === undefined) add('OCMF-425', {}, inReading(reading, 'RV'))
  if (unit === undefined || !reading.own.has('RV')) return
  // A unit taken over is judged where it is written, unless it meets another register.
  if (unit.from !== index && !reading.own.has('RI')) return
  const place = inReading(reading, unit.from === index ? 'RU' : 'RI')
  const found = excerpt(unit.text)
  const forEnergy = countsEnergy(reading) || reading.kind === 'unclassified'
  if (!ENERGY_UNITS.has(unit.text) && !RESISTANCE_UNITS.has(unit.text)) {
    add('OCMF-426', { found }, { ...place, severity: forEnergy ? 'error' : 'info' })
  }
  if (countsEnergy(reading) && !ENERGY_UNITS.has(unit.text)) {
    add('OCMF-427', { found, register: reading.obis?.canonical ?? '' }, place)
  }
}

function checkFlags({ version }: OcmfPayload, reading: OcmfReading, add: Add): void {
  const type = reading.own.get('RT')
  if (type?.kind === 'string' && version >= 5 && !CURRENT_TYPES.has(type.value)) {
    add('OCMF-428', { found: excerpt(type.value) }, inReading(reading, 'RT'))
  }
  const flags = reading.own.get('EF')
  if (flags?.kind !== 'string' || version < 5) return
  const place = inReading(reading, 'EF')
  const found = excerpt(flags.value)
  if (/[^Et]/.test(flags.value)) add('OCMF-436', { found }, place)
  if (flags.value.includes('E')) add('OCMF-437', { found }, place)
  if (flags.value.includes('t')) add('OCMF-438', { found }, place)
}

/** Legally relevant are begin, end and tariff change; elsewhere the state is a warning. */
function checkState({ version }: OcmfPayload, reading: OcmfReading, add: Add): void {
  const state = reading.members.get('ST')
  if (state === undefined) {
    add('OCMF-439', {}, inReading(reading, 'ST'))
    return
  }
  const writtenHere = reading.own.has('ST')
  const found = `ocmf.${excerpt(state.text)}`
  const known = METER_STATES.has(state.text) && !(state.text === 'F' && version < 3)
  if (!known && writtenHere) add('OCMF-440', { found }, inReading(reading, 'ST'))
  if (state.text === 'G') return
  const relevant = isRelevant(reading)
  if (!writtenHere && !relevant) return
  add(
    'OCMF-441',
    { found },
    { ...inReading(reading, 'ST'), severity: relevant ? 'error' : 'warning' },
  )
}

function isRelevant(reading: OcmfReading): boolean {
  const { letter, kind } = reading
  if (letter === null || isEvent(reading) || kind === 'other') return false
  const role = TRANSACTION_LETTERS[letter]
  return role === 'begin' || role === 'end' || letter === 'T'
}

function checkLossValue(payload: OcmfPayload, reading: OcmfReading, add: Add): void {
  const node = reading.own.get('CL')
  if (node === undefined || payload.version < 102) return
  const place = inReading(reading, 'CL')
  const found = excerpt(reading.members.get('CL')?.text ?? '')
  const loss = lossOf(reading)
  if (loss === null || isNegative(loss)) add('OCMF-429', { found }, place)
  if (!isAccumulating(reading)) {
    add('OCMF-430', { found: excerpt(reading.members.get('RI')?.text ?? '') }, place)
  }
  if (reading.letter === 'B' && loss !== null && !isZero(loss)) add('OCMF-431', { found }, place)
  if (payload.members.get('LC') === undefined) add('OCMF-433', {}, place)
}

/** Registers that count upwards: 1.8, 2.8, B0 to B3, C0 to C3. */
function isAccumulating({ kind, obis }: OcmfReading): boolean {
  return kind !== 'other' && kind !== 'unclassified' && obis?.c !== 0x98
}

/** @returns the cumulated loss CL; null where the reading states none that is a number */
export function lossOf(reading: OcmfReading): Decimal | null {
  const node = reading.own.get('CL')
  return node?.kind === 'number' ? parseDecimal(node.text) : null
}

function checkAlongRegister(payload: OcmfPayload, readings: OcmfReading[], add: Add): void {
  let before: OcmfReading | null = null
  let loss: Decimal | null = null
  for (const reading of readings) {
    if (before !== null) checkStep(before, reading, add)
    const next: Decimal | null = reading.letter === 'B' ? null : loss
    const own = lossOf(reading)
    if (own !== null && next !== null && payload.version >= 102 && compare(own, next) < 0) {
      add('OCMF-432', { before: next, found: own }, inReading(reading, 'CL'))
    }
    loss = own ?? next
    before = reading
  }
  checkEnds(payload, readings, add)
}

function checkStep(before: OcmfReading, reading: OcmfReading, add: Add): void {
  const [was, is] = [before.members.get('RT')?.text, reading.members.get('RT')?.text]
  if (was !== undefined && is !== undefined && was !== is) {
    add('OCMF-444', { before: excerpt(was), found: excerpt(is) }, inReading(reading, 'RT'))
  }
  const units = [before.unit, reading.unit]
  if (countsEnergy(reading) && units.includes('kWh') && units.includes('Wh')) {
    add('OCMF-446', { before: before.unit, found: reading.unit }, inReading(reading, 'RU'))
  }
}

function checkEnds({ version }: OcmfPayload, readings: OcmfReading[], add: Add): void {
  const begin = readings.find((reading) => reading.letter === 'B')
  const end = readings.findLast(
    (reading) => reading.letter !== null && TRANSACTION_LETTERS[reading.letter] === 'end',
  )
  if (begin === undefined || end === undefined || !countsEnergy(begin)) return
  if (begin.value !== null && end.value !== null) {
    if (begin.unit === end.unit && decimals(begin.value) !== decimals(end.value)) {
      add('OCMF-445', { begin: begin.value, end: end.value }, inReading(end, 'RV'))
    }
  }
  const [first, last] = [begin.members.get('EI')?.text, end.members.get('EI')?.text]
  if (version < 5 && first !== undefined && last !== undefined && first !== last) {
    add('OCMF-447', { begin: excerpt(first), end: excerpt(last) }, inReading(end, 'EI'))
  }
}
