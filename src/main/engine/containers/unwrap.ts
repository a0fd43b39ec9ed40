/**
 * Whole files that are written in hexadecimal digits, base64, a data address or a string: undone
 * until the file itself is there, each step told in its origin.
 *
 * Done only where a known kind of file comes out: records and keys are found wherever they stand.
 *
 * @module
 */
import { fromHex } from '../../../shared/hex.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { fromBase64 } from '../codec/base64.ts'
import { byteText, utf8Bytes } from '../codec/text.ts'
import { LIMITS } from '../limits.ts'
import type { CarriedFile } from '../types.ts'

interface Rung {
  name: string
  /** By the beginning of the text. */
  begins: RegExp
  undo: (text: string) => Uint8Array | null
}

const LADDER: readonly Rung[] = [
  {
    name: 'hex',
    begins: /^\s*(?:0x)?[0-9a-f]{2}[0-9a-f\s:]*$/i,
    undo: (text) => fromHex(text.replace(/^\s*0x|[\s:]+/gi, '')),
  },
  { name: 'base64', begins: /^[\sA-Za-z0-9+/=_-]*$/, undo: fromBase64 },
  {
    name: 'data',
    begins: /^\s*data:[\w./+;=-]{0,100};base64,/i,
    undo: (text) => fromBase64(text.slice(text.indexOf(',') + 1)),
  },
  { name: 'json', begins: /^\s*"/, undo: readString },
]

/** Bytes that decide whether a rung is worth trying. */
const BEGINNING = 256
/** No file that holds a record is shorter. */
const SHORTEST = 32

/** @param isKnown whether these bytes are a kind of file that is opened */
export function unwrap(file: CarriedFile, isKnown: (bytes: Uint8Array) => boolean): CarriedFile {
  let bytes = file.bytes
  const steps: Origin[] = []
  for (let layer = 0; layer < LIMITS.encodingLayers; layer++) {
    if (isKnown(bytes)) {
      return steps.length === 0 ? file : { ...file, bytes, origin: [...file.origin, ...steps] }
    }
    const inner = undo(bytes)
    if (inner === null) return file
    bytes = inner.bytes
    steps.push({ step: 'encoding', name: inner.name })
  }
  return file
}

function undo(bytes: Uint8Array): { name: string; bytes: Uint8Array } | null {
  if (bytes.length < SHORTEST) return null
  const beginning = byteText(bytes.subarray(0, BEGINNING))
  for (const { name, begins, undo: read } of LADDER) {
    if (!begins.test(beginning)) continue
    const inner = read(byteText(bytes))
    if (inner !== null && inner.length > 0) return { name, bytes: inner }
  }
  return null
}

function readString(text: string): Uint8Array | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? utf8Bytes(value) : null
  } catch {
    return null
  }
}
