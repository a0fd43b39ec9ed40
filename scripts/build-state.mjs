/** Whether a build is as new as what it was made from. */
import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * @param {string[]} built files of the build, from the folder of the project
 * @param {string[]} sources files and folders
 * @returns {boolean} false also where a built file is missing
 */
export function isFresh(built, sources) {
  const builtAt = Math.min(...built.map((path) => changedAt(join(root, path))))
  return builtAt > Math.max(...sources.map((path) => newest(join(root, path))))
}

/** 0 for what is not there. */
function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function newest(path) {
  const facts = statSync(path, { throwIfNoEntry: false })
  if (facts === undefined) return 0
  if (!facts.isDirectory()) return facts.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}
