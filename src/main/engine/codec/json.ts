/**
 * Lossless JSON scanner: number text is kept, duplicate names are found, every value knows its
 * byte range, so that signed bytes are sliced and never written anew.
 *
 * Reads JSON (RFC 8259) and, with an issue for each, what devices write beside it: raw control
 * characters in strings, numbers with leading zeros or plus sign, without digits before or behind
 * the dot, and `NaN` and `Infinity`.
 *
 * @module
 */
import { SyntaxProblem } from './decode-error.ts'
import { byteText, utf8Text, utf8TextLenient } from './text.ts'

interface Range {
  /** Byte offsets in the scanned bytes; `to` is behind the last byte. */
  from: number
  to: number
}

export interface JsonObject extends Range {
  kind: 'object'
  members: JsonMember[]
}
export interface JsonArray extends Range {
  kind: 'array'
  items: JsonNode[]
}
export interface JsonString extends Range {
  kind: 'string'
  value: string
}
export interface JsonNumber extends Range {
  kind: 'number'
  /** As written. */
  text: string
}
export interface JsonBoolean extends Range {
  kind: 'boolean'
  value: boolean
}
export interface JsonNull extends Range {
  kind: 'null'
}
export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull

export interface JsonMember {
  name: string
  value: JsonNode
}

export type JsonIssue = { offset: number } & (
  | { kind: 'duplicate'; name: string; same: boolean }
  | { kind: 'bare-number'; text: string }
  | { kind: 'control-character' | 'not-utf8' | 'lone-surrogate' | 'white-space' }
)

export interface JsonLimits {
  depth: number
  stringBytes: number
  values: number
}

export interface JsonScan {
  node: JsonNode
  /** In the order of their offsets; `white-space` and `control-character` at most once. */
  issues: JsonIssue[]
}

/** Bytes with their text of one character a byte, made once for several scans. */
export interface JsonSource {
  bytes: Uint8Array
  text: string
}

export function jsonSource(bytes: Uint8Array): JsonSource {
  return { bytes, text: byteText(bytes) }
}

/**
 * Reads the one JSON value that begins at `from`, which is no white space.
 *
 * @throws SyntaxProblem at the byte where reading ends; its `limit` names an exceeded limit
 */
export function scanJson(source: JsonSource, from: number, limits: JsonLimits): JsonScan {
  return new Scanner(source, from, limits).scan()
}

/** Reads a whole text that is one JSON value, white space around it allowed. */
export function parseJson(bytes: Uint8Array, limits: JsonLimits): JsonScan {
  const source = jsonSource(bytes)
  const scan = scanJson(source, skipWhiteSpace(source.text, 0), limits)
  const end = skipWhiteSpace(source.text, scan.node.to)
  if (end < bytes.length) throw new SyntaxProblem('text after the JSON value', end)
  return scan
}

/** @returns the value of the last member of that name: what every other program would show */
export function member(node: JsonNode, name: string): JsonNode | undefined {
  if (node.kind !== 'object') return undefined
  return node.members.findLast((entry) => entry.name === name)?.value
}

/** @returns the string value of a member; undefined where it is absent or no string */
export function stringMember(node: JsonNode, name: string): string | undefined {
  const value = member(node, name)
  return value?.kind === 'string' ? value.value : undefined
}

/** @returns position of the first character at or behind `at` that is no JSON white space */
export function skipWhiteSpace(text: string, at: number): number {
  while (isWhiteSpace(text.charCodeAt(at))) at++
  return at
}

function isWhiteSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const BARE_NUMBER = /[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+|NaN|Infinity)/y
const SIMPLE_ESCAPE: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

class Scanner {
  private readonly bytes: Uint8Array
  private readonly text: string
  private readonly limits: JsonLimits
  private readonly issues: JsonIssue[] = []
  private at: number
  private depth = 0
  private values = 0
  private sawWhiteSpace = false
  private sawControl = false

  constructor(source: JsonSource, from: number, limits: JsonLimits) {
    this.bytes = source.bytes
    this.text = source.text
    this.at = from
    this.limits = limits
  }

  scan(): JsonScan {
    const node = this.value()
    return { node, issues: this.issues.toSorted((a, b) => a.offset - b.offset) }
  }

