import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SyntaxProblem } from '../../../../src/main/engine/codec/decode-error.ts'
import {
  type JsonIssue,
  type JsonLimits,
  type JsonNode,
  type JsonScan,
  jsonSource,
  member,
  parseJson,
  scanJson,
  skipWhiteSpace,
  stringMember,
} from '../../../../src/main/engine/codec/json.ts'
import { utf8Bytes, utf8Text } from '../../../../src/main/engine/codec/text.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

const LIMITS: JsonLimits = { depth: 64, stringBytes: 100_000, values: 100_000 }
/** What other programs refuse and devices write. */
const TOLERATED = new Set<JsonIssue['kind']>(['control-character', 'bare-number', 'not-utf8'])

function scan(text: string | Uint8Array, limits = LIMITS): JsonScan | SyntaxProblem {
  try {
    return parseJson(typeof text === 'string' ? utf8Bytes(text) : text, limits)
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return problem
    throw problem
  }
}

function read(text: string | Uint8Array): JsonScan {
  const result = scan(text)
  if (result instanceof SyntaxProblem) throw result
  return result
}

function problem(text: string | Uint8Array, limits = LIMITS): SyntaxProblem {
  const result = scan(text, limits)
  if (result instanceof SyntaxProblem) return result
  throw new Error('was read')
}

function issues(text: string | Uint8Array): JsonIssue[] {
  return read(text).issues.filter(({ kind }) => kind !== 'white-space')
}

/** The value as JavaScript would have it, numbers as floats. */
function valueOf(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ name, value }) => [name, valueOf(value)]))
    case 'array':
      return node.items.map(valueOf)
    case 'string':
    case 'boolean':
      return node.value
    case 'number':
      return Number(node.text)
    case 'null':
      return null
  }
}

function nodes(node: JsonNode): JsonNode[] {
  const inside =
    node.kind === 'array'
      ? node.items
      : node.kind === 'object'
        ? node.members.map(({ value }) => value)
        : []
  return [node, ...inside.flatMap(nodes)]
}

/** What JSON.parse says: the value written anew, or null where it refuses. */
function reference(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return null
  }
}

const spaces = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 2 })
/** JSON with white space between all tokens, escapes of both kinds, doubled and odd names. */
const written = fc.letrec<{ value: string }>((tie) => {
  const plain = fc.string({ unit: 'binary', maxLength: 8 }).map((text) => JSON.stringify(text))
  const escaped = fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 })
    .map((codes) => codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join(''))
    .map((text) => `"${text}"`)
  const string = fc.oneof(plain, escaped, fc.constantFrom('"a"', '"__proto__"', '"ä|€"', '"\\/"'))
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.constantFrom('0', '-0', '1.500', '12E3', '1e-2', '0.0', '123456789012345678901234567890'),
  )
  const list = (open: string, close: string, item: fc.Arbitrary<string>) =>
    fc
      .tuple(spaces, fc.array(fc.tuple(item, spaces), { maxLength: 4 }))
      .map(([space, items]) => open + space + items.map((part) => part.join('')).join(',') + close)
  const pair = fc
    .tuple(string, spaces, spaces, tie('value'))
    .map(([name, before, behind, value]) => `${name}${before}:${behind}${value}`)
  const spaced = (part: fc.Arbitrary<string>) =>
    fc.tuple(spaces, part).map(([space, text]) => space + text)
  return {
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(string, number, fc.constantFrom('true', 'false', 'null')),
      list('[', ']', spaced(tie('value'))),
      list('{', '}', spaced(pair)),
    ),
  }
}).value

/** JSON with a character or two taken out, put in or changed. */
const damaged = fc
  .tuple(
    written,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 1 }),
        fc.constantFrom(...Array.from('{}[]",:\\0123456789.eE+- \t\ntrufalsn\u0001é'), ''),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([text, edits]) => {
    let result = text
    for (const [where, taken, put] of edits) {
      const at = where % (result.length + 1)
      result = result.slice(0, at) + put + result.slice(at + taken)
    }
    return result.toWellFormed()
  })

