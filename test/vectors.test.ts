/** Every vector of every format, by both ways of asking the engines. */
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ALL_FORMATS } from '../src/main/engine/formats/index.ts'
import type { Engines } from '../src/main/engine/types.ts'
import { hostEngines } from '../src/main/host-deps.ts'
import { FINDINGS, rowOf } from '../src/shared/model/finding.ts'
import { VERDICT_STATES, type VerdictState } from '../src/shared/model/verdict-state.ts'
import { FORMATS_WITH_VECTORS, vectorFiles, vectorFolder } from './tools/make-vectors.ts'
import { differences, runVector, vectorsOf } from './tools/vector-job.ts'

const SETTINGS: [string, Engines][] = [
  ['both engines', hostEngines(true)],
  ['the reference alone', { ...hostEngines(true), fast: null }],
]

const VECTORS = ALL_FORMATS.map(({ id }) => ({ id, vectors: vectorsOf(id) }))

describe.each(SETTINGS)('%s', (_, engines) => {
  for (const { id, vectors } of VECTORS) {
    describe(`format ${id}`, () => {
      test.each(vectors.map(({ name, vector }) => [name, vector.comment, vector] as const))(
        '%s: %s',
        async (_name, comment, vector) => {
          expect(comment).not.toBe('')
          expect(differences(vector, await runVector(vector, engines))).toEqual([])
        },
      )
    })
  }
})

/** States that no record of any format may be unable to show. */
const STATES: readonly VerdictState[] = [
  'VERIFIED',
  'VALID_KEY_UNCONFIRMED',
  'NOT_LEGALLY_RELEVANT',
  'SIGNATURE_INVALID',
  'UNREADABLE',
]

describe.each(VECTORS)('the vectors of $id', ({ id, vectors }) => {
  test('are what their tool makes', () => {
    const folder = vectorFolder(id)
    const committed = new Map(
      readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
    )
    const made = vectorFiles(id)
    expect([...committed.keys()].toSorted()).toEqual([...made.keys()].toSorted())
    const stale = [...made].filter(([name, text]) => committed.get(name) !== text)
    expect(stale.map(([name]) => name)).toEqual([])
  })

  test('have a title each, and no two the same', () => {
    const titles = vectors.map(({ vector }) => vector.comment)
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
  })

  test('show the states of the verdict', () => {
    const states = new Set(vectors.flatMap(({ vector }) => vector.expect))
    expect(STATES.filter((state) => !states.has(state))).toEqual([])
  })
})

describe('the vectors of all formats', () => {
  const all = VECTORS.flatMap(({ vectors }) => vectors.map(({ vector }) => vector))

  test('are made for formats that there are', () => {
    expect(FORMATS_WITH_VECTORS.toSorted()).toEqual(ALL_FORMATS.map(({ id }) => id).toSorted())
  })

  test('show every state of the verdict', () => {
    const states = new Set(all.flatMap((vector) => vector.expect))
    expect(VERDICT_STATES.filter((state) => !states.has(state))).toEqual([])
  })

  /** Raised by hosts and pool only, or by an engine that errs; each is tested where it arises. */
  const ELSEWHERE: Record<string, string> = {
    'IN-NOFILE': 'test/main/pool/read-input.test.ts',
    'IN-TIMEOUT': 'test/main/pool/pool.test.ts',
    'IN-MEMORY': 'test/main/pool/pool.test.ts',
    'ENGINE-INTERNAL': 'test/main/pool/pool.test.ts',
    'KEY-OTHER-METER': 'test/main/engine/trust/statements.test.ts',
    'KEY-OTHER-PLACE': 'test/main/engine/trust/statements.test.ts',
    'INV-STEP': 'test/main/engine/invoice/bills.test.ts',
    'KEY-STORE': 'test/main/pool/known-keys.test.ts',
    'IN-UNKNOWN': 'test/main/engine/containers/archives.test.ts',
    'IN-MEMBERS': 'test/main/engine/invoice/table-bill.test.ts',
    'IN-NESTED': 'test/main/engine/containers/archives.test.ts',
    'IN-ENCRYPTED': 'test/main/engine/containers/archives.test.ts',
    'IN-ARCHIVE': 'test/main/engine/containers/archives.test.ts',
    'IN-LINK': 'test/main/engine/containers/archives.test.ts',
    'IN-DETACHED': 'test/main/engine/containers/chargepoint-archive.test.ts',
    'IN-MULTI': 'test/main/engine/rules/contradictions.test.ts',
    'IN-PDF': 'test/main/engine/containers/pdf.test.ts',
    'IN-PDF-PAGE': 'test/main/engine/containers/pdf-hostile.test.ts',
    'IN-REJOINED': 'test/main/engine/containers/pdf.test.ts',
    'IN-REVISIONS': 'test/main/engine/containers/pdf.test.ts',
    'IN-UNLISTED': 'test/main/engine/containers/pdf.test.ts',
    'IN-TWO-KINDS': 'test/main/engine/containers/pdf.test.ts',
    'IN-NO-CODE': 'test/main/engine/containers/pictures.test.ts',
    'IN-QR-PART': 'test/main/engine/containers/pictures.test.ts',
    'IN-URL': 'test/main/engine/containers/pictures.test.ts',
    'KEY-VALIDITY': 'test/main/engine/rules/key-validity.test.ts',
    'KEY-BEFORE-STATION': 'test/main/engine/rules/key-validity.test.ts',
    'LAW-CALDATE': 'test/main/engine/rules/key-validity.test.ts',
    'KEY-ISSUER': 'test/main/engine/trust/judge.test.ts',
    'KEY-REGISTER-OLD': 'test/main/pool/register-trust.test.ts',
    'KEY-REGISTER-PLACES': 'test/main/pool/register-trust.test.ts',
    'KEY-REGISTER-KEYS': 'test/main/pool/register-trust.test.ts',
    'SIG-ENGINES': 'test/main/engine/pipeline.test.ts',
  }

  test('leave out only findings that another test raises, by their code', () => {
    const unproven = Object.entries(ELSEWHERE).filter(([code, path]) => {
      const source = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
      return !new RegExp(`['"\`]${code}(?![\\w-])`).test(source)
    })
    expect(unproven).toEqual([])
    expect(Object.keys(ELSEWHERE).filter((code) => !Object.hasOwn(FINDINGS, code))).toEqual([])
  })

  test('raise every finding there is, in every weight it may have', () => {
    const expected = all.flatMap((vector) => vector.findings)
    const missing = Object.keys(FINDINGS).flatMap((name) => {
      const code = name as keyof typeof FINDINGS
      if (Object.hasOwn(ELSEWHERE, code)) return []
      const { severity } = rowOf(code)
      const weights = severity.length > 1 ? severity : [null]
      return weights
        .filter(
          (weight) =>
            !expected.some(
              (found) => found.code === code && (weight === null || found.severity === weight),
            ),
        )
        .map((weight) => (weight === null ? code : `${code}/${weight}`))
    })
    expect(missing).toEqual([])
  })
})
