/**
 * PDF.js, without its worker, network, fonts, scripts and canvas.
 *
 * Its two halves run in one thread: whoever opens a PDF here is a worker that can be ended.
 *
 * @module
 */
import type * as Library from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { AssetName } from '../../types.ts'
import type { CarrierTools } from '../container.ts'

export type Pdfjs = typeof Library

/** Pixels of a picture that is decoded; larger ones are left out. */
const MOST_PIXELS = 40_000_000

let loading: Promise<Pdfjs> | null = null

export function loadPdfjs(): Promise<Pdfjs> {
  loading ??= load()
  return loading
}

async function load(): Promise<Pdfjs> {
  const scope = globalThis as Record<string, unknown>
  // Of a canvas nothing but these names is ever asked for: nothing is rendered by it.
  scope['DOMMatrix'] ??= Object
  scope['Path2D'] ??= Object
  scope['pdfjsWorker'] = await import('pdfjs-dist/legacy/build/pdf.worker.mjs')
  return import('pdfjs-dist/legacy/build/pdf.mjs')
}

/**
 * @param passwords tried one after the other
 * @returns why it cannot be opened: `PasswordException`, `InvalidPDFException` and others
 */
export async function openDocument(
  pdfjs: Pdfjs,
  bytes: Uint8Array,
  passwords: readonly string[] = [],
  tools: CarrierTools,
): Promise<PDFDocumentProxy | Error> {
  const [password, ...others] = passwords
  const document = await openWith(pdfjs, bytes, password, tools)
  const refused = document instanceof Error && document.name === 'PasswordException'
  return refused && others.length > 0 ? openDocument(pdfjs, bytes, others, tools) : document
}

async function openWith(
  pdfjs: Pdfjs,
  bytes: Uint8Array,
  password: string | undefined,
  { asset }: CarrierTools,
): Promise<PDFDocumentProxy | Error> {
  const task = pdfjs.getDocument({
    // Its reader takes the bytes away.
    data: Uint8Array.from(bytes),
    ...(password === undefined ? {} : { password }),
    verbosity: 0,
    maxImageSize: MOST_PIXELS,
    disableFontFace: true,
    fontExtraProperties: false,
    useSystemFonts: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    stopAtErrors: false,
    wasmUrl: 'pdf/',
    BinaryDataFactory: class {
      async fetch({ filename }: { filename: AssetName }): Promise<Uint8Array> {
        return asset(filename)
      }
    },
  })
  try {
    return await task.promise
  } catch (error) {
    await task.destroy()
    return error instanceof Error ? error : new Error(String(error))
  }
}