describe('against JSON.parse', () => {
  test('what it reads is read with the same value, and nothing had to be tolerated', () => {
    fc.assert(
      fc.property(written, (text) => {
        const { node, issues: found } = read(text)
        expect(JSON.stringify(valueOf(node))).toBe(reference(text))
        expect(found.filter(({ kind }) => TOLERATED.has(kind))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('what it refuses is refused, or read with an issue that says what was tolerated', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const result = scan(text)
        const tolerated =
          !(result instanceof SyntaxProblem) &&
          result.issues.some(({ kind }) => TOLERATED.has(kind))
        const value =
          result instanceof SyntaxProblem || tolerated ? null : JSON.stringify(valueOf(result.node))
        expect(value).toBe(reference(text))
      }),
      { numRuns: 3000 },
    )
  })

  test('bytes of any kind are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const text = utf8Text(bytes)
        const result = scan(bytes)
        const strict = text === null ? null : reference(text)
        const accepted = !(result instanceof SyntaxProblem)
        expect(accepted || strict === null).toBe(true)
      }),
    )
  })

  test.each(['', ' ', '{', '[', '"', '"\\', '"\\u12', '{"a"', '{"a":', '[1', 'tru', '-', '+', '.'])(
    '%j ends too early',
    (text) => {
      expect(reference(text)).toBeNull()
      expect(problem(text)).toMatchObject({ limit: null })
    },
  )

  test.each([
    ['1 2', 2],
    ['{} {}', 3],
    ['[1,]', 3],
    ['[,1]', 1],
    ['{,}', 1],
    ['{"a":1,}', 7],
    ["{'a':1}", 1],
    ['{a:1}', 1],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['"\\x41"', 1],
    ['"a\\u00g0"', 2],
    ['// note\n1', 0],
    ['undefined', 0],
    ['nul', 0],
    ['"ä" x', 5],
    ['\u00a01', 0],
    ['\ufeff1', 0],
  ])('%j is refused at byte %i', (text, offset) => {
    expect(reference(text)).toBeNull()
    expect(problem(text).offset).toBe(offset)
  })
})

describe('what devices write and is no JSON', () => {
  test.each(['007', '+1', '1.', '.5', '-.5', '00', '-01.50', '1.e3', 'NaN', '-NaN', 'Infinity'])(
    'the number %s keeps its text and gets an issue',
    (text) => {
      expect(reference(text)).toBeNull()
      const list = `[1,${text}]`
      const { node, issues: found } = read(list)
      expect(found).toEqual([{ kind: 'bare-number', text, offset: 3 }])
      expect(node).toMatchObject({ items: [{}, { kind: 'number', text, from: 3 }] })
    },
  )

  test.each(['--1', '1e', '1e+', '0x10', '1_0', '1,5', 'nan', 'infinity', '+', 'NaN1', '1..2'])(
    'the number %s is refused',
    (text) => {
      expect(problem(`{"a":${text}}`)).toBeInstanceOf(SyntaxProblem)
    },
  )

  test('raw control characters in strings are kept, with an issue for the first', () => {
    const { node } = read('"a\tb\nc\u0000"')
    expect(node).toMatchObject({ kind: 'string', value: 'a\tb\nc\u0000' })
    expect(issues('["a","b\tb\n","\n"]')).toEqual([{ kind: 'control-character', offset: 7 }])
  })

  test('bytes that are no UTF-8 become replacement characters, with an issue', () => {
    const bytes = Uint8Array.of(0x22, 0x61, 0xff, 0x62, 0x22)
    expect(read(bytes).node).toMatchObject({ value: 'a\ufffdb' })
    expect(issues(bytes)).toEqual([{ kind: 'not-utf8', offset: 1 }])
  })

  test('half of a pair is kept, with an issue', () => {
    expect(issues('["\\ud800"]')).toEqual([{ kind: 'lone-surrogate', offset: 2 }])
    expect(issues('["\\udc00\\ud800"]')).toEqual([{ kind: 'lone-surrogate', offset: 2 }])
    expect(issues('["\\ud83d\\ude00"]')).toEqual([])
    expect(read('"\\ud83d\\ude00"').node).toMatchObject({ value: '😀' })
  })

  test('white space between tokens is told once, at its first byte', () => {
    const found = read(' {"a" : 1,\n"b":2 } ').issues
    expect(found).toEqual([{ kind: 'white-space', offset: 5 }])
    expect(read('{"a":1}').issues).toEqual([])
  })
})

describe('duplicate names', () => {
  test('are told with their place, and whether their values are written alike', () => {
    expect(issues('{"a":1,"b":2,"a":1,"a":01}')).toEqual([
      { kind: 'duplicate', name: 'a', same: true, offset: 13 },
      { kind: 'duplicate', name: 'a', same: false, offset: 19 },
      { kind: 'bare-number', text: '01', offset: 23 },
    ])
  })

  test('are found however they are written', () => {
    expect(issues('{"ä":1,"\\u00e4":2}')).toEqual([
      { kind: 'duplicate', name: 'ä', same: false, offset: 8 },
    ])
  })

  test('in different objects are none', () => {
    expect(issues('{"a":{"a":1},"b":[{"a":1},{"a":2}]}')).toEqual([])
  })

  test('are found in objects of every size, as a set would find them', () => {
    const names = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'ü'), maxLength: 5 }), {
      maxLength: 200,
    })
    fc.assert(
      fc.property(names, (list) => {
        const text = `{${list.map((name, index) => `${JSON.stringify(name)}:${index % 3}`).join(',')}}`
        const first = new Map<string, number>()
        const expected = list.flatMap((name, index) => {
          const known = first.get(name)
          if (known === undefined) first.set(name, index)
          return known === undefined ? [] : [{ name, same: known % 3 === index % 3 }]
        })
        const found = issues(text).flatMap((issue) =>
          issue.kind === 'duplicate' ? [{ name: issue.name, same: issue.same }] : [],
        )
        expect(found).toEqual(expected)
      }),
    )
  })

  test('the last of them is the value, as every other program has it', () => {
    const { node } = read('{"a":1,"a":"x"}')
    expect(stringMember(node, 'a')).toBe('x')
    expect(member(node, 'b')).toBeUndefined()
    expect(stringMember(read('{"a":1}').node, 'a')).toBeUndefined()
    expect(member(read('[1]').node, 'a')).toBeUndefined()
  })

  test('a name of every object of JavaScript is a name like any other', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(member(read('{}').node, name)).toBeUndefined()
      const { node, issues: found } = read(`{"${name}":{"x":1},"${name}":2}`)
      expect(found).toMatchObject([{ kind: 'duplicate', name }])
      expect(member(node, name)).toMatchObject({ kind: 'number', text: '2' })
    }
    expect('x' in {}).toBe(false)
  })
})

