/**
 * Objects of the stand-in: every call is recorded, and what is not modelled throws by its name.
 *
 * @module
 */

export interface Call {
  /** `app.enableSandbox`, `session.setProxy`. */
  name: string
  args: readonly unknown[]
}

export type Recorder = (call: Call) => void

/** Nobody needs to know who listens or tells. */
const SILENT = new Set(['emit', 'listenerCount', 'listeners', 'off', 'removeListener'])

/** @param what name of the object in recorded calls */
export function modelled<T extends object>(what: string, object: T, record: Recorder): T {
  const wrapped = new Map<PropertyKey, unknown>()
  return new Proxy(object, {
    get(target, property) {
      if (typeof property === 'symbol' || property === 'then' || property === 'toJSON') {
        return Reflect.get(target, property)
      }
      if (!(property in target)) {
        throw new Error(`the stand-in for Electron does not model ${what}.${property}`)
      }
      const value: unknown = Reflect.get(target, property)
      if (typeof value !== 'function') return value
      if (wrapped.has(property)) return wrapped.get(property)
      const call = (...args: unknown[]): unknown => {
        if (!SILENT.has(property)) record({ name: `${what}.${property}`, args })
        return Reflect.apply(value, target, args)
      }
      wrapped.set(property, call)
      return call
    },
    set(target, property, value) {
      wrapped.delete(property)
      record({ name: `${what}.${String(property)} =`, args: [value] })
      return Reflect.set(target, property, value)
    },
  })
}

/**
 * Fails to compile where a name is modelled that Electron does not have.
 *
 * @example { whenReady() {} } satisfies Names<Electron.App>
 */
export type Names<Real> = Partial<Record<keyof Real, unknown>>
