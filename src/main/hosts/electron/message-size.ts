/**
 * How much a message carries, before anyone looks at what it means.
 *
 * @module
 */

export interface MessageLimits {
  /** Bytes and characters together. */
  size: number
  /** Values, counting lists and objects. */
  values: number
  depth: number
}

export type MessageFault = 'bad-input' | 'too-large'

/**
 * Only plain data passes: null, booleans, numbers, texts, bytes, lists, objects with texts as
 * names.
 *
 * @returns null for a message within its limits
 */
export function faultOf(message: unknown, limits: MessageLimits): MessageFault | null {
  let size = 0
  let values = 0
  const visit = (value: unknown, depth: number): MessageFault | null => {
    values++
    if (depth > limits.depth || values > limits.values) return 'too-large'
    if (value === null) return null
    switch (typeof value) {
      case 'boolean':
      case 'number':
        return null
      case 'string':
        size += value.length
        return size > limits.size ? 'too-large' : null
      case 'object':
        break
      default:
        return 'bad-input'
    }
    if (value instanceof Uint8Array) {
      size += value.length
      return size > limits.size ? 'too-large' : null
    }
    if (Array.isArray(value)) return visitAll(value, depth)
    if (!isPlain(value)) return 'bad-input'
    const names = Object.keys(value)
    for (const name of names) size += name.length
    if (size > limits.size) return 'too-large'
    return visitAll(Object.values(value), depth)
  }
  const visitAll = (members: readonly unknown[], depth: number): MessageFault | null => {
    if (members.length > limits.values) return 'too-large'
    for (const member of members) {
      const fault = visit(member, depth + 1)
      if (fault !== null) return fault
    }
    return null
  }
  return visit(message, 0)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
