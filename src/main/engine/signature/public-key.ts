/**
 * The one reader of public keys, for every form in which they are printed, sent or stored.
 *
 * Text is peeled in layers (PEM, `oca:`, JSON, hexadecimal, base32, base64, in any nesting met in
 * the field) until bytes come out; `key-bytes.ts` says what these are. An encoding is accepted
 * only if the bytes then are a key, so a text that is valid in two of them cannot be misread.
 * Sources: RFC 7468 (PEM); OCA Application Note "Signed Meter Values", 3.2.2 (`oca:`); key files
 * of Chargy (`publicKey+json`); KEBA (`{"UK":…}`); labels and register entries as found.
 *
 * @module
 */
import { toHex } from '../../../shared/hex.ts'
import {
  type CurveId,
  KEY_KINDS,
  type KeySource,
  type PublicKeyRef,
  type TrustLevel,
} from '../../../shared/model/key.ts'
import { fromBase32 } from '../codec/base32.ts'
import { fromBase64 } from '../codec/base64.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import { fromHexText } from '../codec/hex-text.ts'
import { type JsonLimits, type JsonObject, member, parseJson, stringMember } from '../codec/json.ts'
import { fileText, utf8Bytes } from '../codec/text.ts'
import { LIMITS } from '../limits.ts'
import { curveByName, curveByOid } from './curves.ts'
import { readKeyBytes } from './key-bytes.ts'
import { fingerprint } from './key-forms.ts'
import {
  type KeyEncoding,
  type KeyForm,
  type KeyFound,
  type KeyReading,
  candidatesOf,
  mapKeys,
  surest,
  unknown,
} from './key-reading.ts'

export { fingerprint, type KeyText, keyText, spki } from './key-forms.ts'
export {
  candidatesOf,
  type CertificateFacts,
  type KeyForm,
  type KeyFound,
  type KeyNote,
  type KeyReading,
  type UnknownReason,
} from './key-reading.ts'

export interface KeyOptions {
  /** Curve the surroundings speak of, such as OCMF's `SA`. Needed to read a compressed point. */
  hint?: CurveId | undefined
}

/** Curve of compressed points in base32: ALFEN prints its keys so. */
const BASE32_CURVE = 'secp192r1'

const MAX_LAYERS = 4
const MAX_KEYS = 100
const KEY_JSON: JsonLimits = { depth: 16, stringBytes: LIMITS.keyTextBytes, values: 2000 }

/**
 * Reads what holds one key.
 *
 * @param input text, or the bytes of a text or DER file
 */
export function readPublicKey(input: string | Uint8Array, { hint }: KeyOptions = {}): KeyReading {
  if (input.length > LIMITS.keyTextBytes) return unknown('too-long')
  const place: Place = { hint, layers: 0 }
  return typeof input === 'string' ? readText(input, place) : readBytes(input, 'bytes', place)
}

/**
 * Reads what may hold several keys: a PEM bundle, or text with one key in each paragraph or line.
 *
 * @returns at least one reading; of several lines only those that look like an attempt at a key
 */
export function readPublicKeys(input: string | Uint8Array, options: KeyOptions = {}): KeyReading[] {
  const whole = readPublicKey(input, options)
  const text = typeof input === 'string' ? input : textIn(input)
  if (whole.kind === 'key' || text === null || input.length > LIMITS.keyTextBytes) return [whole]
  const core = cleaned(text)
  if (core.startsWith('{')) return [whole]
  const place: Place = { hint: options.hint, layers: 0 }
  const blocks = pemBlocks(core)
  if (blocks.length > 0) return readEach(blocks, (block) => readPemBlock(block, place))
  for (const separator of [/\n[ \t\r]*\n/, /\n/]) {
    const readings = readEach(core.split(separator), (part) => readText(part, place))
    if (readings.some((reading) => candidatesOf(reading).length > 0)) return readings
  }
  return [whole]
}

/** What is known of a key besides itself. What the caller does not know the key file may tell. */
export interface KeyPlace {
  source: KeySource
  trust: TrustLevel
  origin: string
  meter?: string | null
  evse?: string | null
}

