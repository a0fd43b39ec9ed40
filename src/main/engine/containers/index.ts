/**
 * From the bytes of an input to the records and keys in it. The name of a file never decides.
 *
 * @module
 */
import { visible } from '../../../shared/display.ts'
import { type LooseFinding, looseFinding, rowOf } from '../../../shared/model/finding.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { fileText, utf8Bytes, utf8TextLenient } from '../codec/text.ts'
import { LIMITS, type Limits } from '../limits.ts'
import { inFile, readOffers } from '../signature/key-offer.ts'
import { isDetachedSignature } from '../signature/signature-value.ts'
import type { Budget, CarriedFile, EngineDeps, Opened, PackedPlace } from '../types.ts'
import { ARCHIVES, DOCUMENTS, OTHER_CARRIERS } from './carriers.ts'
import {
  type Carrier,
  type CarrierTools,
  type Container,
  type TextInput,
  nothing,
} from './container.ts'
import { invoiceXml } from './invoice-xml.ts'
import { json } from './json.ts'
import { messageLog, openLargeLog } from './message-log.ts'
import { findRecords } from './records.ts'
import { soap } from './soap.ts'
import { unwrap } from './unwrap.ts'
import { signedMeterValues } from './signed-meter-values.ts'
import { openLatinTable, table } from './table.ts'
import { text } from './text.ts'
import { valuesXml } from './values-xml.ts'

/** Asked in this order, before anything is read as text. */
const CARRIERS: readonly Carrier[] = [...DOCUMENTS, ...ARCHIVES, ...OTHER_CARRIERS]

/** Asked in this order; the last one takes all text. */
const CONTAINERS: readonly Container[] = [
  invoiceXml,
  soap,
  signedMeterValues,
  valuesXml,
  messageLog,
  json,
  table,
  text,
]

/** @returns null where `file` holds others and carriers are not to be opened here */
export async function openFile(
  file: CarriedFile,
  budget: Budget,
  { limits, asset, plainOnly }: Pick<EngineDeps, 'limits' | 'asset' | 'plainOnly'>,
): Promise<Opened | null> {
  if (file.bytes.length > limits.fileBytes) return openPlain(file, limits)
  const unwrapped = unwrap(file, isKnown)
  const carrier = carrierOf(unwrapped)
  if (carrier === undefined) return openPlain(unwrapped, limits)
  if (plainOnly === true) return null
  const around = file.origin.filter(({ step }) => CARRYING.has(step))
  const archives = around.filter(({ step }) => step === 'archive')
  const deep = ARCHIVES.includes(carrier) && archives.length >= limits.nesting
  if (deep || around.length >= limits.carriedDepth) {
    const depth = deep ? limits.nesting : limits.carriedDepth
    return only(looseFinding('IN-NESTED', { depth: String(depth) }))
  }
  const tools: CarrierTools = {
    limits,
    budget,
    asset,
    plain: openBytes,
    inside: (part) => openInside(part),
  }
  return orUnknown(await carrier.open(unwrapped, tools))
}

/** A log that is read piece by piece. */
export function openLog(pieces: Iterable<Uint8Array>, origin: Origin[], limits: Limits): Opened {
  return orUnknown(openLargeLog(pieces, origin, limits))
}

/** What stands inside a carrier: a file of its own where it is a carrier itself. */
function openInside(part: CarriedFile): Opened {
  const unwrapped = unwrap(part, isKnown)
  if (carrierOf(unwrapped) === undefined) return openBytes(unwrapped)
  return { ...nothing(), members: [unwrapped] }
}

/** Steps of an origin that are files inside files. */
const CARRYING: ReadonlySet<Origin['step']> = new Set(['archive', 'mail', 'pdf'])

function carrierOf({ bytes }: CarriedFile): Carrier | undefined {
  return CARRIERS.find((kind) => kind.detect(bytes))
}

/** @returns name of the file whose signature this one is */
function signedBy({ name, beside }: PackedPlace): string | null {
  const signed = /^(.+)\.sign$/.exec(name)?.[1] ?? ''
  return beside.has(signed) ? visible(signed) : null
}

