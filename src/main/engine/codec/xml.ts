/**
 * XML as a stream of elements, through saxes; nothing is ever resolved or fetched.
 *
 * Any document type declaration is refused before it can declare an entity.
 * Source: XML 1.0 (5th edition); limits: SECURITY.md.
 *
 * @module
 */
import { SaxesParser } from 'saxes'
import { LIMITS } from '../limits.ts'
import { SyntaxProblem } from './decode-error.ts'

export interface XmlElement {
  /** Local name, without namespace prefix. */
  name: string
  attributes: Readonly<Record<string, string>>
  parent: XmlElement | null
}

export interface XmlHandler {
  open?(element: XmlElement): void
  /** @param text all character data and CDATA directly inside, entities resolved */
  close?(element: XmlElement, text: string): void
}

/** The document has a document type declaration. */
export class DoctypeRefused extends Error {
  override readonly name = 'DoctypeRefused'
}

/**
 * @throws SyntaxProblem at the character where the document is not well-formed or exceeds a limit
 * @throws DoctypeRefused
 */
export function readXml(text: string, handler: XmlHandler): void {
  if (text.length > LIMITS.xmlBytes) throw new SyntaxProblem('too long', 0, '16 MiB')
  const parser = new SaxesParser({ position: true, xmlns: false })
  const stack: { element: XmlElement; text: string[] }[] = []
  const fail = (message: string, limit: string | null = null): never => {
    throw new SyntaxProblem(message, parser.position, limit)
  }
  parser.on('error', (error) => fail(error.message))
  parser.on('doctype', () => {
    throw new DoctypeRefused()
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (stack.length >= LIMITS.xmlDepth) fail('too deep', `${LIMITS.xmlDepth} levels`)
    if (Object.keys(attributes).length > LIMITS.xmlAttributes) {
      fail('too many attributes', `${LIMITS.xmlAttributes} attributes`)
    }
    const parent = stack.at(-1)?.element ?? null
    const element = { name: localName(name), attributes: withLocalNames(attributes), parent }
    stack.push({ element, text: [] })
    handler.open?.(element)
  })
  const append = (part: string) => stack.at(-1)?.text.push(part)
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => {
    const top = stack.pop()
    if (top !== undefined) handler.close?.(top.element, top.text.join(''))
  })
  parser.write(text).close()
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function withLocalNames(attributes: Record<string, string>): Record<string, string> {
  const local: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith('xmlns')) local[localName(name)] = value
  }
  return local
}
