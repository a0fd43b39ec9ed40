/**
 * Logs of messages: JSON Lines, and text with frames in it, whatever stands in front of them.
 *
 * Values are found by their brackets, with their strings understood, so that a frame may stand over
 * several lines; dumps of Python are turned into JSON first. Only values that can hold a record or a
 * key are read. The whole log is looked at once.
 * Source: OCPP-J 1.6, 4.2; formats documentation of interfaces, A.1.
 *
 * @module
 */
import { looseFinding } from '../../../shared/model/finding.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import { parseJson } from '../codec/json.ts'
import { utf8Bytes } from '../codec/text.ts'
import { FILE_JSON, LIMITS } from '../limits.ts'
import type { Opened } from '../types.ts'
import { type Container, type TextInput, nothing } from './container.ts'
import { visitJson } from './json.ts'

/** A frame of OCPP-J, or the arguments of one. */
const FRAME = /\[\s*[2-6]\s*,\s*["']/
/** What a line can begin with that is a value of its own. */
const VALUE_LINE = /^\s*[[{]/
/** Words without which there is neither a record nor a key in a value. */
const WORTH_READING =
  /signed|signature|public_?key|OCMF|FiscalMetering|total_energy|ConsumedEnergy|\bAP;|T0NNR|1B1B1B1B|GxsbG/i

export const messageLog: Container = {
  detect: (text) => isJsonLines(text) || isFrameLog(text),
  open: (input) => {
    const opened = nothing()
    let skipped = 0
    for (const [from, to] of valuesIn(input.text)) {
      const value = input.text.slice(from, to)
      if (WORTH_READING.test(value)) openValue(value, from, input, opened)
      else skipped++
    }
    if (opened.records.length + opened.keys.length + skipped === 0) {
      opened.findings.push(looseFinding('IN-UNKNOWN', {}))
    }
    return opened
  },
}

/** Two lines that begin like values, the first of them a whole one. */
function isJsonLines(text: string): boolean {
  const end = text.indexOf('\n')
  if (end < 0 || !VALUE_LINE.test(text.slice(0, 256))) return false
  const first = text.slice(0, end).trim()
  const next = text.slice(end + 1, end + 257)
  return /[\]}]$/.test(first) && VALUE_LINE.test(next) && endOfValue(first, 0) === first.length
}

/** A frame behind something else in its line. */
function isFrameLog(text: string): boolean {
  const at = text.slice(0, BEGINNING).search(FRAME)
  return at > 0 && !VALUE_LINE.test(text.slice(0, 256))
}

const BEGINNING = 64 * 1024
/** A frame that does not end within so many characters is none. */
const LONGEST = 1024 * 1024

/** @returns where values begin and end, in order */
function* valuesIn(text: string): Generator<[number, number]> {
  // A log full of brackets that never close must not be looked at again and again.
  let lost = 4 * text.length
  const starts = /(?:^|\n)[^\S\n]*(?=[[{])|\[\s*[2-6]\s*,\s*["']|\{\s*["']/g
  for (let match = starts.exec(text); match !== null; match = starts.exec(text)) {
    const from = match.index + match[0].search(/[[{]|$/)
    const end = endOfValue(text, from)
    if (end === null) {
      lost -= LONGEST
      if (lost < 0) return
      starts.lastIndex = Math.max(from + 1, starts.lastIndex)
    } else {
      yield [from, end]
      starts.lastIndex = end
    }
  }
}

/** @returns behind the bracket that closes the one at `from`; null where none does */
function endOfValue(text: string, from: number): number | null {
  let depth = 0
  const most = Math.min(text.length, from + LONGEST)
  const marks = /["'[\]{}]/g
  marks.lastIndex = from
  for (
    let match = marks.exec(text);
    match !== null && match.index < most;
    match = marks.exec(text)
  ) {
    const mark = match[0]
    if (mark === '"' || mark === "'") {
      const close = endOfString(text, match.index, most)
      if (close === null) return null
      marks.lastIndex = close
    } else if (mark === '[' || mark === '{') depth++
    else if (--depth === 0) return match.index + 1
    if (depth > LIMITS.xmlDepth) return null
  }
  return null
}

function endOfString(text: string, from: number, most: number): number | null {
  const quote = text[from]
  for (let at = from + 1; at < most; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === quote) return at + 1
  }
  return null
}

function openValue(value: string, at: number, { origin }: TextInput, opened: Opened): void {
  const bytes = utf8Bytes(/^[[{]\s*(?:\d\s*,\s*)?'|'\s*:/.test(value) ? fromPython(value) : value)
  try {
    const { node } = parseJson(bytes, FILE_JSON)
    visitJson(node, { bytes, origin: [...origin, { step: 'message', name: `@${at}` }], opened })
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
    const offset = at + error.offset
    opened.findings.push(
      looseFinding('IN-JSON', { offset: String(offset) }, { severity: 'warning', offset }),
    )
  }
}

const WORDS: Record<string, string> = { None: 'null', True: 'true', False: 'false' }

/** @returns what `repr` of Python wrote, as JSON: quotes, names of values, and enumerations */
function fromPython(text: string): string {
  return text.replace(
    /<[\w.]+: ('(?:[^'\\]|\\.)*')>|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\b(?:None|True|False)\b/g,
    (part, inEnum: string | undefined) => {
      const literal = inEnum ?? part
      if (!/^["']/.test(literal)) return WORDS[literal] ?? literal
      const inner = literal.slice(1, -1)
      const plain = literal.startsWith("'")
        ? inner.replaceAll("\\'", "'").replace(/(?<!\\)"/g, '\\"')
        : inner
      return `"${plain}"`
    },
  )
}
