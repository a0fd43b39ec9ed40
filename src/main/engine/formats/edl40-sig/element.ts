/**
 * Where a `signedMeterValue` begins and ends in a text, also where its markup is escaped.
 *
 * @module
 */

/** The element with everything in it; no attribute of it holds an angle bracket. */
export const ELEMENT = /<((?:[\w.-]+:)?signedMeterValue)(?=[\s>])[^<>]*>[^]*?<\/\1\s*>/

const BEGIN = /(?:<|&lt;)(?:[\w.-]{1,64}:)?signedMeterValue(?=[\s>]|&gt;)/g
const END = /(?:<|&lt;)\/(?:[\w.-]{1,64}:)?signedMeterValue\s*(?:>|&gt;)/g

/** @returns ranges in order; `whole` is false where the end is missing */
export function* findElements(text: string): Generator<[from: number, to: number, whole: boolean]> {
  const ends = text.matchAll(END)
  let end = ends.next().value
  let from: number | null = null
  for (const { index } of text.matchAll(BEGIN)) {
    if (from !== null) {
      while (end !== undefined && end.index < from) end = ends.next().value
      yield* rangeOf(from, index, end)
    }
    from = index
  }
  if (from === null) return
  while (end !== undefined && end.index < from) end = ends.next().value
  yield* rangeOf(from, text.length, end)
}

function* rangeOf(
  from: number,
  next: number,
  end: RegExpExecArray | undefined,
): Generator<[number, number, boolean]> {
  const whole = end !== undefined && end.index < next
  yield [from, whole ? end.index + end[0].length : next, whole]
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  apos: "'",
  quot: '"',
  lt: '<',
  gt: '>',
}

/** One pass from left to right: an `&` that comes out is not read again. */
export function unescapeXml(text: string): string {
  return text.replace(/&(amp|apos|quot|lt|gt);/g, (_, name: string) => ENTITIES[name] ?? '')
}
