/**
 * One typeface in one document: measures text, writes it as glyphs, and is embedded with the
 * glyphs that were used.
 *
 * What the typeface cannot show is written as an escape, `\u4e2d`: nothing of a record is lost,
 * and no character of a record can act on those beside it. One glyph stands for one character;
 * of two that look exactly alike the second is escaped, so that copied text is the text there was.
 * Figures have one width (OpenType `tnum`).
 *
 * @module
 */
import { createHash } from 'node:crypto'
import fontkit, { type Font, type Glyph, type Subset } from '@pdf-lib/fontkit'
import { type PDFContext, PDFHexString, PDFName, type PDFRef, PDFString } from 'pdf-lib'
import { visible } from '../../../shared/display.ts'

/** Text as glyphs. */
export interface Shaped {
  /** Elements of the array of the operator `TJ`. */
  glyphs: string
  /** In units of the letter size. */
  width: number
}

interface Drawn {
  hex: string
  width: number
}

const FEATURES = { tnum: true } as const
/** Shaped words kept; a report repeats its own words, hardly those of its data. */
const MOST_WORDS = 20_000

/** What holds for a typeface in every document; read once. */
class Typeface {
  readonly font: Font
  /** Glyph of each character that has one of its own. */
  private readonly glyphs = new Map<number, number>()
  private readonly kerning = new Map<string, number>()

  constructor(file: Uint8Array) {
    this.font = fontkit.create(file)
    const taken = new Set<number>()
    for (const codePoint of this.font.characterSet) {
      const { id } = this.font.glyphForCodePoint(codePoint)
      if (id === 0 || taken.has(id) || isHidden(codePoint)) continue
      taken.add(id)
      this.glyphs.set(codePoint, id)
    }
  }

  covers(codePoint: number): boolean {
    return this.glyphs.has(codePoint)
  }

  glyph(codePoint: number): Glyph {
    const character = String.fromCodePoint(codePoint)
    const glyph = LETTER.test(character)
      ? this.font.glyphForCodePoint(codePoint)
      : this.font.layout(character, FEATURES).glyphs[0]
    if (glyph === undefined || glyph.id === 0) throw new Error(`no glyph for ${codePoint}`)
    return glyph
  }

  /** @returns in units of the letter size */
  kern(left: number, right: number): number {
    const pair = String.fromCodePoint(left, right)
    const known = this.kerning.get(pair)
    if (known !== undefined) return known
    const kern = this.kernAnew(pair)
    this.kerning.set(pair, kern)
    return kern
  }

  private kernAnew(pair: string): number {
    if (this.font.post.isFixedPitch || !KERNED.test(pair)) return 0
    const { glyphs, positions } = this.font.layout(pair, FEATURES)
    const [first, place] = [glyphs[0], positions[0]]
    if (first === undefined || place === undefined || glyphs.length !== 2) return 0
    return (place.xAdvance - first.advanceWidth) / this.font.unitsPerEm
  }
}

const typefaces = new WeakMap<Uint8Array, Typeface>()

function typefaceOf(file: Uint8Array): Typeface {
  const known = typefaces.get(file)
  if (known !== undefined) return known
  const typeface = new Typeface(file)
  typefaces.set(file, typeface)
  return typeface
}

export class Face {
  private readonly typeface: Typeface
  private readonly subset: Subset
  private readonly drawn = new Map<number, Drawn>()
  private readonly words = new Map<string, Shaped>()
  /** Character and width of each glyph of the subset, by its number there. */
  private readonly used: { codePoint: number; width: number }[] = []

  /** @param file a TrueType font */
  constructor(file: Uint8Array) {
    this.typeface = typefaceOf(file)
    this.subset = this.typeface.font.createSubset()
  }

  /** @returns the text in characters this typeface has, in one line */
  printable(text: string): string {
    if (/^[\x20-\x7e]*$/.test(text)) return text
    let printable = ''
    for (const character of visible(text)) {
      const codePoint = character.codePointAt(0) ?? 0
      printable += this.typeface.covers(codePoint) ? character : escaped(codePoint)
    }
    return printable
  }

  /** @param text printable in this typeface */
  shape(text: string): Shaped {
    const known = this.words.get(text)
    if (known !== undefined) return known
    const shaped = this.shapeAnew(text)
    if (this.words.size >= MOST_WORDS) this.words.clear()
    this.words.set(text, shaped)
    return shaped
  }

