/**
 * Computing time, for tests of hostile inputs: how busy the machine is with other things does not
 * count.
 *
 * @module
 */

/** @returns seconds that all threads of this process have computed since */
export function stopwatch(): () => number {
  const began = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(began)
    return (user + system) / 1e6
  }
}
