/**
 * `ChargingProcess` elements: where they stand in other text, and what stands in one.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import { DecodeError, SyntaxProblem } from '../../codec/decode-error.ts'
import { byteText, utf8TextLenient } from '../../codec/text.ts'
import { DoctypeRefused, type XmlElement, readXml } from '../../codec/xml.ts'
import { LIMITS } from '../../limits.ts'
import type { RecordPart } from '../format.ts'

const OPEN = /<(?:[\w.-]{1,64}:)?ChargingProcess(?=[\s/>])/g
const CLOSE = /<\/(?:[\w.-]{1,64}:)?ChargingProcess\s{0,16}>/g

export function looksLikeProcess(bytes: Uint8Array): boolean {
  return byteText(bytes).search(OPEN) >= 0
}

/** @returns byte ranges of the elements; one without its end reaches to the next, and is not whole */
export function* findProcesses(
  bytes: Uint8Array,
): Iterable<[from: number, to: number, whole: boolean]> {
  const text = byteText(bytes)
  let open = nextAt(OPEN, text, 0)
  while (open !== null) {
    const next = nextAt(OPEN, text, open.to)
    const close = nextAt(CLOSE, text, open.to)
    const whole = close !== null && (next === null || close.to <= next.from)
    yield [open.from, whole ? close.to : (next?.from ?? text.length), whole]
    open = next
  }
}

function nextAt(expression: RegExp, text: string, from: number) {
  expression.lastIndex = from
  const match = expression.exec(text)
  return match === null ? null : { from: match.index, to: match.index + match[0].length }
}

/**
 * @returns the readings in a process, in the order begin, end, with a name of the session that is
 *   the same wherever the process is found; empty where there are none
 */
export function measurementsIn(bytes: Uint8Array): RecordPart[] {
  const process = tryRead(bytes)
  if (process === null) return []
  const roles = (['begin', 'end'] as const).filter((role) => process.has(MEASUREMENTS[role]))
  const parts = ['ServerId', ...Object.values(MEASUREMENTS).map((name) => `${name}.Pagination`)]
  const session = parts
    .map((path) => process.lastText(path).replace(/\s+/g, '').slice(0, 40))
    .join('-')
  return roles.map((role) => ({ role, session, name: MEASUREMENTS[role] }))
}

function tryRead(bytes: Uint8Array): Process | null {
  try {
    return new Process(bytes)
  } catch (error) {
    if (error instanceof DecodeError) return null
    throw error
  }
}

export const MEASUREMENTS = { begin: 'MeasurementStart', end: 'MeasurementEnd' } as const
export type MeasurementRole = keyof typeof MEASUREMENTS

/** Texts of elements by their way from the process: `"MeasurementStart.Value"`. */
export class Process {
  private readonly texts: ReadonlyMap<string, string>
  private readonly doubled: ReadonlySet<string>

  /** @throws DecodeError `IN-XML`, `IN-DOCTYPE`, `IN-TOOBIG`: the element cannot be read */
  constructor(bytes: Uint8Array) {
    const texts = new Map<string, string>()
    const doubled = new Set<string>()
    readElement(utf8TextLenient(bytes), (path, text) => {
      if (texts.has(path)) doubled.add(path)
      texts.set(path, text.trim())
    })
    this.texts = texts
    this.doubled = doubled
  }

  /** Whether there is such an element, with or without something in it. */
  has(path: string): boolean {
    return this.texts.has(path)
  }

  /**
   * @returns the trimmed text; null where there is no such element
   * @throws DecodeError `SES-DUPKEY` where there are two
   */
  text(path: string): string | null {
    if (this.doubled.has(path)) {
      throw new DecodeError(looseFinding('SES-DUPKEY', { field: path }, { path }))
    }
    return this.texts.get(path) ?? null
  }

  /** @returns the text of the last such element; empty where there is none */
  lastText(path: string): string {
    return this.texts.get(path) ?? ''
  }

  /** @returns every element with text, in its order */
  all(): [path: string, text: string][] {
    return [...this.texts].filter(([, text]) => text !== '')
  }
}

/** @param close called for each element with its way from the process, which is left out */
function readElement(whole: string, close: (path: string, text: string) => void): void {
  const paths = new WeakMap<XmlElement, string>()
  let left: number = LIMITS.processElements
  try {
    readXml(elementIn(whole), {
      open: (element) => {
        const around = element.parent === null ? null : (paths.get(element.parent) ?? '')
        if (around !== null)
          paths.set(element, around === '' ? element.name : `${around}.${element.name}`)
        if (left-- === 0) throw tooBig(`${LIMITS.processElements} elements`)
      },
      close: (element, text) => {
        const path = paths.get(element)
        if (path !== undefined) close(path, text)
      },
    })
  } catch (error) {
    if (error instanceof DoctypeRefused) throw new DecodeError(looseFinding('IN-DOCTYPE', {}))
    if (!(error instanceof SyntaxProblem)) throw error
    throw new DecodeError(problem(error))
  }
}

function problem({ limit, offset }: SyntaxProblem): LooseFinding {
  if (limit !== null) return looseFinding('IN-TOOBIG', { limit }, { offset })
  return looseFinding('IN-XML', { offset: String(offset) }, { offset })
}

function tooBig(limit: string): DecodeError {
  return new DecodeError(looseFinding('IN-TOOBIG', { limit }))
}

/** The first element alone, without the declaration and whatever stands around it. */
function elementIn(whole: string): string {
  const open = nextAt(OPEN, whole, 0)
  if (open === null) return whole
  const close = nextAt(CLOSE, whole, open.to)
  return whole.slice(open.from, close?.to ?? whole.length)
}