  private shapeAnew(text: string): Shaped {
    let glyphs = '<'
    let width = 0
    let before: number | null = null
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0
      const kern = before === null ? 0 : this.typeface.kern(before, codePoint)
      if (kern !== 0) glyphs += `>${-Math.round(kern * 1000)}<`
      const { hex, width: own } = this.draw(codePoint)
      glyphs += hex
      width += own + Math.round(kern * 1000) / 1000
      before = codePoint
    }
    return { glyphs: `${glyphs}>`, width }
  }

  private draw(codePoint: number): Drawn {
    const known = this.drawn.get(codePoint)
    if (known !== undefined) return known
    const glyph = this.typeface.glyph(codePoint)
    const number = this.subset.includeGlyph(glyph)
    const width = glyph.advanceWidth / this.typeface.font.unitsPerEm
    this.used[number] = { codePoint, width }
    const drawn = { hex: number.toString(16).padStart(4, '0'), width }
    this.drawn.set(codePoint, drawn)
    return drawn
  }

  /** Writes the glyphs that were used. Source: ISO 32000-1, 9.7 and 9.9. */
  async embed(context: PDFContext): Promise<PDFRef> {
    const { font } = this.typeface
    const program = await this.program()
    const name = PDFName.of(`${tag(program)}+${font.postscriptName ?? 'Face'}`)
    const scale = 1000 / font.unitsPerEm
    const { bbox, ascent, descent, capHeight, xHeight, italicAngle, post } = font
    const descriptor = context.register(
      context.obj({
        Type: 'FontDescriptor',
        FontName: name,
        // Symbolic: glyphs are chosen by number; 1 for a fixed width.
        Flags: 4 | (post.isFixedPitch ? 1 : 0),
        FontBBox: [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map((at) => Math.round(at * scale)),
        ItalicAngle: italicAngle,
        Ascent: Math.round(ascent * scale),
        Descent: Math.round(descent * scale),
        CapHeight: Math.round(capHeight * scale),
        XHeight: Math.round(xHeight * scale),
        StemV: 80,
        FontFile2: context.register(context.flateStream(program, { Length1: program.length })),
      }),
    )
    const widths = this.used.map(({ width }) => Number((width * 1000).toFixed(3)))
    const descendant = context.register(
      context.obj({
        Type: 'Font',
        Subtype: 'CIDFontType2',
        BaseFont: name,
        CIDToGIDMap: 'Identity',
        CIDSystemInfo: {
          Registry: PDFString.of('Adobe'),
          Ordering: PDFString.of('Identity'),
          Supplement: 0,
        },
        FontDescriptor: descriptor,
        W: [1, widths.slice(1)],
      }),
    )
    return context.register(
      context.obj({
        Type: 'Font',
        Subtype: 'Type0',
        BaseFont: name,
        Encoding: 'Identity-H',
        DescendantFonts: [descendant],
        ToUnicode: context.register(context.flateStream(this.characterMap())),
      }),
    )
  }

  private program(): Promise<Uint8Array> {
    return new Promise((resolve) => {
      const chunks: Uint8Array[] = []
      this.subset
        .encodeStream()
        .on('data', (chunk) => chunks.push(chunk))
        .on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
    })
  }

  /** From glyph to character, so that text can be searched, copied and read aloud. */
  private characterMap(): string {
    const lines = this.used.flatMap(({ codePoint }, number) => {
      const text = PDFHexString.fromText(String.fromCodePoint(codePoint)).asString().slice(4)
      return [`<${number.toString(16).padStart(4, '0')}> <${text}>`]
    })
    const blocks: string[] = []
    for (let from = 0; from < lines.length; from += MOST_MAPPED) {
      const block = lines.slice(from, from + MOST_MAPPED)
      blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar')
    }
    return [
      '/CIDInit /ProcSet findresource begin',
      '12 dict begin',
      'begincmap',
      '/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def',
      '/CMapName /Adobe-Identity-UCS def',
      '/CMapType 2 def',
      '1 begincodespacerange',
      '<0000> <ffff>',
      'endcodespacerange',
      ...blocks,
      'endcmap',
      'CMapName currentdict /CMap defineresource pop',
      'end',
      'end',
    ].join('\n')
  }
}

const LETTER = /^\p{L}$/u
/** Pairs with a gap that the eye sees. The typeface takes its time for each answer. */
const KERNED = /^(?:[AFKLPTVWXYÄ][\p{L}.,]|\p{Lu}[TVWYÄ]|[frvwy][.,])$/u
/** Entries of one block of a character map (Adobe Technical Note 5014). */
const MOST_MAPPED = 100

/** Characters without a shape of their own, whatever a typeface draws for them. */
function isHidden(codePoint: number): boolean {
  const character = String.fromCodePoint(codePoint)
  return visible(character) !== character || /^\p{M}$/u.test(character)
}

function escaped(codePoint: number): string {
  const hex = codePoint.toString(16)
  return codePoint > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}

/** Six capital letters that tell subsets apart (ISO 32000-1, 9.6.4). */
function tag(program: Uint8Array): string {
  const digest = createHash('sha256').update(program).digest()
  return Array.from(digest.subarray(0, 6), (byte) => String.fromCodePoint(65 + (byte % 26))).join(
    '',
  )
}
