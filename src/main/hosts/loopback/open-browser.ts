/**
 * Opens an address in the user's browser. Where that fails, the address stands in the terminal.
 *
 * @module
 */
import { spawn } from 'node:child_process'

const OPENERS: Partial<Record<NodeJS.Platform, (address: string) => [string, string[]]>> = {
  darwin: (address) => ['open', [address]],
  // Not `start`: that is a word of the shell, which takes `&` for its own.
  win32: (address) => ['rundll32', ['url.dll,FileProtocolHandler', address]],
}

export function openBrowser(address: string): void {
  const opener = OPENERS[process.platform]
  const [program, args] = opener === undefined ? ['xdg-open', [address]] : opener(address)
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
