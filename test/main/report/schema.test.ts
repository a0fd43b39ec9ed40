import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hostEngines } from '../../../src/main/host-deps.ts'
import {
  documentParts,
  type InputLine,
  inputLines,
  resultDocument,
} from '../../../src/main/report/document.ts'
import { software } from '../../../src/main/software.ts'
import { lineSchema, publishedSchema, resultSchema } from '../../tools/result-schema.ts'
import { runVector, vectorsOf } from '../../tools/vector-job.ts'
import { SCHEMA_FILE, schemaText } from '../../tools/write-schema.ts'
import { keyHex, throwAwayKey } from '../../tools/sign.ts'
import { twoRecords, verify, wholeSession, xmlWith } from '../../tools/small-inputs.ts'

const SOFTWARE = software()
const VECTORS = vectorsOf('ocmf')
const SAMPLES = join(import.meta.dirname, '../../../assets/samples')

function sampleFiles(): string[] {
  if (!existsSync(SAMPLES)) return []
  return readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
    .map((name) => join(SAMPLES, name))
    .filter((path) => statSync(path).isFile())
}

describe('the published schema', () => {
  test('is the one the program is written against: npm run schema', () => {
    expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(schemaText())
  })

  test('says of every member what it is', () => {
    const silent: string[] = []
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return
      const { properties, $defs, ...rest } = node as Record<string, Record<string, unknown>>
      for (const [name, member] of Object.entries({ ...properties, ...$defs })) {
        const { description, $ref } = member as { description?: string; $ref?: string }
        if (description === undefined && $ref === undefined) silent.push(`${path}.${name}`)
        visit(member, `${path}.${name}`)
      }
      for (const [name, inner] of Object.entries(rest)) visit(inner, `${path}.${name}`)
    }
    visit(publishedSchema(), '$')
    expect(silent).toEqual([])
  })

  test('leaves room for members of later versions', () => {
    expect(JSON.stringify(publishedSchema())).not.toContain('"additionalProperties":false')
  })
})

describe('real results fit the schema', () => {
  test('there are vectors enough to say so', () => {
    expect(VECTORS.length).toBeGreaterThan(100)
  })

  test('of every vector', { timeout: 120_000 }, async () => {
    const engines = hostEngines(false)
    const wrong: string[] = []
    for (const { name, vector } of VECTORS) {
      const document = resultDocument(await runVector(vector, engines), SOFTWARE)
      const written: unknown = JSON.parse(JSON.stringify(document))
      const { error } = resultSchema.safeParse(written)
      if (error !== undefined) wrong.push(`${name}: ${error.message}`)
    }
    expect(wrong).toEqual([])
  })

  test('of every sample, as a line too', async () => {
    for (const path of sampleFiles()) {
      const result = await verify([{ name: path, content: readFileSync(path) }])
      expect(() => resultSchema.parse(resultDocument(result, SOFTWARE))).not.toThrow()
      for (const line of linesOf(result)) {
        expect(() => lineSchema.parse(line)).not.toThrow()
      }
    }
  })

  test('of inputs that hold keys, nothing or halves of sessions', async () => {
    const [begin] = twoRecords()
    const inputs = ['', keyHex(throwAwayKey()), begin, 'x', xmlWith([wholeSession({ number: 5 })])]
    const result = await verify(inputs)
    expect(() => resultSchema.parse(resultDocument(result, SOFTWARE))).not.toThrow()
  })

  test('and nothing else does', async () => {
    const document = resultDocument(await verify([xmlWith([wholeSession()])]), SOFTWARE)
    const refuses = (change: object) => resultSchema.safeParse({ ...document, ...change }).success
    expect(refuses({})).toBe(true)
    expect(refuses({ schema: 'eichlicht-result/2' })).toBe(false)
    expect(refuses({ more: 1 })).toBe(false)
    expect(refuses({ inputs: undefined })).toBe(false)
    expect(refuses({ sessions: [{ ...document.sessions[0], energy_kWh: 10.5 }] })).toBe(false)
    expect(refuses({ sessions: [{ ...document.sessions[0], energy_kWh: '1e1' }] })).toBe(false)
    expect(refuses({ sessions: [{ ...document.sessions[0], state: 'VALID' }] })).toBe(false)
  })
})

/** Lines of NDJSON, put together and parsed. */
function linesOf(result: Awaited<ReturnType<typeof verify>>): InputLine[] {
  const text = [...inputLines(result, SOFTWARE)].join('')
  expect(text.endsWith('}\n')).toBe(true)
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as InputLine)
}

describe('a document in parts', () => {
  const parts = (result: Awaited<ReturnType<typeof verify>>) => [...documentParts(result, SOFTWARE)]

  test.each([1, 120])('of %i inputs is the same document', async (count) => {
    const inputs = Array.from({ length: count }, (_, index) => `"inputs":[] ${index}`)
    const result = await verify([...inputs, xmlWith([wholeSession(), wholeSession({ number: 3 })])])
    const text = parts(result).join('')
    const expected: unknown = JSON.parse(JSON.stringify(resultDocument(result, SOFTWARE)))
    expect(JSON.parse(text)).toEqual(expected)
    expect(text.endsWith('\n')).toBe(true)
  })

  test('is laid out for people where it is small, and in lines where not', async () => {
    const few = await verify([xmlWith([wholeSession()])])
    expect(parts(few)).toEqual([`${JSON.stringify(resultDocument(few, SOFTWARE), null, 2)}\n`])
    const many = await verify(Array.from({ length: 101 }, () => 'x'))
    expect(parts(many).length).toBeGreaterThan(101)
    expect(parts(many).join('').split('\n').length).toBeGreaterThan(101)
  })

  test('every input has its line, with the sessions of its records', async () => {
    const result = await verify([keyHex(throwAwayKey()), xmlWith([wholeSession()])])
    const lines = linesOf(result)
    expect(lines.map(({ input }) => input.name)).toEqual(['input-1', 'input-2'])
    expect(lines.map(({ sessions }) => sessions.length)).toEqual([0, 1])
  })
})
