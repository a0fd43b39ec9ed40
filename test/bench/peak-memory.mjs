/** Preloaded into a measured program: says its peak memory and processor time when it ends. */
import { isMainThread } from 'node:worker_threads'
if (isMainThread) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    process.stderr.write(`\npeak-memory ${Math.round(maxRSS / 1024)} MiB\n`)
    process.stderr.write(`cpu-seconds ${((userCPUTime + systemCPUTime) / 1e6).toFixed(1)}\n`)
  })
}
