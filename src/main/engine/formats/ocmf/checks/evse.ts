/**
 * Checks 3xx: EVSE parameters and charge point.
 *
 * @module
 */
import { compare, isNegative, parseDecimal } from '../../../../../shared/decimal.ts'
import { table } from '../../../../../shared/table.ts'
import { type JsonObject, member } from '../../../codec/json.ts'
import { type OcmfPayload, textMember, textOf } from '../payload.ts'
import { CHARGE_POINT_TYPES, RESISTANCE_UNITS } from '../tables.ts'
import { type Add, excerpt } from './report.ts'

export function checkEvse(payload: OcmfPayload, add: Add): void {
  checkFirmware(payload, add)
  checkLoss(payload, add)
  checkChargePoint(payload, add)
}

function checkFirmware({ version, members }: OcmfPayload, add: Add): void {
  const node = members.get('CF')
  if (version < 103 || node?.kind !== 'string') return
  const { length } = Array.from(node.value)
  if (length > 25) add('OCMF-301', { found: String(length) }, { path: 'CF', node })
}

const LOSS_MEMBERS = new Set(['LN', 'LI', 'LR', 'LU'])

function checkLoss(payload: OcmfPayload, add: Add): void {
  const { sections, version, members } = payload
  const loss = members.get('LC')
  if (loss === undefined || version < 102) return
  if (loss.kind !== 'object') {
    add('OCMF-303', {}, { path: 'LC', node: loss })
    return
  }
  for (const { name, value } of loss.members) {
    const path = `LC.${name}`
    if (!LOSS_MEMBERS.has(name)) add('OCMF-309', { field: excerpt(name) }, { path, node: value })
  }
  const name = member(loss, 'LN')
  if (name?.kind === 'string' && Array.from(name.value).length > 20) {
    add('OCMF-307', { found: String(Array.from(name.value).length) }, { path: 'LC.LN', node: name })
  }
  const entry = member(loss, 'LI')
  if (entry !== undefined && entry.kind !== 'number') {
    add('OCMF-308', { found: excerpt(textOf(sections, entry)) }, { path: 'LC.LI', node: entry })
  }
  checkResistance(payload, loss, add)
}

/** 1 Ω in each unit: no cable of a station comes near. */
const IMPLAUSIBLE: Record<string, string> = table({ mOhm: '1000', uOhm: '1000000' })

function checkResistance({ sections }: OcmfPayload, loss: JsonObject, add: Add): void {
  const unitNode = member(loss, 'LU')
  const unit = textMember(sections, loss, 'LU') ?? ''
  if (!RESISTANCE_UNITS.has(unit)) {
    add('OCMF-305', { found: excerpt(unit) }, { path: 'LC.LU', node: unitNode ?? loss })
  }
  const node = member(loss, 'LR')
  const place = { path: 'LC.LR', node: node ?? loss }
  const resistance = node?.kind === 'number' ? parseDecimal(node.text) : null
  if (resistance === null) {
    add('OCMF-304', {}, place)
    return
  }
  const limit = parseDecimal(IMPLAUSIBLE[unit] ?? '')
  if (isNegative(resistance) || (limit !== null && compare(resistance, limit) > 0)) {
    add('OCMF-306', { found: `${resistance} ${unit}` }, place)
  }
}

function checkChargePoint({ sections, version, members }: OcmfPayload, add: Add): void {
  if (version < 5) return
  const typeNode = members.get('CT')
  const idNode = members.get('CI')
  if ((typeNode === undefined) !== (idNode === undefined)) {
    const [path, node] = typeNode === undefined ? ['CI', idNode] : ['CT', typeNode]
    add('OCMF-310', { field: path }, { path, node })
  }
  if (typeNode === undefined) return
  const type = textOf(sections, typeNode)
  const form = typeNode.kind === 'string' ? CHARGE_POINT_TYPES[type] : undefined
  if (form === undefined) {
    add('OCMF-311', { found: excerpt(type) }, { path: 'CT', node: typeNode })
    return
  }
  const id = textMember(sections, sections.payload, 'CI') ?? ''
  if (form.test(id)) return
  const place = { path: 'CI', node: idNode ?? typeNode }
  if (type === 'EVSEID') add('OCMF-312', { found: excerpt(id) }, place)
  else add('OCMF-313', { found: excerpt(id) }, place)
}
