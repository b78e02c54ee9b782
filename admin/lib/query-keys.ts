/** Keys of one area of the API: invalidating `all` refreshes its lists and details. */
export function queryKeysFactory<T extends string>(area: T) {
  const all = ["marketing", area] as const
  return {
    all,
    lists: () => [...all, "list"] as const,
    list: (query?: object) => [...all, "list", query ?? {}] as const,
    details: () => [...all, "detail"] as const,
    detail: (id: string) => [...all, "detail", id] as const,
  }
}
