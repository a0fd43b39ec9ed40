/**
 * Checks 2xx: user assignment.
 *
 * @module
 */
import { type JsonArray, member } from '../../../codec/json.ts'
import { utf8Bytes } from '../../../codec/text.ts'
import { type OcmfPayload, textMember, textOf } from '../payload.ts'
import { isBrokenTariff } from '../tariff.ts'
import {
  EMPTY_ID_TYPES,
  ID_FLAGS,
  ID_LEVELS,
  ID_TYPES,
  PRIVATE_ID_TYPES,
  USER_MEMBERS,
} from '../tables.ts'
import { type Add, excerpt } from './report.ts'

export function checkUser(payload: OcmfPayload, add: Add): void {
  checkPresence(payload, add)
  checkLevel(payload, add)
  checkFlags(payload, add)
  checkIdentification(payload, add)
  checkTariff(payload, add)
}

function checkPresence({ transactional, members }: OcmfPayload, add: Add): void {
  const has = (name: string) => members.get(name) !== undefined
  if (transactional && !has('IS')) add('OCMF-201', {})
  if (!transactional) {
    for (const name of USER_MEMBERS) {
      const node = members.get(name)
      if (node !== undefined) add('OCMF-202', { field: name }, { path: name, node })
    }
  }
  if (!has('IT') && ['IS', 'IL', 'IF', 'ID'].some(has)) add('OCMF-211', {})
}

function checkLevel({ sections, version, members }: OcmfPayload, add: Add): void {
  const assigned = members.get('IS')
  if (assigned !== undefined && assigned.kind !== 'boolean') {
    add('OCMF-203', { found: excerpt(textOf(sections, assigned)) }, { path: 'IS', node: assigned })
  }
  const node = members.get('IL')
  if (node?.kind !== 'string' || node.value === '' || version < 4) return
  const place = { path: 'IL', node }
  const level = (ID_LEVELS as Record<string, string>)[node.value]
  if (level === undefined) add('OCMF-204', { found: excerpt(node.value) }, place)
  if (level === 'error') add('OCMF-205', { found: node.value }, place)
  if (assigned?.kind !== 'boolean') return
  const contradicts = assigned.value ? level === 'none' : level === 'assigned'
  if (contradicts) add('OCMF-206', { found: node.value }, place)
}

function checkFlags({ sections, version, members }: OcmfPayload, add: Add): void {
  const node = members.get('IF')
  if (node === undefined) return
  const place = { path: 'IF', node }
  if (node.kind !== 'array') {
    add('OCMF-207', { found: excerpt(textOf(sections, node)) }, place)
    return
  }
  if (node.items.length > 4 && version >= 4) {
    add('OCMF-208', { found: String(node.items.length) }, place)
  }
  const flags = node.items.map((item) => textOf(sections, item))
  for (const [index, flag] of flags.entries()) {
    if (ID_FLAGS.some((table) => table.includes(flag))) continue
    add('OCMF-209', { found: excerpt(flag) }, { path: `IF[${index}]`, node: node.items[index] })
  }
  for (const table of ID_FLAGS) {
    const same = flags.filter((flag) => table.includes(flag))
    if (same.length > 1) add('OCMF-210', { found: same.join(', ') }, place)
  }
  checkUnfounded(sections.payload, node, flags, add)
}

/** OCMF-221: somebody is said to be assigned, but nothing says how. */
function checkUnfounded(
  payload: Parameters<typeof member>[0],
  node: JsonArray,
  flags: string[],
  add: Add,
): void {
  const assigned = member(payload, 'IS')
  const nobody = flags.length > 0 && flags.every((flag) => flag.endsWith('_NONE'))
  if (assigned?.kind === 'boolean' && assigned.value && nobody) {
    add('OCMF-221', {}, { path: 'IF', node })
  }
}

function checkIdentification({ sections, members }: OcmfPayload, add: Add): void {
  const typeNode = members.get('IT')
  const type = typeNode?.kind === 'string' ? typeNode.value : undefined
  const idNode = members.get('ID')
  const id = textMember(sections, sections.payload, 'ID') ?? ''
  const place = { path: 'ID', node: idNode }
  if (utf8Bytes(id).length > 40) {
    add('OCMF-214', { found: String(utf8Bytes(id).length) }, place)
  }
  if (type === undefined || type === '') return
  if (!(type in ID_TYPES)) {
    add('OCMF-212', { found: excerpt(type) }, { path: 'IT', node: typeNode })
    return
  }
  const empty = EMPTY_ID_TYPES.has(type)
  if (type !== 'UNDEFINED' && empty !== (id === '')) add('OCMF-213', { found: type }, place)
  const form = ID_TYPES[type]
  if (id !== '' && form?.test(id) === false) {
    add('OCMF-215', { found: excerpt(id), type }, place)
  }
  if (id !== '' && PRIVATE_ID_TYPES.has(type)) add('OCMF-222', { type }, place)
}

const TARIFF_SINCE = 101
const TARIFF_CHARACTERS = 250

function checkTariff({ version, members }: OcmfPayload, add: Add): void {
  const node = members.get('TT')
  if (node?.kind !== 'string' || version < TARIFF_SINCE) return
  const place = { path: 'TT', node }
  const { length } = Array.from(node.value)
  if (length > TARIFF_CHARACTERS) add('OCMF-217', { found: String(length) }, place)
  if (isBrokenTariff(node.value)) add('OCMF-219', { found: excerpt(node.value) }, place)
}
