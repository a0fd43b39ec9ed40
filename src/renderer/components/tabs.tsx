/**
 * Tabs as in the ARIA practices: arrow keys move, the panel follows.
 *
 * @module
 */
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import styles from './tabs.module.css'

interface Props<T extends string> {
  label: string
  tabs: readonly { id: T; title: string }[]
  current: T
  onChange: (tab: T) => void
  children: ReactNode
}

export function Tabs<T extends string>({ label, tabs, current, onChange, children }: Props<T>) {
  const base = useId()
  const list = useRef<HTMLDivElement>(null)
  const onKey = (event: KeyboardEvent) => {
    const index = tabs.findIndex(({ id }) => id === current)
    const moves: Record<string, number> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: tabs.length - 1,
    }
    const wanted = moves[event.key]
    if (wanted === undefined) return
    event.preventDefault()
    const next = tabs[(wanted + tabs.length) % tabs.length]
    if (next === undefined) return
    onChange(next.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus()
  }
  return (
    <>
      <div
        role="tablist"
        aria-label={label}
        className={styles['tabs']}
        ref={list}
        onKeyDown={onKey}
      >
        {tabs.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${base}-${id}`}
            data-tab={id}
            aria-selected={id === current}
            aria-controls={`${base}-panel`}
            tabIndex={id === current ? 0 : -1}
            className={styles['tab']}
            onClick={() => onChange(id)}
          >
            {title}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${base}-panel`}
        aria-labelledby={`${base}-${current}`}
        className={styles['panel']}
      >
        {children}
      </div>
    </>
  )
}
