/**
 * Vector files, `test/vectors/<format>/*.vec`: inputs of one job and what must come out.
 *
 * Header lines `name: value`, a blank line, then the input up to the last line feed of the file.
 * Several inputs, or bytes that are no plain text, stand under lines `--- name` or
 * `--- name base64`.
 *
 *     expect: VERIFIED INCOMPLETE    states of the sessions in their order; where there is none,
 *                                    of the inputs; `-` for an input of keys only
 *     inputs: VERIFIED -             states of the inputs, where they say more
 *     finding: OCMF-402 OCMF-441/warning
 *     not-finding: OCMF-517
 *     signature: valid invalid       of all records, session by session
 *     energy: 11.110 kWh, -          of the sessions, as signed
 *     duration: 1800, -              of the sessions, in seconds
 *     usable: energy+time, energy, - of the sessions: what may be billed
 *     expect-trust: K1               of the sessions
 *     key: 3059…                     a key the user gives, in any form; may stand several times
 *     trust: K4                      what the user says these keys are worth
 *     published: PZ0000001 3059…     a key that the official register has for a meter
 *     comment: the title of the test, a sentence about the field, with the clause it rests on
 *
 * Every error and every warning that may come out must be listed, notes at will. The general code
 * that belongs to a listed one may stand beside it.
 *
 * @module
 */
import { fromBase64, toBase64 } from '../../src/main/engine/codec/base64.ts'
import { utf8Bytes, utf8Text } from '../../src/main/engine/codec/text.ts'
import type { InputFile } from '../../src/main/engine/types.ts'
import { FINDINGS, type FindingCode } from '../../src/shared/model/finding.ts'
import type { Severity } from '../../src/shared/model/finding-row.ts'
import { TRUST_LEVELS, type TrustLevel } from '../../src/shared/model/key.ts'
import type { SignatureStatus } from '../../src/shared/model/record.ts'
import { VERDICT_STATES, type VerdictState } from '../../src/shared/model/verdict-state.ts'

export interface ExpectedFinding {
  code: FindingCode
  severity: Severity | null
}

export interface Vector {
  comment: string
  expect: (VerdictState | null)[]
  inputs: (VerdictState | null)[] | null
  findings: ExpectedFinding[]
  notFindings: FindingCode[]
  signature: SignatureStatus[] | null
  energy: (string | null)[] | null
  duration: (string | null)[] | null
  usable: (string | null)[] | null
  expectTrust: TrustLevel[] | null
  keys: string[]
  trust: TrustLevel
  published: { meter: string; key: string }[]
  files: InputFile[]
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info']
const STATUSES: readonly SignatureStatus[] = ['valid', 'invalid', 'unchecked']

function word<T extends string>(text: string, words: readonly T[]): T {
  const found = words.find((known) => known === text)
  if (found === undefined) throw new Error(`vector: unknown word ${text}`)
  return found
}

function stateOrNone(text: string): VerdictState | null {
  return text === '-' ? null : word(text, VERDICT_STATES)
}

export function isCode(text: string): text is FindingCode {
  return Object.hasOwn(FINDINGS, text)
}

function code(text: string): FindingCode {
  if (isCode(text)) return text
  throw new Error(`vector: unknown finding ${text}`)
}

export function expectedFinding(text: string): ExpectedFinding {
  const [name = '', severity] = text.split('/')
  return { code: code(name), severity: severity === undefined ? null : word(severity, SEVERITIES) }
}

/** @param name of the only input where the file does not name it */
export function parseVector(text: string, name: string): Vector {
  const end = text.indexOf('\n\n')
  if (end < 0 || !text.endsWith('\n')) throw new Error('vector: no blank line, or no last line end')
  const lines = text.slice(0, end).split('\n')
  const header = lines.map((line) => {
    const colon = line.indexOf(': ')
    if (colon < 0) throw new Error(`vector: no header line: ${line}`)
    return { name: line.slice(0, colon), value: line.slice(colon + 2) }
  })
  const values = (wanted: string) => header.filter((line) => line.name === wanted)
  const words = (wanted: string) => values(wanted).flatMap(({ value }) => value.split(' '))
  const all = <T>(items: T[]): T[] | null => (items.length === 0 ? null : items)
  const list = (wanted: string) =>
    all(
      values(wanted).flatMap(({ value }) =>
        value.split(', ').map((item) => (item === '-' ? null : item)),
      ),
    )
  return {
    comment: values('comment')
      .map(({ value }) => value)
      .join(' '),
    expect: words('expect').map(stateOrNone),
    inputs: all(words('inputs').map(stateOrNone)),
    findings: words('finding').map(expectedFinding),
    notFindings: words('not-finding').map(code),
    signature: all(words('signature').map((status) => word(status, STATUSES))),
    energy: list('energy'),
    duration: list('duration'),
    usable: list('usable'),
    expectTrust: all(words('expect-trust').map((level) => word(level, TRUST_LEVELS))),
    keys: values('key').map(({ value }) => value),
    trust: word(words('trust')[0] ?? 'K2', TRUST_LEVELS),
    published: values('published').map(({ value }) => {
      const [meter = '', key = ''] = value.split(' ')
      return { meter, key }
    }),
    files: parseFiles(text.slice(end + 2), name),
  }
}

const SEPARATOR = /^--- (\S+)( base64)?\n/

function parseFiles(body: string, name: string): InputFile[] {
  if (!SEPARATOR.test(body)) return [{ name, bytes: utf8Bytes(body.slice(0, -1)) }]
  return body.split(/^(?=--- )/m).map((part) => {
    const separator = SEPARATOR.exec(part)
    if (separator === null) throw new Error('vector: a line begins with three dashes')
    const content = part.slice(separator[0].length).replace(/\n$/, '')
    const bytes = separator[2] === undefined ? utf8Bytes(content) : fromBase64(content)
    if (bytes === null) throw new Error('vector: no base64')
    return { name: separator[1] ?? name, bytes }
  })
}

/** @returns text whose lines can stand in a vector file, or null */
function plainText(bytes: Uint8Array): string | null {
  const text = utf8Text(bytes)
  // A vector file is read in editors and goes through git: nothing invisible in it.
  const plain = text !== null && /^[\n\x20-\x7e\u00a1-\u024f\u2010-\u2027\u20ac]*$/.test(text)
  return plain && !/^--- /m.test(text) ? text : null
}

/** @returns the part of a vector file behind its header */
export function writeFiles(files: readonly InputFile[]): string {
  const [only] = files
  if (files.length === 1 && only !== undefined) {
    const text = plainText(only.bytes)
    if (text !== null) return `${text}\n`
  }
  return files
    .map(({ name, bytes }) => {
      const text = plainText(bytes)
      if (text !== null) return `--- ${name}\n${text}\n`
      const lines = toBase64(bytes).replace(/(.{100})(?=.)/g, '$1\n')
      return `--- ${name} base64\n${lines}\n`
    })
    .join('')
}
