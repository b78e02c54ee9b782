/**
 * Loaded into a child by `node --import`: when the parent is gone, even by kill -9, its end of the channel closes and the
 * child shuts down as if asked to. The channel alone never keeps a finished child alive.
 */
if (process.channel) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"))
  process.channel.unref()
}

// What this child forks in turn has channels of its own, which must stay as they are.
const own = process.execArgv.findIndex((argument) => argument.includes("leave-with-parent.mjs"))
if (own > 0) {
  process.execArgv.splice(own - 1, 2)
}
