/**
 * Who listens to what.
 *
 * @module
 */

type Listener<T> = (value: T) => void

export class Subscribers<Events> {
  private readonly listeners = new Map<keyof Events, Set<Listener<never>>>()

  /** @returns a function that ends the subscription */
  add<E extends keyof Events>(event: E, listener: Listener<Events[E]>): () => void {
    const set = this.listeners.get(event) ?? new Set()
    this.listeners.set(event, set.add(listener))
    return () => {
      set.delete(listener)
    }
  }

  emit<E extends keyof Events>(event: E, value: Events[E]): void {
    for (const listener of this.listeners.get(event) ?? []) (listener as Listener<Events[E]>)(value)
  }
}
