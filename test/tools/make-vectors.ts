/**
 * Writes `test/vectors/<format>/*.vec` from the tables in `test/tools/vectors/`: `npm run vectors`,
 * or `npm run vectors alfen` for one format.
 *
 * @module
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import type { FormatId } from '../../src/shared/model/record.ts'
import { type VectorCase, file } from './vectors/base.ts'
import { CASES } from './vectors/index.ts'
import { writeFiles } from './vector-file.ts'

export const FORMATS_WITH_VECTORS = Object.keys(CASES) as FormatId[]

export function vectorFolder(format: FormatId): URL {
  return new URL(`../vectors/${format}/`, import.meta.url)
}

/** @returns contents by file name */
export function vectorFiles(format: FormatId): Map<string, string> {
  const files = new Map<string, string>()
  const { key, cases } = CASES[format] ?? { key: null, cases: [] }
  for (const vector of cases) {
    const name = `${vector.name}.vec`
    if (files.has(name)) throw new Error(`two vectors are called ${vector.name}`)
    files.set(name, vectorText({ keys: key === null ? [] : [key], ...vector }))
  }
  return files
}

function vectorText(vector: VectorCase): string {
  const { input, keys = [], trust = 'K4' } = vector
  const files =
    typeof input === 'string' || input instanceof Uint8Array ? [file(vector.name, input)] : input
  const list = (values: VectorCase['usable'], separator = ' ') =>
    values === undefined
      ? []
      : [
          [values]
            .flat()
            .map((value) => value ?? '-')
            .join(separator),
        ]
  const header: [string, string[]][] = [
    ['comment', [vector.comment]],
    ['expect', list(vector.expect)],
    ['inputs', list(vector.inputs)],
    ['finding', list(vector.finding)],
    ['not-finding', list(vector.notFinding)],
    ['signature', list(vector.signature)],
    ['energy', list(vector.energy, ', ')],
    ['duration', list(vector.duration, ', ')],
    ['usable', list(vector.usable, ', ')],
    ['expect-trust', list(vector.expectTrust)],
    ['key', [...keys]],
    ['trust', keys.length === 0 ? [] : [trust]],
    ['published', (vector.published ?? []).map(({ meter, key }) => `${meter} ${key}`)],
  ]
  const lines = header.flatMap(([name, values]) => values.map((value) => `${name}: ${value}\n`))
  return `${lines.join('')}\n${writeFiles(files)}`
}

function write(format: FormatId): void {
  const folder = vectorFolder(format)
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.vec')) rmSync(new URL(name, folder))
  }
  for (const [name, text] of vectorFiles(format)) writeFileSync(new URL(name, folder), text)
}

if (import.meta.main) {
  const [, , ...wanted] = process.argv
  for (const format of FORMATS_WITH_VECTORS) {
    if (wanted.length === 0 || wanted.includes(format)) write(format)
  }
}
