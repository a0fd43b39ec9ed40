/**
 * The signed block of an EDL40 meter as a station hands it over in XML, `signedMeterValue`.
 *
 * What is signed are the 320 bytes in `encodedMeterValue`, exactly as delivered; all values come
 * from them. Everything beside them is unsigned. Elements and sources: README.md.
 *
 * @module
 */
import { fromHex, toHex } from '../../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { DecodedField } from '../../../../shared/model/record.ts'
import { table } from '../../../../shared/table.ts'
import { fromBase32 } from '../../codec/base32.ts'
import { fromBase64 } from '../../codec/base64.ts'
import { DecodeError, SyntaxProblem } from '../../codec/decode-error.ts'
import {
  EDL_BLOCK_BYTES,
  EDL_FIELDS,
  contractText,
  edlFields,
  edlReadings,
  field,
  meterNumber,
  meterOf,
} from '../../codec/edl-block.ts'
import { checkEdlBlock, rawClaim } from '../edl-checks.ts'
import { bytesIn, numberIn, unsignedField } from '../../codec/fixed-block.ts'
import { utf8TextLenient } from '../../codec/text.ts'
import { DoctypeRefused, readXml } from '../../codec/xml.ts'
import { algorithmName } from '../../signature/algorithms.ts'
import { readOffer } from '../../signature/key-offer.ts'
import type { DecodedRecord, SignatureCheck, SignedRecord } from '../../types.ts'
import { ELEMENT, unescapeXml } from './element.ts'

/** Elements read here; each may stand once. */
const VALUE = 'encodedMeterValue'
const SIGNATURE = 'meterValueSignature'
const KEY = 'publicKey'
const METHOD = 'signatureMethod'
const ENCODING = 'encodingMethod'

interface Part {
  text: string
  encoding: string | null
}

/** @throws DecodeError where the element cannot be read or holds no block of 320 bytes */
export function decodeEdl40Sig(record: SignedRecord): DecodedRecord<null> {
  const parts = readParts(utf8TextLenient(record.bytes))
  const findings: LooseFinding[] = []
  const block = decoded(parts, VALUE, [EDL_BLOCK_BYTES], findings)
  if (block?.length !== EDL_BLOCK_BYTES) {
    throw new DecodeError(looseFinding('EDL-LENGTH', { found: String(block?.length ?? 0) }))
  }
  const signature = decoded(parts, SIGNATURE, [48, 50, 64, 66], findings)
  const claim = rawClaim(block, signature, parts.get(METHOD)?.text ?? null)
  const bytes = (name: string) => bytesIn(block, field(EDL_FIELDS, name))
  const serverId = bytes('serverId')
  const contract = bytes('contractId')
  const contractClock = numberIn(block, field(EDL_FIELDS, 'contractTimestamp'))
  const emoc = claim.algorithm?.curve === 'secp256r1'
  return {
    record,
    format: 'edl40-sig',
    formatVersion: emoc ? 'eMOC' : null,
    readings: edlReadings(block, record.hints.role ?? 'other'),
    fields: [...edlFields(block), ...plate(serverId), ...unsignedFields(parts)],
    claim,
    embedded: keysOf(parts, findings),
    meter: { ...meterOf(serverId), model: null },
    gateway: { serial: null, model: null },
    pagination: {
      context: '',
      number: String(numberIn(block, field(EDL_FIELDS, 'pagination'))),
    },
    evse: null,
    user: contractText(contract),
    transaction: null,
    session:
      emoc || contract.length === 0 || contractClock === 0n
        ? null
        : `${toHex(contract)} ${contractClock}`,
    findings: [
      ...findings,
      looseFinding('EDL-ROLE', {}),
      ...checkEdlBlock(block),
      ...checkLogBook(block, signature),
      ...checkMethods(parts, claim.algorithm),
    ],
    detail: null,
  }
}

/** A key beside the signature that is not the one which fits is a key somebody should ask about. */
export function checkKey(
  { embedded, meter }: DecodedRecord,
  check: SignatureCheck,
): LooseFinding[] {
  const keys = embedded.flatMap(({ offer }) => offer.keys)
  const fits = keys.some(({ fingerprint }) => fingerprint === check.key?.fingerprint)
  if (check.status !== 'valid' || keys.length === 0 || fits) return []
  return [looseFinding('KEY-CONFLICT', { meter: meter.serial ?? '' })]
}