export function toPublicKeyRef(key: KeyFound, place: KeyPlace): PublicKeyRef {
  return {
    fingerprint: fingerprint(key.curve, key.point),
    curve: key.curve,
    point: toHex(key.point),
    source: place.source,
    trust: place.trust,
    origin: place.origin,
    meter: place.meter ?? key.meter,
    evse: place.evse ?? key.evse,
    validFrom: key.certificate?.validFrom ?? null,
    validUntil: key.certificate?.validUntil ?? null,
  }
}

/** Where in the peeling we are. */
interface Place {
  hint: CurveId | undefined
  /** Encodings undone so far. */
  layers: number
}

function readEach<T>(parts: readonly T[], read: (part: T) => KeyReading): KeyReading[] {
  const readings: KeyReading[] = []
  for (const part of parts) {
    if (readings.length === MAX_KEYS) return [...readings, unknown('too-many')]
    const reading = read(part)
    if (isAttempt(reading)) readings.push(reading)
  }
  return readings
}

/** @returns false for headings and empty lines */
function isAttempt(reading: KeyReading): boolean {
  if (reading.kind !== 'unknown') return true
  return reading.reason !== 'empty' && reading.reason !== 'no-encoding'
}

function readText(text: string, place: Place): KeyReading {
  const core = cleaned(text)
  if (core === '') return unknown('empty')
  if (core.startsWith('{')) return readJson(core, place)
  const blocks = pemBlocks(core)
  if (blocks.length > 0) return onlyOne(readEach(blocks, (block) => readPemBlock(block, place)))
  if (OCA.test(core)) return readOca(core, place)
  return readEncoded(core, place)
}

function readBytes(bytes: Uint8Array, encoding: KeyEncoding, place: Place): KeyReading {
  const text = textIn(bytes)
  if (text !== null) return readText(text, place)
  const hints = encoding === 'base32' ? hintsOf(place).concat(BASE32_CURVE) : hintsOf(place)
  return readKeyBytes(bytes, { hints, encoding })
}

/** Marks of word processors and web pages that nobody sees. */
const INVISIBLE = /[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{feff}]/gu
const COMMENT = /^#.*$/gm
const QUOTES = '"\'`´„“”‚‘’«»‹›'
/** What stands before a key on labels, in portals and in mails. */
const LABEL =
  /^(?:public[ _-]?key|(?:ö|oe)ffentlicher schl(?:ü|ue)ssel|pub[ _-]?key|pk|key|schl(?:ü|ue)ssel) ?(?:\(?\d{1,2}\)?)? ?[:=\n]/i

/** @returns the text without what surrounds a key or hides in it; line breaks become `\n` */
function cleaned(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replaceAll('\0', '')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/\p{Pd}/gu, '-')
    .replaceAll('\r\n', '\n')
    .replace(COMMENT, '')
  return unquoted(unquoted(plain).replace(LABEL, ''))
}

function unquoted(text: string): string {
  const trimmed = text.trim()
  let from = 0
  let to = trimmed.length
  while (from < to && QUOTES.includes(trimmed.charAt(from))) from++
  while (to > from && QUOTES.includes(trimmed.charAt(to - 1))) to--
  return trimmed.slice(from, to).trim()
}

/** @returns the text of a text file or of a text that was encoded once more; null for other bytes */
function textIn(bytes: Uint8Array): string | null {
  // Most keys have such a byte, and to try them as UTF-8 takes longer than to read them.
  const marked = (bytes[0] ?? 0) >= 0xfe
  if (!marked && bytes.some((byte) => byte < 0x20 && !isTextual(byte))) return null
  const text = fileText(bytes)?.text ?? null
  if (text === null) return null
  for (let i = 0; i < text.length; i++) if (!isTextual(text.charCodeAt(i))) return null
  return text
}

/**
 * NUL fills up registers; every other control character says that this is no text, as do scripts
 * in which nobody writes keys: bytes of a key may happen to be UTF-16.
 */
function isTextual(code: number): boolean {
  if (code < 0x20) return code === 0 || code === 0x09 || code === 0x0a || code === 0x0d
  return (code < 0x7f || code >= 0xa0) && (code < 0x3000 || code === 0xfeff)
}

