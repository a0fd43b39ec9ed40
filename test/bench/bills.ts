/**
 * One page of an invoice from its bytes to what it says was billed, and a log of messages.
 *
 * @module
 */
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { asset } from '../../src/main/assets.ts'
import { LIMITS } from '../../src/main/engine/limits.ts'
import { readFile } from '../../src/main/engine/pipeline.ts'
import { keyBook } from '../../src/main/engine/trust/key-book.ts'
import type { EngineDeps } from '../../src/main/engine/types.ts'
import { digest, hostEngines } from '../../src/main/host-deps.ts'
import { billCorpus } from '../tools/bill-corpus.ts'
import { median } from './measure.ts'

const ROUNDS = 15

async function pdfOf(text: string): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  const page = document.addPage([595, 842])
  for (const [index, line] of text.split('\n').entries()) {
    page.drawText(line, { x: 40, y: 800 - 14 * index, size: 10, font })
  }
  return document.save()
}

async function secondsFor(name: string, bytes: Uint8Array, claims: number): Promise<number> {
  const deps: EngineDeps = {
    keys: keyBook([]),
    engines: hostEngines(false),
    digest,
    asset,
    now: 1_760_000_000_000,
    limits: LIMITS,
    evidence: false,
  }
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    const result = await readFile({ name, bytes }, deps)
    times.push((performance.now() - start) / 1000)
    if (result.claims.length !== claims) throw new Error('the benchmark must find the bill')
  }
  return median(times.slice(ROUNDS / 3))
}

/** @returns rows of a table */
export async function billRates(): Promise<[string, string, string][]> {
  const [bill] = billCorpus()
  if (bill === undefined) throw new Error('there is no bill')
  const encoder = new TextEncoder()
  const page = await secondsFor('bill.pdf', await pdfOf(bill.text), 1)
  const text = await secondsFor('bill.txt', encoder.encode(bill.text), 1)
  const line =
    '2025-03-14 09:30:06 INFO CP_1 >> [3,"19223201",{"currentTime":"2025-03-14T09:30:06Z"}]\n'
  const log = encoder.encode(line.repeat(200_000))
  const logged = await secondsFor('log.txt', log, 0)
  return [
    ['invoice, one PDF page, warm (target ≤ 0.25 s)', `${page.toFixed(3)} s`, ''],
    ['the same as text', `${text.toFixed(3)} s`, ''],
    ['log of messages', `${(log.length / 1_048_576 / logged).toFixed(0)} MiB/s`, ''],
  ]
}
