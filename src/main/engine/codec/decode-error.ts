/**
 * What a reader throws when bytes are not what they should be.
 *
 * A codec knows only its own standard and throws {@link SyntaxProblem}; a format turns that, and
 * what it finds itself, into a {@link DecodeError}, which carries the finding people will read.
 * Both are answers, not accidents: `formats/decode-safely.ts` catches them.
 *
 * @module
 */
import type { LooseFinding } from '../../../shared/model/finding.ts'

/** Bytes or text violate a published standard (JSON, DER, base64 …) at `offset`. */
export class SyntaxProblem extends Error {
  override readonly name = 'SyntaxProblem'
  readonly offset: number
  /** Name of the limit that was exceeded; null where the syntax is wrong. */
  readonly limit: string | null

  constructor(message: string, offset: number, limit: string | null = null) {
    super(message)
    this.offset = offset
    this.limit = limit
  }
}

/** A record cannot be decoded; `finding` says why and where. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'
  readonly finding: LooseFinding

  constructor(finding: LooseFinding) {
    super(finding.code)
    this.finding = finding
  }
}
