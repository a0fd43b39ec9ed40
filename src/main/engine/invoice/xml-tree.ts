/**
 * A small XML document as a tree, for invoices.
 *
 * @module
 */
import { SyntaxProblem } from '../codec/decode-error.ts'
import { type XmlElement, readXml } from '../codec/xml.ts'

export interface XmlNode {
  name: string
  attributes: Readonly<Record<string, string>>
  children: XmlNode[]
  /** Character data directly inside, without white space around it. */
  text: string
}

/** An invoice of ten thousand lines has half of it. */
const MOST_ELEMENTS = 400_000

/**
 * @throws SyntaxProblem where it is not well-formed or exceeds a limit
 * @throws DoctypeRefused
 */
export function readTree(text: string): XmlNode {
  const nodes = new Map<XmlElement, XmlNode>()
  let root: XmlNode | null = null
  let count = 0
  readXml(text, {
    open(element) {
      if (++count > MOST_ELEMENTS) {
        throw new SyntaxProblem('too many elements', 0, `${MOST_ELEMENTS} elements`)
      }
      const { name, attributes, parent } = element
      const node: XmlNode = { name, attributes, children: [], text: '' }
      nodes.set(element, node)
      if (parent === null) root ??= node
      else nodes.get(parent)?.children.push(node)
    },
    close(element, content) {
      const node = nodes.get(element)
      if (node !== undefined) node.text = content.trim()
      nodes.delete(element)
    },
  })
  if (root === null) throw new SyntaxProblem('no element', 0)
  return root
}

/** @param path local names parted by slashes @returns all elements there */
export function all(node: XmlNode | undefined, path: string): XmlNode[] {
  let found = node === undefined ? [] : [node]
  for (const name of path.split('/')) {
    found = found.flatMap(({ children }) => children.filter((child) => child.name === name))
  }
  return found
}

export function first(node: XmlNode | undefined, path: string): XmlNode | undefined {
  return all(node, path)[0]
}

/** @returns text of the first of several paths that has some; null where none has */
export function textAt(node: XmlNode | undefined, ...paths: string[]): string | null {
  for (const path of paths) {
    const text = first(node, path)?.text ?? ''
    if (text !== '') return text
  }
  return null
}
