/**
 * Writes `test/vectors/ocmf/*.vec` from the tables in `test/tools/vectors/`: `npm run vectors`.
 *
 * What a case expects stands in the tables, by hand and with its reason, and is never taken from
 * what the program says.
 *
 * @module
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { KEY, type VectorCase, file } from './vectors/base.ts'
import { CARRIERS } from './vectors/carriers.ts'
import { CURVE_CASES } from './vectors/curves.ts'
import { EVSE } from './vectors/evse.ts'
import { GENERAL } from './vectors/general.ts'
import { HOSTILE } from './vectors/hostile.ts'
import { KEYS } from './vectors/keys.ts'
import { ORDER } from './vectors/order.ts'
import { PAIRING } from './vectors/pairing.ts'
import { READINGS } from './vectors/readings.ts'
import { SESSIONS } from './vectors/sessions.ts'
import { SIGNATURES } from './vectors/signatures.ts'
import { STRUCTURE } from './vectors/structure.ts'
import { USER } from './vectors/user.ts'
import { writeFiles } from './vector-file.ts'

const CASES: readonly VectorCase[] = [
  ...STRUCTURE,
  ...GENERAL,
  ...USER,
  ...EVSE,
  ...READINGS,
  ...ORDER,
  ...SIGNATURES,
  ...CURVE_CASES,
  ...KEYS,
  ...SESSIONS,
  ...PAIRING,
  ...CARRIERS,
  ...HOSTILE,
]

export const VECTOR_FOLDER = new URL('../vectors/ocmf/', import.meta.url)

/** @returns contents by file name */
export function vectorFiles(): Map<string, string> {
  const files = new Map<string, string>()
  for (const vector of CASES) {
    const name = `${vector.name}.vec`
    if (files.has(name)) throw new Error(`two vectors are called ${vector.name}`)
    files.set(name, vectorText(vector))
  }
  return files
}

function vectorText(vector: VectorCase): string {
  const { input, keys = [KEY], trust = 'K4' } = vector
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

function write(): void {
  mkdirSync(VECTOR_FOLDER, { recursive: true })
  for (const name of readdirSync(VECTOR_FOLDER)) {
    if (name.endsWith('.vec')) rmSync(new URL(name, VECTOR_FOLDER))
  }
  for (const [name, text] of vectorFiles()) writeFileSync(new URL(name, VECTOR_FOLDER), text)
}

if (import.meta.main) write()
