/**
 * Sheets of XLSX workbooks as a stream: XML in parts → rows of text.
 *
 * Numbers stay the text they are written as; a date is the number that the file keeps for it.
 * A value that a formula computed is given, and told. Shared texts are kept as UTF-8, which takes
 * a third of what strings would.
 * Source: ECMA-376 part 1, 18.3 (worksheets) and 18.4 (shared string table).
 *
 * @module
 */
import { SaxesParser } from 'saxes'
import { DoctypeRefused } from './xml.ts'
import { SyntaxProblem } from './decode-error.ts'

/** A workbook has at most so many columns (ECMA-376 part 1, 18.3.1.4). */
const MOST_COLUMNS = 16_384
/** Characters of one cell, as spreadsheets hold at most. */
const MOST_CHARACTERS = 32_767

export interface SheetRow {
  /** Number of the row, from 1. */
  row: number
  cells: string[]
  /** Columns, from 0, whose value a formula computed. */
  formulas: number[]
}

abstract class XmlStream {
  protected readonly parser = new SaxesParser({ position: false, xmlns: false })

  constructor() {
    this.parser.on('error', (error) => {
      throw new SyntaxProblem(error.message, 0)
    })
    this.parser.on('doctype', () => {
      throw new DoctypeRefused()
    })
  }

  /** @throws SyntaxProblem, DoctypeRefused */
  push(text: string): void {
    this.parser.write(text)
  }

  /** @throws SyntaxProblem where the document ends too early */
  end(): void {
    this.parser.close()
  }
}

/** The texts that cells of type `s` point to. */
export class SharedTexts extends XmlStream {
  private bytes = new Uint8Array(1 << 20)
  private used = 0
  private ends: number[] = []
  private readonly encoder = new TextEncoder()
  private readonly decoder = new TextDecoder()

  /** @param limit bytes of all texts */
  constructor(limit: number) {
    super()
    let text = ''
    let inside = false
    let phonetic = false
    this.parser.on('opentag', ({ name }) => {
      const local = localName(name)
      if (local === 'si') text = ''
      else if (local === 'rPh') phonetic = true
      else if (local === 't') inside = !phonetic
    })
    this.parser.on('text', (part) => {
      if (inside) text += part
      if (text.length > MOST_CHARACTERS) throw new SyntaxProblem('too long', 0, 'cell')
    })
    this.parser.on('closetag', ({ name }) => {
      const local = localName(name)
      if (local === 't') inside = false
      else if (local === 'rPh') phonetic = false
      else if (local === 'si') this.keep(text, limit)
    })
  }

  /** @returns null where there is no such text */
  get(index: number): string | null {
    const end = this.ends[index]
    if (end === undefined) return null
    return this.decoder.decode(this.bytes.subarray(this.ends[index - 1] ?? 0, end))
  }

  private keep(text: string, limit: number): void {
    const needed = this.used + 3 * text.length
    if (needed > this.bytes.length) {
      if (needed > limit) throw new SyntaxProblem('too long', 0, 'shared texts')
      const larger = new Uint8Array(Math.min(Math.max(2 * this.bytes.length, needed), limit))
      larger.set(this.bytes.subarray(0, this.used))
      this.bytes = larger
    }
    this.used += this.encoder.encodeInto(text, this.bytes.subarray(this.used)).written
    this.ends.push(this.used)
  }
}

export class SheetReader extends XmlStream {
  /**
   * @param onRow gets every row that is written, in the order of the file
   * @param columns so many of a row are kept: one cell far out makes a long row of empty ones
   */
  constructor(shared: SharedTexts, onRow: (row: SheetRow) => void, columns = MOST_COLUMNS) {
    super()
    let current: SheetRow = { row: 0, cells: [], formulas: [] }
    let column = -1
    let type = ''
    let text = ''
    let inside = false
    this.parser.on('opentag', ({ name, attributes }) => {
      switch (localName(name)) {
        case 'row': {
          const number = Number(attributes['r'] ?? current.row + 1)
          current = { row: number, cells: [], formulas: [] }
          column = -1
          break
        }
        case 'c':
          column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r'])
          type = attributes['t'] ?? 'n'
          text = ''
          break
        case 'f':
          current.formulas.push(column)
          break
        case 'v':
        case 't':
          inside = true
          break
        default:
      }
    })
    this.parser.on('text', (part) => {
      if (inside) text += part
      if (text.length > MOST_CHARACTERS) throw new SyntaxProblem('too long', 0, 'cell')
    })
    this.parser.on('closetag', ({ name }) => {
      switch (localName(name)) {
        case 'v':
        case 't':
          inside = false
          break
        case 'c': {
          const value = type === 's' && text !== '' ? shared.get(Number(text)) : text
          if (value === null) throw new SyntaxProblem('no such shared text', 0)
          if (column < 0 || column >= MOST_COLUMNS) throw new SyntaxProblem('no such column', 0)
          if (column >= columns) break
          while (current.cells.length < column) current.cells.push('')
          current.cells[column] = value
          break
        }
        case 'row':
          onRow(current)
          break
        default:
      }
    })
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** @returns column of a reference such as `AB12`, from 0; -1 for none */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i)
    if (code < 0x41 || code > 0x5a) break
    column = column * 26 + code - 0x40
    if (column > MOST_COLUMNS) return -1
  }
  return column - 1
}
