/** What the kit needs of `localStorage`. */
export interface Store {
  get<T>(key: string): T | undefined
  /** false when it could not be kept (full, or forbidden by the browser). */
  set(key: string, value: unknown): boolean
  remove(key: string): void
  keys(): string[]
}

const PREFIX = "marketing."

/** JSON values under one prefix. A browser that forbids storage makes a kit that forgets, never one that throws. */
export function webStorage(open: () => Storage): Store {
  const attempt = <T>(action: (storage: Storage) => T, otherwise: T): T => {
    try {
      return action(open())
    } catch {
      return otherwise
    }
  }
  return {
    get: <T>(key: string) =>
      attempt<T | undefined>((storage) => {
        const text = storage.getItem(PREFIX + key)
        return text === null ? undefined : (JSON.parse(text) as T)
      }, undefined),
    set: (key, value) =>
      attempt((storage) => {
        storage.setItem(PREFIX + key, JSON.stringify(value))
        return true
      }, false),
    remove: (key) => attempt((storage) => storage.removeItem(PREFIX + key), undefined),
    keys: () =>
      attempt<string[]>(
        (storage) =>
          Object.keys(storage)
            .filter((key) => key.startsWith(PREFIX))
            .map((key) => key.slice(PREFIX.length)),
        [],
      ),
  }
}
