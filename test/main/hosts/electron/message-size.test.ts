import { expect, test } from 'vitest'
import { faultOf } from '../../../../src/main/hosts/electron/message-size.ts'

const LIMITS = { size: 10, values: 5, depth: 3 }

test.each([
  ['nothing said', null],
  ['a yes', true],
  ['a number', 1.5],
  ['a text of just the size', 'x'.repeat(10)],
  ['bytes of just the size', new Uint8Array(10)],
  ['bytes of Node', Buffer.alloc(10)],
  ['a list of just as many', [1, 2, 3, 4]],
  ['lists of just the depth', [[[1]]]],
  ['an object', { a: 'b' }],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
])('%s passes', (_, message) => {
  expect(faultOf(message, LIMITS)).toBeNull()
})

test.each([
  ['a text', 'x'.repeat(11)],
  ['bytes', new Uint8Array(11)],
  ['bytes together', [new Uint8Array(6), new Uint8Array(5)]],
  ['names', { aaaaaa: 1, bbbbbb: 2 }],
  ['values', [1, 2, 3, 4, 5]],
  ['values together', [[1, 2], [3]]],
  ['depth', [[[[1]]]]],
])('too large: %s', (_, message) => {
  expect(faultOf(message, LIMITS)).toBe('too-large')
})

test.each([
  ['nothing', undefined],
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['a whole number without bounds', 1n],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['other bytes', new Uint16Array(1)],
  ['a buffer', new ArrayBuffer(1)],
  ['an error', new Error('x')],
  ['inside a list', [new Set()]],
  ['inside an object', { a: undefined }],
])('no plain data: %s', (_, message) => {
  expect(faultOf(message, LIMITS)).toBe('bad-input')
})

test('a circle ends', () => {
  const circle: unknown[] = []
  circle.push(circle)
  expect(faultOf(circle, LIMITS)).toBe('too-large')
})
