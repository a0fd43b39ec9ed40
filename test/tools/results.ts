/**
 * Results as the engine makes them, with every member filled in, for tests of what comes after.
 *
 * @module
 */
import { type Decimal, parseDecimal } from '../../src/shared/decimal.ts'
import type { PublicKeyRef } from '../../src/shared/model/key.ts'
import type { MeterReading, Quantity, Timestamp, Unit } from '../../src/shared/model/reading.ts'
import type { RecordResult, SignatureResult } from '../../src/shared/model/record.ts'
import type { Session } from '../../src/shared/model/session.ts'
import type { InputResult, Verdict } from '../../src/shared/model/verdict.ts'

export function decimal(text: string): Decimal {
  const value = parseDecimal(text)
  if (value === null) throw new Error(`no decimal: ${text}`)
  return value
}

export function quantity(value: string, unit: Unit = 'kWh', unitText: string = unit): Quantity {
  return { value: decimal(value), unit, unitText }
}

/** 8 o'clock on 1 March 2026, UTC, and so many seconds. */
export function time(seconds: number, over: Partial<Timestamp> = {}): Timestamp {
  const epochMs = Date.UTC(2026, 2, 1, 8) + seconds * 1000
  const text = `${new Date(epochMs).toISOString().slice(0, 19)},000+0000 S`
  return { text, epochMs, offsetMin: 0, sync: 'synchronised', ...over }
}

export function reading(over: Partial<MeterReading> = {}): MeterReading {
  return {
    register: '1-0:1.8.0*255',
    registerText: '1-0:1.8.0',
    kind: 'total',
    quantity: quantity('100.00'),
    time: time(0),
    role: 'begin',
    meterOk: true,
    status: 'ocmf.G',
    errors: [],
    path: 'RD[0].RV',
    ...over,
  }
}

export const begin = (over: Partial<MeterReading> = {}) => reading(over)
export const end = (over: Partial<MeterReading> = {}) =>
  reading({ role: 'end', quantity: quantity('110.50'), time: time(3600), ...over })

export function publicKey(over: Partial<PublicKeyRef> = {}): PublicKeyRef {
  return {
    fingerprint: 'sha256:aa',
    curve: 'secp256r1',
    point: `04${'11'.repeat(64)}`,
    source: 'container',
    trust: 'K1',
    origin: 'a.xml',
    meter: null,
    evse: null,
    validFrom: null,
    validUntil: null,
    ...over,
  }
}

export function signature(over: Partial<SignatureResult> = {}): SignatureResult {
  return {
    status: 'valid',
    algorithm: 'ECDSA-secp256r1-SHA256',
    declared: 'ECDSA-secp256r1-SHA256',
    curve: 'secp256r1',
    hash: 'SHA256',
    digest: '00'.repeat(32),
    r: '1',
    s: '2',
    engines: ['native'],
    key: publicKey(),
    recovered: [],
    ...over,
  }
}

let count = 0

/** @param over a record of its own id each time, unless one is given */
export function record(over: Partial<RecordResult> = {}): RecordResult {
  count++
  return {
    id: `record-${String(count).padStart(6, '0')}`,
    format: 'ocmf',
    formatVersion: '1.0',
    origin: [{ step: 'file', name: 'a.xml' }],
    signature: signature(),
    readings: [begin(), end({ path: 'RD[1].RV' })],
    fields: [],
    findings: [],
    meter: { serial: 'M1', vendor: null, model: null },
    gateway: { serial: 'G1', model: null },
    pagination: { context: 'T', number: '1' },
    evse: null,
    user: 'U1',
    transaction: null,
    claimed: { transaction: null, role: null },
    signedBytes: null,
    ...over,
  }
}

export function verdict(over: Partial<Verdict> = {}): Verdict {
  return {
    state: 'VERIFIED',
    signature: 'valid',
    trust: 'K3',
    complete: true,
    energyUsable: true,
    timeUsable: true,
    invoice: 'none',
    reasons: [],
    ...over,
  }
}

export function session(over: Partial<Session> = {}): Session {
  return {
    id: 'session-1',
    input: 'a.xml',
    records: [record()],
    begin: begin(),
    end: end(),
    energy: quantity('10.50'),
    export: null,
    durationS: decimal('3600'),
    meter: 'M1',
    station: 'G1',
    evse: null,
    user: 'U1',
    transaction: null,
    findings: [],
    trust: { level: 'K3', key: publicKey({ trust: 'K3', source: 'register' }), evidence: [] },
    invoice: null,
    verdict: verdict(),
    ...over,
  }
}

export function input(over: Partial<InputResult> = {}): InputResult {
  return {
    name: 'a.xml',
    sha256: '00'.repeat(32),
    bytes: 100,
    state: 'VERIFIED',
    findings: [],
    sessions: ['session-1'],
    keys: 1,
    claims: 0,
    ...over,
  }
}
