/**
 * Keys that work everywhere in the window. None is a single letter.
 *
 * @module
 */
import { useEffect } from 'react'
import { useApp } from './actions.ts'
import { VIEWS } from './state.ts'

export function useShortcuts(): void {
  const { dispatch } = useApp()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F6') {
        event.preventDefault()
        focusNextRegion(event.shiftKey ? -1 : 1)
        return
      }
      const command = event.ctrlKey || event.metaKey
      const index = Number(event.key) - 1
      const view = VIEWS[index]
      if (command && !event.altKey && !event.shiftKey && view !== undefined) {
        event.preventDefault()
        dispatch({ type: 'view', view })
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [dispatch])
}

/** F6 goes round rail, view and status bar. */
function focusNextRegion(step: 1 | -1): void {
  const regions = Array.from(document.querySelectorAll<HTMLElement>('[data-region]'))
  const current = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(current + step + regions.length) % regions.length]
  const inside = next?.querySelector<HTMLElement>('button, a[href], input, [tabindex="0"]')
  ;(inside ?? next)?.focus()
}
