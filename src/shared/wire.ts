/**
 * Values with bytes in them as one message: the browser host speaks it in both directions.
 *
 * Shape: length of the head as a 32-bit number, most significant byte first; the head, JSON in
 * UTF-8, in which bytes are `{"$bytes": <length>}`; then those bytes, one after the other.
 *
 * @module
 */

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

export function encodeMessage(value: unknown): Uint8Array {
  const parts: Uint8Array[] = []
  const head = encoder.encode(
    JSON.stringify(value, function (this: Record<string, unknown>, name, member: unknown) {
      // What stands there, not what its `toJSON` made of it: Node's buffers have one.
      const bytes = this[name]
      if (!(bytes instanceof Uint8Array)) return member
      parts.push(bytes)
      return { $bytes: bytes.length }
    }) ?? 'null',
  )
  const total = parts.reduce((sum, part) => sum + part.length, 4 + head.length)
  const message = new Uint8Array(total)
  new DataView(message.buffer).setUint32(0, head.length)
  message.set(head, 4)
  let at = 4 + head.length
  for (const part of parts) {
    message.set(part, at)
    at += part.length
  }
  return message
}

/** @returns undefined for a message of another shape */
export function decodeMessage(message: Uint8Array): unknown {
  if (message.length < 4) return undefined
  const length = new DataView(message.buffer, message.byteOffset).getUint32(0)
  let at = 4 + length
  if (at > message.length) return undefined
  try {
    const value: unknown = JSON.parse(decoder.decode(message.subarray(4, at)), (_, member) => {
      const bytes = (member as { $bytes?: unknown } | null)?.$bytes
      if (typeof bytes !== 'number') return member
      const part = message.subarray(at, at + bytes)
      if (part.length !== bytes) throw new RangeError('bytes missing')
      at += bytes
      return part
    })
    return at === message.length ? value : undefined
  } catch {
    return undefined
  }
}