describe('places', () => {
  test('every value knows its bytes, whatever characters stand before it', () => {
    fc.assert(
      fc.property(written, (text) => {
        const bytes = utf8Bytes(text)
        for (const node of nodes(read(text).node)) {
          const slice = bytes.subarray(node.from, node.to)
          expect(JSON.stringify(valueOf(read(slice).node))).toBe(JSON.stringify(valueOf(node)))
          expect(utf8Text(slice)).not.toMatch(/^\s|\s$/)
        }
      }),
    )
  })

  test('the text of a number is what stands in its bytes', () => {
    fc.assert(
      fc.property(written, (text) => {
        const bytes = utf8Bytes(text)
        for (const node of nodes(read(text).node)) {
          const own = utf8Text(bytes.subarray(node.from, node.to))
          expect(node.kind === 'number' ? node.text : own).toBe(own)
        }
      }),
    )
  })

  test('issues stand in the order of their offsets', () => {
    const text = '{"a":1,"a":{"\\ud800\u0001":01},"b\u0002\\ud800":+1}'
    const offsets = read(text).issues.map(({ offset }) => offset)
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(damaged, (damagedText) => {
        const result = scan(damagedText)
        const found = result instanceof SyntaxProblem ? [] : result.issues.map((i) => i.offset)
        expect(found).toEqual(found.toSorted((a, b) => a - b))
      }),
    )
  })

  test('a value inside other text is read from its first byte to its last', () => {
    const source = jsonSource(utf8Bytes('€|{"a":"ü"}|rest'))
    const { node } = scanJson(source, 4, LIMITS)
    expect(node).toMatchObject({ from: 4, to: 14 })
    expect(utf8Text(source.bytes.subarray(node.from, node.to))).toBe('{"a":"ü"}')
    expect(skipWhiteSpace(' \t\r\n x', 0)).toBe(5)
    expect(skipWhiteSpace('  ', 0)).toBe(2)
  })
})

describe('limits', () => {
  const limits = { depth: 3, stringBytes: 10, values: 5 }

  test.each([
    ['depth', '[[[]]]', '[[[[]]]]'],
    ['depth', '{"a":{"a":{}}}', '{"a":{"a":{"a":{}}}}'],
    ['string', '"0123456789"', '"0123456789x"'],
    ['string', '"ääääa"', '"äääääa"'],
    ['string', '{"0123456789":1}', '{"0123456789x":1}'],
    ['number', '1234567890', '12345678901'],
    ['values', '[1,2,3,4]', '[1,2,3,4,5]'],
  ])('%s: %s is the most, %s is too much', (name, most, more) => {
    expect(scan(most, limits)).not.toBeInstanceOf(SyntaxProblem)
    expect(problem(more, limits).limit).toBe(name)
  })

  test('a million brackets cost neither the stack nor time', () => {
    const seconds = stopwatch()
    expect(problem('['.repeat(1_000_000)).limit).toBe('depth')
    expect(problem('{"a":'.repeat(1_000_000)).limit).toBe('depth')
    expect(seconds()).toBeLessThan(1)
  })

  test.each([
    ['one object of 50,000 names', () => object((index) => `n${index}`)],
    ['one object of 50,000 times the same name', () => object(() => 'n')],
    ['50,000 escapes', () => `"${'\\u00e4'.repeat(50_000)}"`],
    ['50,000 control characters', () => `"${'\u0001'.repeat(50_000)}"`],
  ])('%s take no more than their size', (_, text) => {
    const bytes = utf8Bytes(text())
    const seconds = stopwatch()
    parseJson(bytes, { ...LIMITS, stringBytes: 1_000_000 })
    expect(seconds()).toBeLessThan(1)
  })

  function object(name: (index: number) => string): string {
    return `{${Array.from({ length: 50_000 }, (_, index) => `"${name(index)}":${index}`).join(',')}}`
  }
})
