import path from "node:path"

export function medusaCommand(root) {
  return path.join(root, "node_modules/@medusajs/cli/cli.js")
}

/** For commands that prepare a store; the server itself is given its keys and origins besides. */
export function medusaEnvironment(database) {
  return {
    DATABASE_URL: database.url,
    NODE_ENV: "production",
    JWT_SECRET: "unused",
    COOKIE_SECRET: "unused",
    LOG_LEVEL: "warn",
    MEDUSA_DISABLE_TELEMETRY: "1",
    // Filling a store can be done again, so it need not wait for the disk at each commit.
    PGOPTIONS: "-c synchronous_commit=off",
  }
}
