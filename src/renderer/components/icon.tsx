/**
 * All signs of the window, drawn for it. They are decoration: words beside them carry the meaning.
 *
 * @module
 */
import type { ReactNode } from 'react'
import type { VerdictState } from '../../shared/model/verdict-state.ts'

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const
const thin = { ...stroke, strokeWidth: 1.5 } as const
const SHIELD = 'M12 2.5 20 5.5v6.2c0 5-3.4 8.3-8 9.8-4.6-1.5-8-4.8-8-9.8V5.5z'

/** One silhouette for each verdict: told apart without colour, from two metres. */
const VERDICTS: Record<VerdictState, ReactNode> = {
  VERIFIED: (
    <>
      <path d={SHIELD} fill="currentColor" />
      <path d="m8 12 2.9 3L16.2 9" {...stroke} stroke="var(--card)" strokeWidth={2.1} />
    </>
  ),
  VALID_KEY_UNCONFIRMED: (
    <>
      <path d={SHIELD} {...thin} />
      <circle cx="9.3" cy="14.1" r="2.1" {...thin} />
      <path d="m10.8 12.6 3.1-3.1m-1.2 1.2 1.2 1.2" {...thin} />
      <path
        d="M14.6 6.4a1.5 1.5 0 1 1 2 1.5c-.4.1-.5.4-.5.8m0 1.3v.05"
        {...thin}
        strokeWidth={1.2}
      />
    </>
  ),
  SIGNATURE_INVALID: (
    <>
      <path d="M8.3 2.8h7.4l5.5 5.5v7.4l-5.5 5.5H8.3l-5.5-5.5V8.3z" fill="currentColor" />
      <path d="m8.6 8.6 6.8 6.8m0-6.8-6.8 6.8" {...stroke} stroke="var(--card)" strokeWidth={2.1} />
    </>
  ),
  INCOMPLETE: (
    <>
      <path
        d="M14.2 3.3a9 9 0 0 1 6.5 6.5M20.7 14.2a9 9 0 0 1-15 4.2M3.3 14.2A9 9 0 0 1 9.8 3.3"
        {...stroke}
      />
      <path d="M9 12h6" {...stroke} />
    </>
  ),
  NOT_LEGALLY_RELEVANT: (
    <>
      <path
        d="M13.6 6.3c-.3-2-1.8-3.3-3.9-3.3-2.2 0-3.8 1.3-3.8 3.2 0 4 7.6 3.7 7.6 7.6 0 1.5-1.1 2.6-2.7 3M5.8 16.9c.3 2 1.8 3.3 3.9 3.3M8.6 9.3c-1.7.4-2.8 1.5-2.8 3 0 3.6 5.5 3.7 7.1 5.9"
        {...thin}
      />
      <circle cx="17.6" cy="16.8" r="5" fill="currentColor" />
      <path
        d="m15.7 14.9 3.8 3.8m0-3.8-3.8 3.8"
        {...stroke}
        stroke="var(--card)"
        strokeWidth={1.7}
      />
    </>
  ),
  NOT_CHECKED: (
    <>
      <path d={SHIELD} {...thin} strokeDasharray="2.6 2.4" />
      <path d="M8.5 12h7" {...stroke} />
    </>
  ),
  UNREADABLE: (
    <>
      <path d="M6 21V3h8l4 4v10l-2.4 2-2.4-2-2.4 2-2.4-2L6 19" {...thin} />
      <path d="M10.1 8.8a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.8.6-.8 1.2m0 2v.05" {...thin} />
    </>
  ),
}

