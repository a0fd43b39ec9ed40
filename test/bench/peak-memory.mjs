/**
 * Preloaded into a measured program: says its peak memory and processor time when it ends. On Linux
 * `maxRSS` is never less than that of the program that started this one.
 */
import { readFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

function peakKiB() {
  try {
    return Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
  } catch {
    return process.resourceUsage().maxRSS
  }
}

if (isMainThread) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime } = process.resourceUsage()
    process.stderr.write(`\npeak-memory ${Math.round(peakKiB() / 1024)} MiB\n`)
    process.stderr.write(`cpu-seconds ${((userCPUTime + systemCPUTime) / 1e6).toFixed(1)}\n`)
  })
}
