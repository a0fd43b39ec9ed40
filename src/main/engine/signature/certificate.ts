/**
 * The part of an X.509 certificate that a key reader needs: key, common name, validity.
 *
 * The structure is read by a library. The signature is not checked: the key is worth what its
 * origin is worth. Source: RFC 5280, 4.1; X.520, 6.2.2 (common name).
 *
 * @module
 */
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate as X509, type Time } from '@peculiar/asn1-x509'
import { type Element, expectTag, readElement, TAG } from '../codec/asn1.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import type { CertificateFacts } from './key-reading.ts'

const COMMON_NAME = '2.5.4.3'

export interface Certificate {
  /** SubjectPublicKeyInfo in bytes of its own. */
  bytes: Uint8Array
  spki: Element
  facts: CertificateFacts
}

/**
 * @param bytes a DER structure that may be a certificate
 * @throws SyntaxProblem if it has another structure, that of a certificate request for example
 */
export function readCertificate(bytes: Uint8Array): Certificate {
  const { validity, subject, subjectPublicKeyInfo } = parse(bytes).tbsCertificate
  const spki = new Uint8Array(AsnConvert.serialize(subjectPublicKeyInfo))
  let common = ''
  for (const set of subject) {
    for (const { type, value } of set) if (type === COMMON_NAME) common = value.toString()
  }
  return {
    bytes: spki,
    spki: expectTag(readElement(spki), TAG.sequence),
    facts: {
      subject: common,
      validFrom: isoTime(validity.notBefore),
      validUntil: isoTime(validity.notAfter),
    },
  }
}

function parse(bytes: Uint8Array): X509 {
  try {
    return AsnConvert.parse(bytes, X509)
  } catch {
    throw new SyntaxProblem('no certificate', 0)
  }
}

/** The library has checked the calendar. @returns `2024-01-31T12:00:00Z` */
function isoTime(time: Time): string | null {
  const moment = time.generalTime ?? time.utcTime
  return moment === undefined || Number.isNaN(moment.getTime())
    ? null
    : `${moment.toISOString().slice(0, 19)}Z`
}