/** @throws DecodeError `IN-XML`, `IN-DOCTYPE`, or `SES-DUPKEY` for an element given twice */
function readParts(whole: string): Map<string, Part> {
  const parts = new Map<string, Part>()
  let twice: string | null = null
  try {
    readXml(elementIn(whole), {
      close({ name, attributes, parent }, text) {
        if (parent === null || parent.parent !== null) return
        if (parts.has(name)) twice ??= name
        parts.set(name, { text: text.trim(), encoding: attributes['encoding']?.trim() ?? null })
      },
    })
  } catch (error) {
    if (error instanceof DoctypeRefused) throw new DecodeError(looseFinding('IN-DOCTYPE', {}))
    if (!(error instanceof SyntaxProblem)) throw error
    const { limit, offset } = error
    throw new DecodeError(
      limit === null
        ? looseFinding('IN-XML', { offset: String(offset) }, { offset })
        : looseFinding('IN-TOOBIG', { limit }),
    )
  }
  if (twice !== null) throw new DecodeError(looseFinding('SES-DUPKEY', { field: twice }))
  return parts
}

/** The element alone, escaping undone where the whole is escaped once more. */
function elementIn(whole: string): string {
  const escaped = /&lt;(?:[\w.-]+:)?signedMeterValue\b/.test(whole)
  const text = escaped ? unescapeXml(whole) : whole
  return ELEMENT.exec(text)?.[0] ?? text
}

const DECODERS: Record<string, (text: string) => Uint8Array | null> = table({
  base64: fromBase64,
  hex: fromHex,
  base32: fromBase32,
})

/**
 * Bytes of an element by its own `encoding`; where that gives none, by the encoding that gives as
 * many as there must be.
 *
 * @returns null where the element is missing or in no encoding
 */
function decoded(
  parts: Map<string, Part>,
  name: string,
  lengths: readonly number[],
  findings: LooseFinding[],
): Uint8Array | null {
  const part = parts.get(name)
  if (part === undefined || part.text === '') return null
  const text = part.text.replace(/[ \t\r\n]+/g, '')
  const declared = part.encoding ?? ''
  const bytes = DECODERS[declared]?.(text) ?? null
  if (bytes !== null && lengths.includes(bytes.length)) return bytes
  for (const [encoding, decode] of Object.entries(DECODERS)) {
    const other = decode(text)
    if (other === null || !lengths.includes(other.length)) continue
    findings.push(
      looseFinding('EDL-ENCODING', { field: name, found: declared.slice(0, 64), encoding }),
    )
    return other
  }
  return bytes
}

/** Whose key it is says nobody: it stands beside the signature. */
function keysOf(parts: Map<string, Part>, findings: LooseFinding[]): DecodedRecord['embedded'] {
  const part = parts.get(KEY)
  if (part === undefined || part.text === '') return []
  const bytes = decoded(parts, KEY, [48, 49, 64, 65], findings)
  const place = { source: 'embedded', trust: 'K1', origin: KEY } as const
  return [{ offer: readOffer(bytes ?? part.text, place), signed: false }]
}

function plate(serverId: Uint8Array): DecodedField[] {
  const value = meterNumber(serverId)
  if (value === null) return []
  const range = { from: 0, to: 10 }
  return [{ name: 'meterNumber', value, signed: true, range, inherited: false }]
}

function unsignedFields(parts: Map<string, Part>): DecodedField[] {
  return [...parts].flatMap(([name, { text }]) =>
    name === VALUE ? [] : [unsignedField(name, text.slice(0, 512))],
  )
}

/** The two bytes behind r‖s are those of the log book once more; only those in the block count. */
function checkLogBook(block: Uint8Array, signature: Uint8Array | null): LooseFinding[] {
  if (signature?.length !== 50 && signature?.length !== 66) return []
  const [found, signed] = [
    toHex(signature.slice(-2)),
    toHex(bytesIn(block, field(EDL_FIELDS, 'logBook'))),
  ]
  if (found === signed) return []
  return [looseFinding('REC-CONTRADICTS', { field: SIGNATURE, found, signed }, { path: SIGNATURE })]
}

/** Names of methods as stations write them. */
const METHODS: Record<string, string> = table({
  ECDSA192SHA256: 'ECDSA-secp192r1-SHA256',
  ECDSA256SHA256: 'ECDSA-secp256r1-SHA256',
})

function checkMethods(
  parts: Map<string, Part>,
  algorithm: DecodedRecord['claim']['algorithm'],
): LooseFinding[] {
  const found: LooseFinding[] = []
  const method = parts.get(METHOD)?.text
  const used = algorithm === null ? '' : algorithmName(algorithm)
  if (method !== undefined && METHODS[method] !== used) {
    const params = { field: METHOD, found: method.slice(0, 64), signed: used }
    found.push(looseFinding('REC-CONTRADICTS', params, { path: METHOD }))
  }
  const encoding = parts.get(ENCODING)?.text
  if (encoding !== undefined && encoding !== 'EDL') {
    const params = { field: ENCODING, found: encoding.slice(0, 64), encoding: 'EDL' }
    found.push(looseFinding('EDL-ENCODING', params, { path: ENCODING }))
  }
  return found
}
