/**
 * Pictures: the codes in them are read, nothing else is looked at.
 *
 * @module
 */
import { looseFinding } from '../../../../shared/model/finding.ts'
import { SyntaxProblem } from '../../codec/decode-error.ts'
import { utf8TextLenient } from '../../codec/text.ts'
import { DoctypeRefused } from '../../codec/xml.ts'
import type { CarriedFile, Opened } from '../../types.ts'
import { type CarrierTools, addAll, nothing } from '../container.ts'
import { openCodes } from './code-texts.ts'
import { type Code, prepareCodes, readCodes } from './codes.ts'
import { sizeOf } from './size.ts'
import { drawSvg } from './svg.ts'

/** Pixels from which one look takes as long as several at others. */
const LARGE = 16_000_000
/** Pixels of a picture that is decoded. */
const MEGAPIXELS = 40

export async function openImage(file: CarriedFile, tools: CarrierTools): Promise<Opened> {
  const opened = nothing()
  const size = sizeOf(file.bytes)
  if (size !== null && size.width * size.height > MEGAPIXELS * 1_000_000) {
    opened.findings.push(looseFinding('IN-TOOBIG', { limit: 'limit.pixels' }))
    return opened
  }
  await prepareCodes(() => tools.asset('zxing_reader.wasm'))
  const large = size !== null && size.width * size.height > LARGE
  const codes =
    size?.kind === 'webp' ? await webpCodes(file, tools) : await codesIn(file.bytes, large)
  openCodes(codes, file, tools, opened)
  if (codes.length === 0) opened.findings.push(looseFinding('IN-NO-CODE', {}))
  return opened
}

/** A picture that cannot be decoded has no codes. */
async function codesIn(bytes: Uint8Array, once = false): Promise<Code[]> {
  try {
    return await readCodes(bytes, once)
  } catch {
    return []
  }
}

async function webpCodes(file: CarriedFile, tools: CarrierTools): Promise<Code[]> {
  const { decodeWebp } = await import('./webp.ts')
  const pixels = await decodeWebp(file.bytes, () => tools.asset('webp_dec.wasm'))
  return pixels === null ? [] : readCodes(pixels)
}

/** Drawings, and whatever stands in their text. */
export async function openSvg(file: CarriedFile, tools: CarrierTools): Promise<Opened> {
  const opened = nothing()
  try {
    const { raster, pictures } = drawSvg(utf8TextLenient(file.bytes))
    await prepareCodes(() => tools.asset('zxing_reader.wasm'))
    const codes = await readCodes(raster, true)
    for (const picture of pictures) codes.push(...(await codesIn(picture)))
    openCodes(codes, file, tools, opened)
    const text = tools.plain(file)
    addAll(opened, { ...text, findings: [] })
    if (codes.length === 0 && text.records.length + text.keys.length === 0) {
      opened.findings.push(looseFinding('IN-NO-CODE', {}))
    }
  } catch (error) {
    if (error instanceof DoctypeRefused) opened.findings.push(looseFinding('IN-DOCTYPE', {}))
    else if (error instanceof SyntaxProblem) {
      const offset = String(error.offset)
      opened.findings.push(
        error.limit === null
          ? looseFinding('IN-XML', { offset }, { offset: error.offset })
          : looseFinding('IN-TOOBIG', { limit: error.limit }),
      )
    } else throw error
  }
  return opened
}