interface PemBlock {
  label: string
  body: string
}

/** @returns blocks as in RFC 7468, line breaks lost or not; header lines are left out */
function pemBlocks(text: string): PemBlock[] {
  return text
    .split('-----BEGIN ')
    .slice(1)
    .map((part) => {
      const [label = '', body = ''] = part.split('-----', 2)
      const lines = body.split('\n').filter((line) => !line.includes(':'))
      return { label: label.trim().toUpperCase(), body: lines.join('\n') }
    })
}

function readPemBlock({ label, body }: PemBlock, place: Place): KeyReading {
  if (label.endsWith('PRIVATE KEY')) return { kind: 'private-key' }
  if (label === 'EC PARAMETERS') return unknown('no-curve')
  const bytes = fromBase64(body)
  if (bytes === null) return unknown('pem')
  return withForm(readKeyBytes(bytes, { hints: hintsOf(place), encoding: 'base64' }), 'pem')
}

/** `oca:<encoding>:<content type>:<key>` */
const OCA = /^oca:/i

const OCA_ENCODINGS = new Map<string, OcaEncoding>([
  // "Every non-hex character and a 0x prefix are to be ignored."
  [
    'base16',
    { form: 'oca-base16', decode: (text) => fromHexText(text.replace(/0x|[^0-9a-f]/gi, '')) },
  ],
  ['base32', { form: 'oca-base32', decode: fromBase32 }],
  ['base64', { form: 'oca-base64', decode: fromBase64 }],
])

interface OcaEncoding {
  form: KeyForm
  decode: (text: string) => Uint8Array | null
}

function readOca(core: string, place: Place): KeyReading {
  const [, encoding = '', content = '', ...rest] = core.split(':')
  const row = OCA_ENCODINGS.get(encoding.toLowerCase())
  if (row === undefined || content.toLowerCase() !== 'asn1') return unknown('oca')
  const bytes = row.decode(rest.join(':'))
  if (bytes === null) return unknown('oca')
  return withForm(readKeyBytes(bytes, { hints: hintsOf(place), encoding: 'bytes' }), row.form)
}

const ENCODINGS: {
  encoding: KeyEncoding
  decode: (text: string) => Uint8Array | null
  /** Text without separators. */
  plain: RegExp
}[] = [
  { encoding: 'hex', decode: fromHexText, plain: /^[0-9a-f]*$/i },
  { encoding: 'base32', decode: fromBase32, plain: /^\S*$/ },
  { encoding: 'base64', decode: fromBase64, plain: /^\S*$/ },
]

/** Bytes of the shortest key, a compressed point. Words and numbers may be base64 as well. */
const SHORTEST = 25

function readEncoded(core: string, place: Place): KeyReading {
  const readings: KeyReading[] = []
  for (const { encoding, decode, plain } of ENCODINGS) {
    const bytes = decode(core)
    if (bytes === null || bytes.length < SHORTEST) continue
    if (place.layers === MAX_LAYERS) return unknown('layers')
    const reading = readBytes(bytes, encoding, { ...place, layers: place.layers + 1 })
    const noted = plain.test(core) ? reading : withSeparators(reading)
    if (noted.kind === 'key') return noted
    readings.push(noted)
  }
  return readings.length === 0 && isDamaged(core) ? unknown('damaged') : surest(readings)
}

/** Words have no digits, and everything that is shorter than a key is something else. */
function isDamaged(core: string): boolean {
  const characters = core.replace(/[\s:;.-]/g, '')
  const digits = characters.replace(/\D/g, '').length
  return digits >= 4 && characters.length >= 40 && /^[0-9A-Za-z+/=_]*$/.test(characters)
}

/** Members that hold a key, the likeliest first; `encoding` and `format` beside it often err. */
const KEY_MEMBERS = ['UK', 'publicKey', 'public_key', 'PublicKey', 'value']

function readJson(core: string, place: Place): KeyReading {
  if (place.layers === MAX_LAYERS) return unknown('layers')
  try {
    const { node } = parseJson(utf8Bytes(core), KEY_JSON)
    const inside = { ...place, layers: place.layers + 1 }
    return node.kind === 'object' ? readKeyObject(node, inside) : unknown('json')
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return unknown('json')
    throw problem
  }
}

