/**
 * A button that opens a menu, as in the ARIA practices: arrow keys choose, Escape closes.
 *
 * @module
 */
import { useEffect, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import type { IconName } from './icon.tsx'
import styles from './menu.module.css'

interface Props<T extends string> {
  label: string
  icon: IconName
  disabled?: boolean
  items: readonly { id: T; title: string; text: string }[]
  onChoose: (id: T) => void
}

export function Menu<T extends string>({
  label,
  icon,
  disabled = false,
  items,
  onChoose,
}: Props<T>) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    box.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
    const onAway = (event: Event) => {
      if (!(event.target instanceof Node) || box.current?.contains(event.target) !== true)
        setOpen(false)
    }
    window.addEventListener('pointerdown', onAway)
    window.addEventListener('focusin', onAway)
    return () => {
      window.removeEventListener('pointerdown', onAway)
      window.removeEventListener('focusin', onAway)
    }
  }, [open])
  const close = () => {
    setOpen(false)
    box.current?.querySelector('button')?.focus()
  }
  const onKey = (event: React.KeyboardEvent) => {
    if (!open) return
    const all = Array.from(box.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])
    const at = all.indexOf(document.activeElement as HTMLElement)
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: all.length - 1,
    }
    const next = moves[event.key]
    if (event.key === 'Escape') close()
    else if (next !== undefined) all[(next + all.length) % all.length]?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles['box']} ref={box} onKeyDown={onKey}>
      <Button
        icon={icon}
        disabled={disabled}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {label}
      </Button>
      {open && (
        <div className={styles['menu']} role="menu" id={id} aria-label={label}>
          {items.map(({ id: item, title, text }) => (
            <button
              key={item}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-item={item}
              onClick={() => {
                close()
                onChoose(item)
              }}
            >
              <b>{title}</b>
              <small>{text}</small>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
