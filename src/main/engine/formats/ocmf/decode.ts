/**
 * An OCMF record as the rest of the program sees it.
 *
 * @module
 */
import { looseFinding } from '../../../../shared/model/finding.ts'
import type { LooseFinding } from '../../../../shared/model/finding.ts'
import type { DecodedField } from '../../../../shared/model/record.ts'
import { type JsonNode, type JsonObject } from '../../codec/json.ts'
import { DecodeError } from '../../codec/decode-error.ts'
import { LIMITS } from '../../limits.ts'
import { readOffer } from '../../signature/key-offer.ts'
import { looksLikeSignature } from '../../signature/signature-value.ts'
import type { DecodedRecord, SignedRecord } from '../../types.ts'
import { checkEvse } from './checks/evse.ts'
import { checkGeneral } from './checks/general.ts'
import { checkOrder } from './checks/order.ts'
import { checkReadings } from './checks/readings.ts'
import { newReport } from './checks/report.ts'
import { checkStructure } from './checks/structure.ts'
import { checkUser } from './checks/user.ts'
import { readClaim } from './claim.ts'
import { type OcmfPayload, filled, readPayload, textOf, toMeterReading } from './payload.ts'
import { readSections } from './sections.ts'

/** What the checks of a verified record ask for. */
export interface OcmfDetail {
  payload: OcmfPayload
  /** What the signature section itself violates. */
  claimFindings: LooseFinding[]
  /** Whether a signature of an unknown method is at least DER. */
  signatureShape: 'der' | 'no-der' | 'none'
}

/** @throws DecodeError where there is no payload to read (OCMF-001 to 007, 020) */
export function decodeOcmf(record: SignedRecord): DecodedRecord<OcmfDetail> {
  if (record.bytes.length > LIMITS.recordBytes) throw tooLarge('1 MiB')
  const sections = readSections(record.bytes)
  const payload = readPayload(sections)
  if ((payload.readings?.length ?? 0) > LIMITS.readings) throw tooLarge('10000 readings')
  const { findings: claimFindings, ...claim } = readClaim(payload)
  const { findings, add } = newReport()
  const embedded = embeddedKeys(payload)
  checkStructure(payload, add)
  checkCarrier(record, payload, embedded, add)
  checkGeneral(payload, add)
  checkUser(payload, add)
  checkEvse(payload, add)
  checkReadings(payload, add)
  checkOrder(payload, add)
  return {
    record,
    format: 'ocmf',
    formatVersion: payload.versionText,
    readings: (payload.readings ?? []).map(toMeterReading),
    fields: fieldsOf(payload),
    claim,
    embedded,
    ...identities(payload),
    findings: [...findings, ...claimFindings],
    detail: {
      payload,
      claimFindings,
      signatureShape:
        claim.signature instanceof Uint8Array
          ? looksLikeSignature(claim.signature)
            ? 'der'
            : 'no-der'
          : 'none',
    },
  }
}

function tooLarge(limit: string): DecodeError {
  return new DecodeError(looseFinding('OCMF-020', { limit }))
}

function identities(payload: OcmfPayload) {
  const user = filled(payload, 'ID')
  // Legacy records call the signing component VI and VV (chapter 19).
  const gatewayModel = filled(payload, payload.version < 4 ? 'VI' : 'GI')
  return {
    meter: {
      serial: filled(payload, 'MS'),
      vendor: filled(payload, 'MV'),
      model: filled(payload, 'MM'),
    },
    gateway: { serial: filled(payload, 'GS'), model: gatewayModel },
    pagination: payload.pagination,
    evse: filled(payload, 'CI'),
    user,
    transaction: null,
  }
}

/** How the record was carried, and a fourth section (OCMF-005, 018, 019). */
function checkCarrier(
  { origin, hints }: SignedRecord,
  payload: OcmfPayload,
  embedded: DecodedRecord['embedded'],
  add: ReturnType<typeof newReport>['add'],
): void {
  const carriers = origin.filter(({ step }) => step !== 'file' && step !== 'text')
  const steps = carriers.map(({ name }) => name)
  if (steps.length > 0) add('OCMF-018', { steps: steps.join(' › ') })
  const { format, encoding } = hints
  if (format !== null && format.toUpperCase() !== 'OCMF') {
    add('OCMF-019', { declared: format, found: 'OCMF' })
  }
  const first = carriers.find(({ step, name }) => step === 'encoding' && !CHARSET.test(name))
  const carried = first?.name ?? 'plain'
  if (encoding !== null && encoding.toLowerCase() !== carried) {
    add('OCMF-019', { declared: encoding, found: carried })
  }
  const { fourth } = payload.sections
  if (fourth === null) return
  const key = embedded.find(({ signed }) => !signed)?.offer.reading
  const found = key?.kind === 'key' ? key.curve : fourth.slice(0, 32)
  const allowed = key !== undefined && FOURTH_ALLOWED.test(payload.versionText ?? '')
  add('OCMF-005', { found }, { severity: allowed ? 'info' : 'warning' })
}

/** The encoding of the file is not that of the data in it. */
const CHARSET = /^(?:utf-16|windows-)/
/** Drafts of 1.0.1 and 1.0.2 knew the fourth section; records write the version as 1.0. */
const FOURTH_ALLOWED = /^1\.0(?:\.[12])?$/

const PLACE = (origin: string) => ({ source: 'embedded', trust: 'K1', origin }) as const

/** The fourth section of old drafts, and certificates in vendor members (Enercharge: XP). */
function embeddedKeys(payload: OcmfPayload): DecodedRecord['embedded'] {
  const { sections, members } = payload
  const found: DecodedRecord['embedded'] = []
  if (sections.fourth !== null) {
    const beside = readOffer(sections.fourth, PLACE('4. section'))
    if (beside.keys.length > 0) found.push({ offer: beside, signed: false })
  }
  const certificate = members.get('XP')
  if (certificate?.kind === 'string') {
    const inside = readOffer(certificate.value, PLACE('XP'))
    if (inside.keys.length > 0) found.push({ offer: inside, signed: true })
  }
  return found
}

function fieldsOf(payload: OcmfPayload): DecodedField[] {
  const { sections } = payload
  const fields: DecodedField[] = []
  const start = sections.section.from
  const push = (name: string, node: JsonNode, signed: boolean) =>
    fields.push({
      name,
      value: textOf(sections, node),
      signed,
      range: signed ? { from: node.from - start, to: node.to - start } : null,
      inherited: false,
    })
  const walk = (prefix: string, object: JsonObject, signed: boolean) => {
    for (const { name, value } of object.members) {
      if (value.kind === 'object') walk(`${prefix}${name}.`, value, signed)
      else if (name !== 'RD' || value.kind !== 'array') push(`${prefix}${name}`, value, signed)
    }
  }
  walk('', sections.payload, true)
  for (const reading of payload.readings ?? []) {
    walk(`RD[${reading.index}].`, reading.node, true)
    for (const name of reading.inherited) {
      const value = reading.members.get(name)
      if (value === undefined) continue
      const { from, to } = value.node
      fields.push({
        name: `RD[${reading.index}].${name}`,
        value: value.text,
        signed: true,
        range: { from: from - start, to: to - start },
        inherited: true,
      })
    }
  }
  if (sections.signature.kind === 'object') walk('', sections.signature.node, false)
  return fields
}
