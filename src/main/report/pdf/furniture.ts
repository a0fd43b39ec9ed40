/**
 * Header and footer of every page: what document this is, which page of how many, the checksum
 * of the embedded result, and what the check is not.
 *
 * @module
 */
import type { Language } from '../../../shared/i18n/index.ts'
import type { Contents } from './contents.ts'
import type { Flow } from './flow.ts'
import { type Faces, breakLines } from './lines.ts'
import { voice } from './pieces.ts'
import type { Sheet } from './sheet.ts'
import { AREA, COLOR, PAGE, STATE_STYLE, STYLE, type TextStyle, WIDTH } from './style.ts'

const HEADER = 40
const FOOTER = PAGE.height - 50
/** Characters of the checksum that stand on every page. */
const SHOWN_DIGITS = 16

/** @param languageOf language of each page, by its position */
export function drawFurniture(
  flow: Flow,
  contents: Contents,
  languageOf: (sheet: number) => Language,
): void {
  for (const sheet of flow.sheets) {
    sheet.furnish(() => drawPage(flow, sheet, contents, languageOf(sheet.index)))
  }
}

function drawPage(flow: Flow, sheet: Sheet, contents: Contents, language: Language): void {
  const { faces } = flow
  const t = voice(language)
  const place = { page: String(sheet.index + 1), pages: String(flow.sheets.length) }
  put(faces, sheet, `Eichlicht · ${t('report.title')}`, HEADER, STYLE.tiny, 'left')
  put(faces, sheet, t('report.page', place), HEADER, STYLE.tiny, 'right')
  if (contents.integrity === 'modified') {
    const style = { ...STYLE.tiny, color: STATE_STYLE.SIGNATURE_INVALID.ink }
    put(faces, sheet, t('report.modified'), HEADER, style, 'centre')
  }
  sheet.rule(AREA.left, HEADER + 13, WIDTH, { color: COLOR.line, width: 0.5 })
  sheet.rule(AREA.left, FOOTER - 4, WIDTH, { color: COLOR.line, width: 0.5 })
  put(faces, sheet, t('report.notice'), FOOTER, STYLE.tiny, 'left')
  const digits = contents.resultSha256.slice(0, SHOWN_DIGITS)
  put(faces, sheet, `result.json SHA-256 ${digits}…`, FOOTER + 11, STYLE.tinyCode, 'left')
}

function put(
  faces: Faces,
  sheet: Sheet,
  text: string,
  top: number,
  style: TextStyle,
  align: 'left' | 'centre' | 'right',
): void {
  const [line] = breakLines(faces, [{ text, style }], WIDTH)
  if (line === undefined) return
  const room = WIDTH - line.width
  const indent = { left: 0, centre: room / 2, right: room }[align]
  sheet.text(line, AREA.left + indent, top)
}
