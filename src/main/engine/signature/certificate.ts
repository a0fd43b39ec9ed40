/**
 * The part of an X.509 certificate that a key reader needs: key, common name, validity.
 *
 * Shape: Certificate = { TBSCertificate { [0] version?, serial, algorithm, issuer, validity,
 * subject, subjectPublicKeyInfo, … }, algorithm, signature }. The signature is not checked: the
 * key is worth what its origin is worth.
 * Source: RFC 5280, 4.1; X.520, 6.2.2 (common name).
 *
 * @module
 */
import { type Element, TAG, expectTag, oidText, readElements } from '../codec/asn1.ts'
import { byteText, utf8Text } from '../codec/text.ts'
import { isCivilTime } from '../codec/time.ts'
import type { CertificateFacts } from './key-reading.ts'

const VERSION = 0xa0
const SET = 0x31
const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18
const COMMON_NAME = '2.5.4.3'

/** Text types of a name (RFC 5280, 4.1.2.4) by tag. */
const TEXT_TYPES: Record<number, (content: Uint8Array) => string | null> = {
  0x0c: utf8Text,
  0x13: utf8Text, // PrintableString: part of ASCII
  0x14: byteText, // TeletexString: written as Latin-1 by everyone
  0x16: utf8Text, // IA5String: ASCII
  0x1e: bmpText,
}

export interface Certificate {
  /** SubjectPublicKeyInfo, in the bytes that were read. */
  spki: Element
  facts: CertificateFacts
}

/**
 * @param body the TBSCertificate, which was read from `bytes`
 * @throws SyntaxProblem if it has another structure, that of a certificate request for example
 */
export function readCertificate(bytes: Uint8Array, body: Element): Certificate {
  const all = readElements(bytes, body)
  const fields = all[0]?.tag === VERSION ? all.slice(1) : all
  const [serial, , , validity, subject, spki] = fields
  expectTag(serial, TAG.integer)
  const [from, until] = readElements(bytes, expectTag(validity, TAG.sequence))
  return {
    spki: expectTag(spki, TAG.sequence),
    facts: {
      subject: commonName(bytes, expectTag(subject, TAG.sequence)),
      validFrom: isoTime(from),
      validUntil: isoTime(until),
    },
  }
}

/** Name = SEQUENCE of SET of { type, value }; the last common name is the most specific. */
function commonName(bytes: Uint8Array, name: Element): string {
  let common = ''
  for (const set of readElements(bytes, name)) {
    for (const attribute of readElements(bytes, expectTag(set, SET))) {
      const [type, value] = readElements(bytes, expectTag(attribute, TAG.sequence))
      if (value === undefined || oidText(expectTag(type, TAG.oid)) !== COMMON_NAME) continue
      common = TEXT_TYPES[value.tag]?.(value.content) ?? common
    }
  }
  return common
}

function bmpText(content: Uint8Array): string {
  let text = ''
  for (let i = 0; i + 1 < content.length; i += 2) {
    text += String.fromCharCode((content[i] ?? 0) * 256 + (content[i + 1] ?? 0))
  }
  return text
}

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/

/** Both types are in UTC and end in Z (4.1.2.5); the years of UTCTime are 1950 to 2049. */
function isoTime(element: Element | undefined): string | null {
  if (element?.tag !== UTC_TIME && element?.tag !== GENERALIZED_TIME) return null
  const written = byteText(element.content)
  const century = element.tag === GENERALIZED_TIME ? '' : written < '5' ? '20' : '19'
  const parts = TIME.exec(century + written)?.slice(1)
  if (parts === undefined) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number)
  if (!isCivilTime({ year, month, day, hour, minute, second })) return null
  return `${parts.slice(0, 3).join('-')}T${parts.slice(3).join(':')}Z`
}
