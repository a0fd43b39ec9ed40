/**
 * OCMF in a seal: the `encodedData` of the transparency software. See README.md beside this file.
 *
 * @module
 */
import { encodeOid } from '../../../codec/asn1.ts'
import { SEAL_OID } from '../../../signature/seal.ts'
import type { Format } from '../../format.ts'
import { decodeSealed } from './decode.ts'

const SEQUENCE = 0x30
const NAME = encodeOid(SEAL_OID)
/** Behind the identifier octet of the SEQUENCE and a length of up to five octets. */
const FURTHEST = 6

export const sealedOcmf: Format<null> = {
  id: 'ocmf-sealed',
  title: 'OCMF, sealed',
  detect: (bytes) => bytes[0] === SEQUENCE && nameAt(bytes),
  decode: decodeSealed,
}

function nameAt(bytes: Uint8Array): boolean {
  for (let from = 2; from <= FURTHEST; from++) {
    if (NAME.every((byte, at) => bytes[from + at] === byte)) return true
  }
  return false
}
