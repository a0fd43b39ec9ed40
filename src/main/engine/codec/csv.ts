/**
 * CSV as a stream: text in parts → rows, without holding the file.
 *
 * Shape: cells between delimiters, rows between line ends of any kind; a cell in quotation marks
 * may hold delimiters, line breaks and doubled quotation marks. A mark inside an unquoted cell is
 * itself, and what stands behind a closing mark belongs to the cell: nothing is dropped.
 * Source: RFC 4180.
 *
 * @module
 */
import { SyntaxProblem } from './decode-error.ts'

export interface CsvOptions {
  delimiter: string
  /** @param line of the file where the row begins, from 1 */
  onRow: (cells: string[], line: number) => void
  /** Characters of one row; a quotation mark that is never closed makes it endless. */
  rowLimit: number
}

const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d

export class CsvReader {
  private readonly options: CsvOptions
  private readonly delimiter: number
  /** Text of the row that is not complete yet, and the line it begins in. */
  private rest = ''
  private line = 1

  constructor(options: CsvOptions) {
    this.options = options
    this.delimiter = options.delimiter.charCodeAt(0)
  }

  /** @throws SyntaxProblem `quote` with the line in which a quotation mark is never closed */
  push(text: string): void {
    this.rest = this.rows(this.rest + text, false)
    if (this.rest.length > this.options.rowLimit) throw new SyntaxProblem('quote', this.line)
  }

  /**
   * @returns whether the last row had its line end
   * @throws SyntaxProblem as {@link push}
   */
  end(): boolean {
    const ended = this.rest === ''
    if (this.rows(this.rest, true) !== '') throw new SyntaxProblem('quote', this.line)
    return ended
  }

  /** @returns what belongs to a row that is not complete */
  private rows(text: string, last: boolean): string {
    let start = 0
    while (start < text.length) {
      const end = this.row(text, start, last)
      if (end < 0) return text.slice(start)
      start = end
    }
    return ''
  }

  /** @returns where the next row begins; -1 where this one is not complete */
  private row(text: string, start: number, last: boolean): number {
    const cells: string[] = []
    let breaks = 0
    let at = start
    for (;;) {
      let value = ''
      if (text.charCodeAt(at) === QUOTE) {
        const close = closingQuote(text, at + 1)
        // Without the character behind it nobody knows whether a mark closes.
        if (close < 0 || (close + 1 === text.length && !last)) return -1
        value = text.slice(at + 1, close)
        if (value.includes('"')) value = value.replaceAll('""', '"')
        for (let i = at; i < close; i++) if (text.charCodeAt(i) === LF) breaks++
        at = close + 1
      }
      const from = at
      let code = text.charCodeAt(at)
      while (at < text.length && code !== this.delimiter && code !== LF && code !== CR) {
        code = text.charCodeAt(++at)
      }
      if (at > from) value += text.slice(from, at)
      cells.push(value)
      if (at >= text.length) {
        if (!last) return -1
        break
      }
      if (code !== this.delimiter) break
      at++
    }
    if (text.charCodeAt(at) === CR) {
      at++
      if (at === text.length && !last) return -1
    }
    if (text.charCodeAt(at) === LF) at++
    this.options.onRow(cells, this.line)
    this.line += breaks + 1
    return at
  }
}

/** @returns where the mark that is not doubled stands; -1 for none */
function closingQuote(text: string, from: number): number {
  for (let at = from; ;) {
    const close = text.indexOf('"', at)
    if (close < 0 || text.charCodeAt(close + 1) !== QUOTE) return close
    at = close + 2
  }
}