  private value(): JsonNode {
    if (++this.values > this.limits.values) this.exceeds('values')
    const from = this.at
    switch (this.text[from]) {
      case '{':
        return this.nested(() => this.object(from))
      case '[':
        return this.nested(() => this.array(from))
      case '"':
        return { kind: 'string', value: this.string(), from, to: this.at }
      case 't':
        return this.word(from, 'true', { kind: 'boolean', value: true })
      case 'f':
        return this.word(from, 'false', { kind: 'boolean', value: false })
      case 'n':
        return this.word(from, 'null', { kind: 'null' })
      default:
        return this.number(from)
    }
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > this.limits.depth) this.exceeds('depth')
    this.at++
    const node = read()
    this.depth--
    return node
  }

  private object(from: number): JsonObject {
    const members: JsonMember[] = []
    this.white()
    if (this.take('}')) return { kind: 'object', members, from, to: this.at }
    for (;;) {
      const nameAt = this.at
      if (this.text[nameAt] !== '"') this.fails('a member name should stand here')
      const name = this.string()
      this.white()
      if (!this.take(':')) this.fails('a colon should stand here')
      this.white()
      const value = this.value()
      this.checkDuplicate(members, name, value, nameAt)
      members.push({ name, value })
      this.white()
      if (this.take('}')) return { kind: 'object', members, from, to: this.at }
      if (!this.take(',')) this.fails('a comma or brace should stand here')
      this.white()
    }
  }

  private array(from: number): JsonArray {
    const items: JsonNode[] = []
    this.white()
    if (this.take(']')) return { kind: 'array', items, from, to: this.at }
    for (;;) {
      items.push(this.value())
      this.white()
      if (this.take(']')) return { kind: 'array', items, from, to: this.at }
      if (!this.take(',')) this.fails('a comma or bracket should stand here')
      this.white()
    }
  }

  /** Objects of devices are small; many members of one name cannot make this quadratic. */
  private checkDuplicate(members: JsonMember[], name: string, value: JsonNode, offset: number) {
    if (members.length > 64) {
      this.checkDuplicateInMany(members, name, value, offset)
      return
    }
    const first = members.find((entry) => entry.name === name)
    if (first !== undefined) this.duplicate(first, name, value, offset)
  }

  private readonly indexes = new WeakMap<JsonMember[], Map<string, JsonMember>>()

  private checkDuplicateInMany(
    members: JsonMember[],
    name: string,
    value: JsonNode,
    offset: number,
  ) {
    let index = this.indexes.get(members)
    if (index === undefined) {
      index = new Map()
      for (const entry of members.toReversed()) index.set(entry.name, entry)
      this.indexes.set(members, index)
    }
    const first = index.get(name)
    if (first === undefined) index.set(name, { name, value })
    else this.duplicate(first, name, value, offset)
  }

  private duplicate(first: JsonMember, name: string, value: JsonNode, offset: number) {
    const same =
      this.text.slice(first.value.from, first.value.to) === this.text.slice(value.from, value.to)
    this.issues.push({ kind: 'duplicate', name, same, offset })
  }

  private string(): string {
    const from = this.at + 1
    let at = from
    let plain = true
    for (;;) {
      const code = this.text.charCodeAt(at)
      if (code === 0x22) break
      if (Number.isNaN(code)) this.fails('the string does not end', at)
      if (code === 0x5c) {
        plain = false
        at++
      } else if (code < 0x20 && !this.sawControl) {
        this.sawControl = true
        this.issues.push({ kind: 'control-character', offset: at })
      } else if (code > 0x7e) plain = false
      at++
    }
    if (at - from > this.limits.stringBytes) this.exceeds('string')
    this.at = at + 1
    return plain ? this.text.slice(from, at) : this.decoded(from, at)
  }

  private decoded(from: number, to: number): string {
    let value = ''
    let at = from
    while (at < to) {
      const escape = this.text.indexOf('\\', at)
      const end = escape < 0 || escape >= to ? to : escape
      if (end > at) value += this.utf8(at, end)
      if (end === to) break
      const letter = this.text[end + 1] ?? ''
      const simple = SIMPLE_ESCAPE[letter]
      if (simple !== undefined) {
        value += simple
        at = end + 2
      } else if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(this.text.slice(end + 2, end + 6))) {
        value += String.fromCharCode(Number.parseInt(this.text.slice(end + 2, end + 6), 16))
        at = end + 6
      } else this.fails('an escape is unknown', end)
    }
    if (!value.isWellFormed()) this.issues.push({ kind: 'lone-surrogate', offset: from })
    return value
  }

  private utf8(from: number, to: number): string {
    const bytes = this.bytes.subarray(from, to)
    const text = utf8Text(bytes)
    if (text !== null) return text
    this.issues.push({ kind: 'not-utf8', offset: from })
    return utf8TextLenient(bytes)
  }

  private number(from: number): JsonNumber {
    NUMBER.lastIndex = from
    const strict = NUMBER.exec(this.text)?.[0] ?? ''
    BARE_NUMBER.lastIndex = from
    const bare = BARE_NUMBER.exec(this.text)?.[0] ?? ''
    if (bare === '') this.fails('a value should stand here')
    if (bare.length > this.limits.stringBytes) this.exceeds('number')
    if (strict.length < bare.length) {
      this.issues.push({ kind: 'bare-number', text: bare, offset: from })
    }
    this.at = from + bare.length
    return { kind: 'number', text: bare, from, to: this.at }
  }

  private word<T extends { kind: string }>(from: number, word: string, node: T): T & Range {
    if (!this.text.startsWith(word, from)) this.fails('a value should stand here')
    this.at = from + word.length
    return { ...node, from, to: this.at }
  }

  private white() {
    const from = this.at
    this.at = skipWhiteSpace(this.text, from)
    if (this.at > from && !this.sawWhiteSpace) {
      this.sawWhiteSpace = true
      this.issues.push({ kind: 'white-space', offset: from })
    }
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  private fails(message: string, offset = this.at): never {
    throw new SyntaxProblem(message, offset)
  }

  private exceeds(limit: string): never {
    throw new SyntaxProblem(`limit exceeded: ${limit}`, this.at, limit)
  }
}
