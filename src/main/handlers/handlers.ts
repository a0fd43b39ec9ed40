/**
 * @module
 */
import type { Input, Method, Output } from '../../shared/api.ts'

/** One for every method; its input was checked against its schema. */
export type Handlers = { [M in Method]: (input: Input<M>) => Output<M> | Promise<Output<M>> }

/** Those of one part of the contract. */
export type HandlersOf<M extends Method> = Pick<Handlers, M>
