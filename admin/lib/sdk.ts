import Medusa from "@medusajs/js-sdk"

export const backendUrl = typeof __BACKEND_URL__ === "undefined" ? "/" : __BACKEND_URL__

/** The same client, signed in the same way, as the dashboard's own. */
export const sdk = new Medusa({
  baseUrl: backendUrl,
  auth: {
    type: typeof __AUTH_TYPE__ === "undefined" ? "session" : __AUTH_TYPE__,
    jwtTokenStorageKey:
      typeof __JWT_TOKEN_STORAGE_KEY__ === "undefined" ? undefined : __JWT_TOKEN_STORAGE_KEY__ || undefined,
  },
})
