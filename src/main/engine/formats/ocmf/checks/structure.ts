/**
 * Checks 0xx: structure and carrier.
 *
 * @module
 */
import type { JsonIssue, JsonNode } from '../../../codec/json.ts'
import type { OcmfPayload } from '../payload.ts'
import { type Add, excerpt } from './report.ts'

export function checkStructure(payload: OcmfPayload, add: Add): void {
  const { sections } = payload
  if (!sections.plain) add('OCMF-002', {})
  if (sections.stray !== null) add('OCMF-022', { found: excerpt(sections.stray) })
  checkIssues(payload, add)
  checkPipes(payload, add)
}

function checkIssues({ sections }: OcmfPayload, add: Add): void {
  const { signature, payloadIssues } = sections
  const all = signature.kind === 'object' ? [...payloadIssues, ...signature.issues] : payloadIssues
  const first = (issues: JsonIssue[], ...kinds: JsonIssue['kind'][]) =>
    issues.find((issue) => kinds.includes(issue.kind))
  for (const issue of all) {
    const node = { from: issue.offset }
    if (issue.kind === 'duplicate') {
      add(
        'OCMF-011',
        { field: issue.name },
        { node, path: issue.name, severity: issue.same ? 'warning' : 'error' },
      )
    }
    if (issue.kind === 'bare-number') add('OCMF-021', { found: excerpt(issue.text) }, { node })
  }
  const notText = first(payloadIssues, 'not-utf8', 'lone-surrogate')
  if (notText !== undefined) add('OCMF-012', {}, { node: { from: notText.offset } })
  const control = first(all, 'control-character')
  if (control !== undefined) add('OCMF-013', {}, { node: { from: control.offset } })
  const white = first(payloadIssues, 'white-space')
  if (white !== undefined) add('OCMF-014', {}, { node: { from: white.offset } })
  else if (hasSpaceAtPipes(sections)) add('OCMF-014', {})
}

function hasSpaceAtPipes({ section, payload, signature }: OcmfPayload['sections']): boolean {
  return (
    payload.from > section.from ||
    payload.to < section.to ||
    (signature.kind === 'object' && signature.whiteSpaceBefore)
  )
}

/** OCMF-010: splitting such a record at its pipes would break it. */
function checkPipes({ sections }: OcmfPayload, add: Add): void {
  const { text } = sections.source
  const visit = (node: JsonNode, path: string): void => {
    switch (node.kind) {
      case 'string':
        if (text.slice(node.from, node.to).includes('|')) add('OCMF-010', {}, { path, node })
        break
      case 'object':
        for (const { name, value } of node.members) {
          visit(value, path === '' ? name : `${path}.${name}`)
        }
        break
      case 'array':
        for (const [index, item] of node.items.entries()) visit(item, `${path}[${index}]`)
        break
      case 'number':
      case 'boolean':
      case 'null':
        break
    }
  }
  const { payload, signature } = sections
  if (text.slice(payload.from, payload.to).includes('|')) visit(payload, '')
  if (signature.kind === 'object') visit(signature.node, '')
}
