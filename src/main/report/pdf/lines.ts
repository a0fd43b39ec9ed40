/**
 * Text → lines that fit a width. Lines break at blanks; a word wider than a line breaks where
 * it must, behind a separator where one is near.
 *
 * @module
 */
import type { Face, Shaped } from './face.ts'
import type { FaceName } from './fonts.ts'
import type { TextStyle } from './style.ts'

export type Faces = Record<FaceName, Face>

/** A stretch of text in one style. */
export interface Span {
  text: string
  style: TextStyle
}

export interface Fragment extends Shaped {
  /** From the left end of the line. */
  x: number
  style: TextStyle
}

export interface Line {
  fragments: Fragment[]
  width: number
  leading: number
}

/** A word or blanks, measured. */
interface Piece {
  text: string
  style: TextStyle
  shaped: Shaped
  width: number
  blank: boolean
}

/** @returns at least one line, none wider than `width` unless a single character is */
export function breakLines(faces: Faces, spans: readonly Span[], width: number): Line[] {
  const lines: Piece[][] = []
  let line: Piece[] = []
  let used = 0
  const end = () => {
    lines.push(line)
    line = []
    used = 0
  }
  for (const group of groups(faces, spans)) {
    let rest = group
    const [first] = rest
    if (first?.blank === true) {
      // Blanks at a break belong to neither line.
      if (line.length > 0 || lines.length === 0) {
        line.push(...rest)
        used += sum(rest)
      }
      continue
    }
    if (used + sum(rest) > width && line.some(({ blank }) => !blank)) end()
    while (used + sum(rest) > width) {
      const [head, tail] = split(faces, rest, width - used)
      line.push(...head)
      if (tail.length === 0) {
        rest = []
        break
      }
      end()
      rest = tail
    }
    line.push(...rest)
    used += sum(rest)
  }
  end()
  return lines.map((pieces) => lineOf(pieces, spans))
}

/** @returns width of text that stays on one line */
export function measure(faces: Faces, text: string, style: TextStyle): number {
  const face = faces[style.face]
  return face.shape(face.printable(text)).width * style.size
}

/** Words without a blank between them stay together, also where the style changes. */
function groups(faces: Faces, spans: readonly Span[]): Piece[][] {
  const found: Piece[][] = []
  for (const { text, style } of spans) {
    const printable = faces[style.face].printable(text)
    for (const part of printable.match(/ +|[^ ]+/g) ?? []) {
      const made = piece(faces, part, style)
      const before = found.at(-1)
      if (before === undefined || made.blank || before[0]?.blank === true) found.push([made])
      else before.push(made)
    }
  }
  return found
}

function piece(faces: Faces, text: string, style: TextStyle): Piece {
  const shaped = faces[style.face].shape(text)
  return { text, style, shaped, width: shaped.width * style.size, blank: text.startsWith(' ') }
}

function sum(pieces: readonly Piece[]): number {
  return pieces.reduce((total, { width }) => total + width, 0)
}

/** Takes from a word as much as fits, at least one character. */
function split(faces: Faces, word: readonly Piece[], width: number): [Piece[], Piece[]] {
  const head: Piece[] = []
  let room = width
  for (const [index, part] of word.entries()) {
    if (part.width <= room) {
      head.push(part)
      room -= part.width
      continue
    }
    const characters = Array.from(part.text)
    const fit = fitting(faces, characters, part.style, room)
    const count = Math.max(fit, head.length === 0 ? 1 : 0)
    const at = separated(characters, count)
    if (at > 0) head.push(piece(faces, characters.slice(0, at).join(''), part.style))
    const rest = characters.slice(at).join('')
    const tail = rest === '' ? [] : [piece(faces, rest, part.style)]
    return [head, [...tail, ...word.slice(index + 1)]]
  }
  return [head, []]
}

function fitting(faces: Faces, characters: string[], style: TextStyle, room: number): number {
  const face = faces[style.face]
  let width = 0
  for (const [index, character] of characters.entries()) {
    width += face.shape(character).width * style.size
    if (width > room) return index
  }
  return characters.length
}

/** A break a little earlier, behind a separator, reads better. */
function separated(characters: readonly string[], count: number): number {
  for (let at = count; at > count * 0.7 && at > 1; at--) {
    if (SEPARATORS.has(characters[at - 1] ?? '')) return at
  }
  return count
}

const SEPARATORS = new Set('/\\-_.,;:&=*|')

function lineOf(pieces: Piece[], spans: readonly Span[]): Line {
  let count = pieces.length
  while (pieces[count - 1]?.blank === true) count--
  const fragments: Fragment[] = []
  let x = 0
  for (const { style, shaped, width } of pieces.slice(0, count)) {
    const before = fragments.at(-1)
    if (before !== undefined && before.style === style) {
      before.glyphs += shaped.glyphs
      before.width += shaped.width
    } else fragments.push({ x, style, ...shaped })
    x += width
  }
  const leading = fragments.length === 0 ? (spans[0]?.style.leading ?? 0) : 0
  return {
    fragments,
    width: x,
    leading: fragments.reduce((most, { style }) => Math.max(most, style.leading), leading),
  }
}
