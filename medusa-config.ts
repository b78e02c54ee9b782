import { defineConfig, loadEnv } from "@medusajs/framework/utils"
import type { PluginOptions } from "./src/types"

loadEnv(process.env.NODE_ENV || "development", process.cwd())

/** Running from source there is no plugin entry, so each module is given the plugin's options itself. */
const options: PluginOptions = {
  intakeRequestsPerMinute: Number(process.env.INTAKE_REQUESTS_PER_MINUTE ?? 600),
}

export default defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    redisUrl: process.env.REDIS_URL,
    workerMode: (process.env.MEDUSA_WORKER_MODE as "shared" | "worker" | "server") ?? "shared",
    http: {
      storeCors: process.env.STORE_CORS ?? "http://localhost:8000",
      adminCors: process.env.ADMIN_CORS ?? "http://localhost:9000",
      authCors: process.env.AUTH_CORS ?? "http://localhost:8000,http://localhost:9000",
      jwtSecret: process.env.JWT_SECRET ?? "supersecret",
      cookieSecret: process.env.COOKIE_SECRET ?? "supersecret",
    },
    // The demo is served over plain http in production mode; a Secure cookie would make sign-in loop.
    cookieOptions: { secure: false, sameSite: "lax" },
  },
  featureFlags: { caching: process.env.MEDUSA_CACHING === "true" },
  modules: [
    { resolve: "./src/modules/signals", options },
    { resolve: "./src/modules/intelligence", options },
    { resolve: "./src/modules/decisions", options },
    { resolve: "./src/modules/recommendations", options },
    ...(process.env.MEDUSA_CACHING === "true"
      ? [{ resolve: "@medusajs/medusa/caching", options: { in_memory: { enable: true } } }]
      : []),
  ],
})