/** A carrier, XML, or JSON that is more than a string. */
function isKnown(bytes: Uint8Array): boolean {
  if (CARRIERS.some((kind) => kind.detect(bytes))) return true
  const beginning = utf8TextLenient(bytes.subarray(0, BEGINNING))
  return (
    !/^\s*"/.test(beginning) && CONTAINERS.some((kind) => kind !== text && kind.detect(beginning))
  )
}

const BEGINNING = 1024

/** Opens what is no carrier: text, or a key in bytes. */
export function openPlain(file: CarriedFile, limits: Limits): Opened {
  const { bytes, packed } = file
  const signed = packed === undefined ? null : signedBy(packed)
  if (signed !== null) {
    const findings = [looseFinding('IN-DETACHED', { file: signed })]
    return { ...nothing(), signatures: isDetachedSignature(bytes) ? [bytes] : [], findings }
  }
  if (bytes.length === 0) return only(looseFinding('IN-EMPTY', {}))
  if (bytes.length > limits.fileBytes) return only(looseFinding('IN-TOOBIG', { limit: '64 MiB' }))
  return orUnknown(openBytes(file))
}

function orUnknown(opened: Opened): Opened {
  const { findings } = opened
  // What is odd about a bill is no answer to what was measured.
  const failed = findings.some((one) => one.severity === 'error' && !one.code.startsWith('INV-'))
  if (holdsSomething(opened) || failed) return withinLimit(opened)
  return { ...opened, findings: [...findings, looseFinding('IN-UNKNOWN', {})] }
}

function holdsSomething({ records, keys, claims, members, signatures = [] }: Opened): boolean {
  return [records, keys, claims, members, signatures].some((list) => list.length > 0)
}

/** Each search obeys the limit; many elements of one file together must, too. */
function withinLimit(opened: Opened): Opened {
  if (opened.records.length <= LIMITS.records) return opened
  const limit = `${LIMITS.records} records`
  return {
    ...opened,
    records: opened.records.slice(0, LIMITS.records),
    findings: [...opened.findings, looseFinding('IN-TOOBIG', { limit }, { severity: 'warning' })],
  }
}

function only(finding: Opened['findings'][number]): Opened {
  return { ...nothing(), findings: [finding] }
}

function openBytes({ bytes, origin, packed }: CarriedFile): Opened {
  if (isDetachedSignature(bytes)) {
    return { ...nothing(), signatures: [bytes], findings: [looseFinding('IN-SIGNATURE', {})] }
  }
  const file = fileText(bytes)
  if (file === null) return openBinary(bytes, origin)
  const container = CONTAINERS.find((candidate) => candidate.detect(file.text)) ?? text
  const ownBytes = file.encoding === 'utf-8'
  // The mark is part of the encoding; only beside a bare record somebody may want to know of it.
  const from = file.bom && container !== text ? 3 : 0
  const input: TextInput = {
    text: file.text,
    bytes: ownBytes ? bytes.subarray(from) : utf8Bytes(file.text),
    origin: ownBytes ? origin : [...origin, { step: 'encoding', name: file.encoding }],
    packed,
  }
  const opened = container.open(input)
  if (holdsSomething(opened) || container === text) return opened
  if (opened.findings.some(({ code }) => code === 'IN-DOCTYPE')) return opened
  // What should be XML or JSON and is damaged may still be a text with records in it.
  const asText = text.open(input)
  if (asText.records.length + asText.keys.length === 0) return opened
  return {
    ...asText,
    claims: [],
    findings: [...opened.findings.map(asWarning), ...asText.findings],
  }
}

/** Damage of a file that gives records all the same. */
function asWarning(found: LooseFinding): LooseFinding {
  return rowOf(found.code).severity.includes('warning') ? { ...found, severity: 'warning' } : found
}

/** Neither UTF-8 nor UTF-16: a key in DER, XML in another encoding, or text with damaged bytes. */
function openBinary(bytes: Uint8Array, origin: Origin[]): Opened {
  const found = findRecords(bytes, origin)
  if (found.records.length > 0) return { ...nothing(), records: found.records }
  const keys = readOffers(bytes, inFile(origin[0]?.name ?? '')).filter(
    (offer) => offer.keys.length > 0,
  )
  if (keys.length > 0) return { ...nothing(), keys }
  return openLatinTable(bytes, origin) ?? nothing()
}
