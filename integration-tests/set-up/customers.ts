/**
 * Customers for specs, made over HTTP as a storefront would.
 *
 *   signUpCustomer(api, store, email) -> { id, headers }   headers carry the publishable key and the token
 */
import type { StoreFixture } from "./store"

interface Api {
  post(url: string, body?: unknown, config?: object): Promise<{ data: never }>
}

export async function signUpCustomer(
  api: Api,
  store: StoreFixture,
  email: string,
): Promise<{ id: string; headers: Record<string, string> }> {
  const key = { "x-publishable-api-key": store.publishable_key }
  const password = "a-long-password"
  const registered: { token: string } = (
    await api.post("/auth/customer/emailpass/register", { email, password })
  ).data
  const { customer }: { customer: { id: string } } = (
    await api.post(
      "/store/customers",
      { email, first_name: "Test", last_name: "Person" },
      { headers: { ...key, authorization: `Bearer ${registered.token}` } },
    )
  ).data
  const { token }: { token: string } = (await api.post("/auth/customer/emailpass", { email, password })).data
  return { id: customer.id, headers: { ...key, authorization: `Bearer ${token}` } }
}
