/**
 * A snapshot of the BSM-WS36A: seventeen data points are signed, everything else repeats some of
 * them in other words. Source: README.md beside this file.
 *
 * @module
 */
import { type Decimal, fromInteger } from '../../../../shared/decimal.ts'
import { fromHex } from '../../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { MeterReading, RegisterKind, Timestamp } from '../../../../shared/model/reading.ts'
import type { DecodedField } from '../../../../shared/model/record.ts'
import { dlmsText } from '../../codec/dlms.ts'
import { edlQuantity } from '../../codec/edl-block.ts'
import { isoText } from '../../codec/time.ts'
import type { DecodedRecord, SignedRecord } from '../../types.ts'
import { PackedJson } from '../packed-json.ts'
import { checkSnapshot } from './checks.ts'
import { eventsOf, statusOf } from './events.ts'
import { POINTS, type Point, type Points, decimalOf, readPoints } from './points.ts'
import { tagOf } from './tags.ts'

export const BSM_METHOD = 'BSMCrypt01'

/** What the snapshot says against its own signed bytes; it weighs more where the signature fits. */
export interface BsmDetail {
  contradictions: LooseFinding[]
}

const SIGNED = ['additionalValues', 'signature', 'meterInfo.publicKey']

/** @throws DecodeError where a data point is missing, doubled, unknown or too wide */
export function decodeBsm(record: SignedRecord): DecodedRecord<BsmDetail> {
  const json = new PackedJson(record.bytes, BSM_METHOD)
  const { points, bytes } = readPoints(json)
  const serial = points.MA1.text
  return {
    record,
    format: 'bsm',
    formatVersion: null,
    readings: [reading(points.RCR, points), reading(points.TotWhImp, points)],
    fields: [...Object.values(points).map(fieldOf), ...json.unsigned(SIGNED)],
    claim: {
      declared: null,
      algorithm: { curve: 'secp256r1', hash: 'SHA256' },
      hash: 'SHA256',
      signedBytes: bytes,
      variants: [],
      signature: signatureOf(json),
      repaired: null,
    },
    embedded: [],
    meter: { serial: serial === '' ? null : serial, vendor: null, model: null },
    gateway: { serial: null, model: null },
    pagination: { context: '', number: String(points.RCnt.raw) },
    evse: known(tagOf(points, 'evse-id')),
    user: known(tagOf(points, 'contract-id')),
    transaction: null,
    findings: [...checkPlace(record, points), ...eventsOf(points.Evt.raw)],
    detail: { contradictions: checkSnapshot(json, points) },
  }
}

/** What the station writes where it knows nothing. */
function known(tag: string | null): string | null {
  return tag === 'unknown' || tag === '' ? null : tag
}

const KINDS = { RCR: 'mains-transaction', TotWhImp: 'total' } as const satisfies Partial<
  Record<keyof Points, RegisterKind>
>

function reading(point: Point, points: Points): MeterReading {
  const name = point.name as keyof typeof KINDS
  const { obis } = POINTS[name]
  return {
    register: obis,
    registerText: name,
    kind: KINDS[name],
    quantity: edlQuantity(point.raw, point.scale, point.unit),
    time: timeOf(points),
    role: ROLES[String(points.Typ.raw)] ?? 'other',
    ...statusOf(points.Evt.raw),
    errors: [],
    path: `@${point.from}+6`,
  }
}

/** Why the snapshot was taken. */
const ROLES: Record<string, MeterReading['role'] | undefined> = {
  0: 'intermediate',
  1: 'begin',
  2: 'end',
  3: 'begin',
  4: 'end',
}

/** The snapshot says itself whether it is begin or end; the list it stands in may say another thing. */
function checkPlace({ hints }: SignedRecord, { Typ }: Points): LooseFinding[] {
  const signed = ROLES[String(Typ.raw)]
  const contradicts = hints.role !== null && signed !== undefined && signed !== hints.role
  return contradicts ? [looseFinding('REC-ORDER', {})] : []
}

const MOST_OFFSET_MIN = 14 * 60

/** The meter has no clock of its own: the station sets it, and the snapshot says how often. */
function timeOf({ Epoch, TZO, EpochSetCnt, OS }: Points): Timestamp {
  const epochMs = Number(Epoch.raw) * 1000
  const minutes = Number(TZO.raw)
  const offsetMin = Math.abs(minutes) <= MOST_OFFSET_MIN ? minutes : null
  return {
    text: isoText(epochMs, offsetMin ?? 0),
    epochMs,
    offsetMin,
    sync: EpochSetCnt.raw === 0n ? 'unsynchronised' : 'informative',
    operatingS: fromInteger(OS.raw),
  }
}

function fieldOf(point: Point): DecodedField {
  const { name, from, to } = point
  return { name, value: valueOf(point), signed: true, range: { from, to }, inherited: false }
}

function valueOf(point: Point): string {
  if (POINTS[point.name].kind === 'text') return point.text
  const number: Decimal = decimalOf(point)
  const unit = dlmsText(point.unit)
  return unit === '' ? number : `${number} ${unit}`
}

function signatureOf(json: PackedJson): Uint8Array | 'unreadable' | null {
  const text = json.loose('signature')
  if (text === null || text.trim() === '') return null
  return fromHex(text.replace(/\s+/g, '')) ?? 'unreadable'
}
