/**
 * Lists of keys that their issuer signs, so that another office can tell whose list it is.
 *
 * Shape: the list as it is exported, JSON or CSV, then one more line of JSON:
 * `{"schema":"eichlicht-signature/1","issuer":…,"signed_at":…,"key":…,"signature":…}`.
 * The signature is Ed25519 over the UTF-8 text `eichlicht-signature/1`, issuer and time, each
 * ended by a line feed, and the bytes of the list exactly as they stand before that line.
 * Source: RFC 8032.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { fromHex } from '../../shared/hex.ts'
import { spki } from '../engine/signature/public-key.ts'

const SCHEMA = 'eichlicht-signature/1'
/** The line is short; whatever is longer is none. */
const MOST_BYTES = 4096

export interface ListSignature {
  /** As the issuer calls itself; who it is says only the key. */
  issuer: string
  /** ISO time, as the issuer states it. */
  signedAt: string
  /** Bytes of the Ed25519 key. */
  key: Uint8Array
}

export type SplitList =
  | { kind: 'unsigned'; list: Uint8Array }
  /** The signature does not fit, or its line cannot be read. */
  | { kind: 'broken' }
  | { kind: 'signed'; list: Uint8Array; signature: ListSignature }

/** @throws Error where the key is no private key for Ed25519 */
export function signList(
  list: Uint8Array,
  { issuer, signedAt, privateKey }: { issuer: string; signedAt: string; privateKey: string },
): Uint8Array {
  const secret = createPrivateKey(privateKey)
  if (secret.asymmetricKeyType !== 'ed25519') throw new Error('not Ed25519')
  const { x = '' } = createPublicKey(secret).export({ format: 'jwk' })
  const key = Buffer.from(x, 'base64url').toString('hex')
  const signature = sign(null, signedBytes(list, issuer, signedAt), secret).toString('hex')
  const line = { schema: SCHEMA, issuer, signed_at: signedAt, key, signature }
  return Buffer.concat([list, Buffer.from(`${JSON.stringify(line)}\n`)])
}

/** A new key of an issuer: the private one as PEM, the public one in hexadecimal digits. */
export function newIssuerKey(): { privateKey: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: Buffer.from(x, 'base64url').toString('hex'),
  }
}

/** Takes the line with the signature off, if there is one, and checks it. */
export function splitList(bytes: Uint8Array): SplitList {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end--
  const start = bytes.lastIndexOf(0x0a, end - 1) + 1
  const line = end - start > MOST_BYTES ? '' : Buffer.from(bytes.subarray(start, end)).toString()
  if (!line.includes(SCHEMA)) return { kind: 'unsigned', list: bytes }
  const fields = fieldsOf(line)
  if (fields === null) return { kind: 'broken' }
  const list = bytes.subarray(0, start)
  const { issuer, signedAt, key, signature } = fields
  const publicKey = createPublicKey({
    key: Buffer.from(spki('ed25519', key)),
    format: 'der',
    type: 'spki',
  })
  const fits = verify(null, signedBytes(list, issuer, signedAt), publicKey, signature)
  return fits ? { kind: 'signed', list, signature: { issuer, signedAt, key } } : { kind: 'broken' }
}

function signedBytes(list: Uint8Array, issuer: string, signedAt: string): Uint8Array {
  return Buffer.concat([Buffer.from(`${SCHEMA}\n${issuer}\n${signedAt}\n`), list])
}

function fieldsOf(line: string): (ListSignature & { signature: Uint8Array }) | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const fields = new Map<string, unknown>(Object.entries(value))
  const text = (name: string) => {
    const found = fields.get(name)
    // A line break would move the border between what is signed.
    return typeof found === 'string' && !/[\r\n]/.test(found) ? found : null
  }
  const [issuer, signedAt] = [text('issuer'), text('signed_at')]
  const [key, signature] = [fromHex(text('key') ?? ''), fromHex(text('signature') ?? '')]
  if (text('schema') !== SCHEMA || issuer === null || signedAt === null) return null
  if (key?.length !== 32 || signature?.length !== 64) return null
  return { issuer, signedAt, key, signature }
}