/** A key file of Chargy or an object like it. The curve that it names must be that of the key. */
function readKeyObject(object: JsonObject, place: Place): KeyReading {
  const named = namedCurve(object)
  const reading = readKeyMember(object, { ...place, hint: named?.curve ?? place.hint })
  if (named !== null) {
    const { curve, text } = named
    const unread = reading.kind === 'unknown' || reading.kind === 'not-on-curve'
    if (curve === null && unread) return { kind: 'unsupported-curve', curve: text }
    if (curve !== null && reading.kind === 'key' && reading.curve !== curve) {
      return { kind: 'not-on-curve', curves: [curve] }
    }
  }
  const { meter, evse } = subjectOf(object)
  return mapKeys(withForm(reading, 'json'), (key) => ({
    ...key,
    meter: key.meter ?? meter,
    evse: key.evse ?? evse,
  }))
}

function readKeyMember(object: JsonObject, place: Place): KeyReading {
  for (const name of KEY_MEMBERS) {
    const value = member(object, name)
    if (value?.kind === 'string') return readText(value.value, place)
    if (value?.kind === 'object') return readKeyObject(value, place)
  }
  const x = stringMember(object, 'x')
  const y = stringMember(object, 'y')
  return x === undefined || y === undefined ? unknown('json') : readText(joined(x, y), place)
}

/** @returns what `algorithm` or `curve` says: a name, or an object with name and OID */
function namedCurve(object: JsonObject): { curve: CurveId | null; text: string } | null {
  const value = member(object, 'algorithm') ?? member(object, 'curve')
  if (value === undefined) return null
  const texts = [value, member(value, 'oid'), member(value, 'name')]
    .filter((node) => node?.kind === 'string')
    .map((node) => node.value)
  const curve = texts.map(curveOf).find((known) => known !== null) ?? null
  const text = texts.at(-1)
  return text === undefined ? null : { curve, text }
}

function curveOf(text: string): CurveId | null {
  const kind = KEY_KINDS.find((known) => known === text.toLowerCase())
  return kind ?? curveByName(text) ?? curveByOid(text)
}

/** Key files say in `subject` what the key belongs to: an object, or the id of the charge point. */
function subjectOf(object: JsonObject): { meter: string | null; evse: string | null } {
  const subject = member(object, 'subject') ?? member(object, '@id')
  const first = subject?.kind === 'array' ? subject.items[0] : subject
  if (first?.kind === 'string') return { meter: null, evse: first.value }
  const named = (...names: string[]) =>
    first === undefined
      ? null
      : (names.map((name) => stringMember(first, name)).find((id) => id !== undefined) ?? null)
  return { meter: named('meterId', 'MeterId'), evse: named('EVSEId', 'evseId') }
}

/** Coordinates in hexadecimal digits, leading zeros lost or not. */
function joined(x: string, y: string): string {
  const digits = 2 * Math.ceil(Math.max(x.length, y.length) / 2)
  return x.padStart(digits, '0') + y.padStart(digits, '0')
}

function hintsOf({ hint }: Place): CurveId[] {
  return hint === undefined ? [] : [hint]
}

/** @returns the reading in the form of what the key was wrapped in; a certificate stays one */
function withForm(reading: KeyReading, form: KeyForm): KeyReading {
  return mapKeys(reading, (key) => (key.certificate === null ? { ...key, form } : key))
}

function withSeparators(reading: KeyReading): KeyReading {
  return mapKeys(reading, (key) => {
    const noted = key.notes.some(({ kind }) => kind === 'separators')
    return noted ? key : { ...key, notes: [...key.notes, { kind: 'separators' }] }
  })
}

/** @returns the key of a bundle that holds one, be it several times */
function onlyOne(readings: readonly KeyReading[]): KeyReading {
  const best = surest(readings)
  if (best.kind !== 'key') return best
  const same = (other: KeyReading) =>
    other.kind !== 'key' || (other.curve === best.curve && toHex(other.point) === toHex(best.point))
  return readings.every(same) ? best : unknown('several-keys')
}
