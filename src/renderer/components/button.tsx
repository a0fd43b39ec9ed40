/**
 * Buttons, all alike.
 *
 * @module
 */
import type { ButtonHTMLAttributes, Ref } from 'react'
import styles from './button.module.css'
import { Icon, type IconName } from './icon.tsx'

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger'
  icon?: IconName
  /** Only the icon is shown; the words are its name. */
  bare?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function Button({ look = 'plain', icon, bare = false, children, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={`${styles['button']} ${styles[look]} ${bare ? styles['bare'] : ''}`}
    >
      {icon !== undefined && <Icon name={icon} size={18} />}
      {bare ? <span className="unseen">{children}</span> : children}
    </button>
  )
}