const ICONS = {
  check: <path d="M4 12.5 9.5 18 20 6.5" {...stroke} strokeWidth={2.4} />,
  key: (
    <>
      <circle cx="8" cy="15" r="4.2" {...stroke} />
      <path d="m11 12 8.5-8.5M16 7l3 3" {...stroke} />
    </>
  ),
  runs: <path d="M4 6h16M4 12h16M4 18h10" {...stroke} />,
  report: <path d="M6 3h8l4 4v14H6zM9 12h6M9 16h6" {...stroke} />,
  help: (
    <>
      <circle cx="12" cy="12" r="9" {...stroke} />
      <path d="M9.6 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8M12 16.6v.1" {...stroke} />
    </>
  ),
  settings: (
    <>
      <circle cx="12" cy="12" r="3" {...stroke} />
      <path
        d="M12 3v3m0 12v3M3 12h3m12 0h3M5.6 5.6l2.1 2.1m8.6 8.6 2.1 2.1m0-12.8-2.1 2.1m-8.6 8.6-2.1 2.1"
        {...stroke}
      />
    </>
  ),
  upload: (
    <path
      d="M12 15V4m0 0L7.5 8.5M12 4l4.5 4.5M4 15v4a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-4"
      {...thin}
    />
  ),
  warn: <path d="M12 4 21 19.5H3zM12 10v4.2M12 17v.1" {...stroke} />,
  question: <path d="M9 9a3.2 3.2 0 1 1 4.6 2.9c-1 .5-1.6 1.1-1.6 2.4M12 18.2v.1" {...stroke} />,
  cross: <path d="m6.5 6.5 11 11m0-11-11 11" {...stroke} strokeWidth={2.4} />,
  dash: <path d="M5 12h14" {...stroke} strokeWidth={2.4} />,
  info: (
    <>
      <circle cx="12" cy="12" r="9" {...stroke} />
      <path d="M12 11v5M12 7.6v.1" {...stroke} />
    </>
  ),
  lock: (
    <path
      d="M6.5 11h11a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-6A1.5 1.5 0 0 1 6.5 11zM8 11V8a4 4 0 0 1 8 0v3"
      {...stroke}
    />
  ),
  chevron: <path d="m9 5 7 7-7 7" {...stroke} />,
  back: <path d="m15 5-7 7 7 7" {...stroke} />,
  up: <path d="m6 15 6-6 6 6" {...stroke} />,
  down: <path d="m6 9 6 6 6-6" {...stroke} />,
  copy: <path d="M9 9h11v11H9zM15 9V4H4v11h5" {...stroke} />,
  save: (
    <path
      d="M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3"
      {...stroke}
    />
  ),
  plus: <path d="M12 5v14M5 12h14" {...stroke} />,
  trash: <path d="M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5" {...stroke} />,
  edit: <path d="M5 19h4L19.5 8.5l-4-4L5 15zM13 7l4 4" {...stroke} />,
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6" {...stroke} />
      <path d="m15 15 5 5" {...stroke} />
    </>
  ),
  paste: <path d="M9 5H6v15h12V5h-3M9 3.5h6v4H9zM9 12h6M9 16h4" {...stroke} />,
  again: <path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4.5H15" {...stroke} />,
  camera: (
    <>
      <path
        d="M4 7.5h3.2L9 5h6l1.8 2.5H20a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8.5a1 1 0 0 1 1-1z"
        {...stroke}
      />
      <circle cx="12" cy="13" r="3.6" {...stroke} />
    </>
  ),
  folder: (
    <path
      d="M3.5 6.5A1.5 1.5 0 0 1 5 5h4.5l2 2.5H19a1.5 1.5 0 0 1 1.5 1.5v8.5A1.5 1.5 0 0 1 19 19H5a1.5 1.5 0 0 1-1.5-1.5z"
      {...stroke}
    />
  ),
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof ICONS

export function Icon({
  name,
  size = 20,
  className,
}: {
  name: IconName
  size?: number
  className?: string
}) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className={className}>
      {ICONS[name]}
    </svg>
  )
}

export function VerdictIcon({ state, size = 20 }: { state: VerdictState; size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      {VERDICTS[state]}
    </svg>
  )
}

/** The sign of the program: a shield with a spark. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={SHIELD} fill="var(--accent)" />
      <path d="m12.8 6-4.3 6.6h3l-.6 5.2 4.6-7h-3.1z" fill="var(--on-accent)" />
    </svg>
  )
}
