import http from "node:http"

export interface Call {
  method: "GET" | "POST"
  path: string
  headers?: Record<string, string>
  /** Made anew for each request. */
  body?: () => string
}

export interface Measured {
  /** Milliseconds, sorted. */
  latencies: Float64Array
  seconds: number
  requests_per_second: number
  failures: number
}

/** Sends `call` over `connections` connections, each one request after the other, `requests` in all. */
export async function load(
  url: string,
  call: Call,
  connections: number,
  requests: number,
): Promise<Measured> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  const latencies = new Float64Array(requests)
  const target = new URL(url)
  let sent = 0
  let failures = 0
  const started = performance.now()
  const connection = async () => {
    while (sent < requests) {
      const slot = sent++
      const at = performance.now()
      const status = await send(agent, target, call)
      latencies[slot] = performance.now() - at
      if (status >= 300) failures++
    }
  }
  await Promise.all(Array.from({ length: connections }, connection))
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  return { latencies: latencies.sort(), seconds, requests_per_second: requests / seconds, failures }
}

function send(agent: http.Agent, target: URL, call: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = call.body?.()
    const request = http.request(
      {
        agent,
        host: target.hostname,
        port: target.port,
        method: call.method,
        path: call.path,
        headers: {
          ...call.headers,
          ...(body ? { "content-type": "application/json", "content-length": Buffer.byteLength(body) } : {}),
        },
      },
      (response) => {
        response.resume()
        response.once("end", () => resolve(response.statusCode ?? 599))
      },
    )
    request.once("error", reject)
    request.end(body)
  })
}

/**
 * Loads two calls in turn, `rounds` times, so that a change of the machine's speed meets both. Pools the latencies;
 * `ratios` holds one ratio of requests a second (first / second) a round.
 */
export async function compare(
  url: string,
  calls: [Call, Call],
  { connections, requests, rounds }: { connections: number; requests: number; rounds: number },
): Promise<{ first: Pooled; second: Pooled }> {
  const pooled: [Measured[], Measured[]] = [[], []]
  for (let round = -1; round < rounds; round++) {
    for (const which of [0, 1] as const) {
      const measured = await load(url, calls[which], connections, requests)
      if (round >= 0) pooled[which].push(measured) // the first round warms up
    }
  }
  return { first: pool(pooled[0]), second: pool(pooled[1]) }
}

export interface Pooled {
  p50: number
  p95: number
  p99: number
  requests_per_second: number
  failures: number
}

function pool(runs: Measured[]): Pooled {
  const all = Float64Array.from(runs.flatMap((run) => [...run.latencies])).sort()
  const at = (share: number) => all[Math.min(all.length - 1, Math.floor(all.length * share))]
  const rates = runs.map((run) => run.requests_per_second).sort((a, b) => a - b)
  return {
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    requests_per_second: rates[rates.length >> 1],
    failures: runs.reduce((sum, run) => sum + run.failures, 0),
  }
}
