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

/**
 * Sends calls at fixed moments, whether or not the earlier ones have been answered (an open loop: a slow server does not
 * slow its load). Latency counts from the moment a call was due, so waiting in line is part of it. `perSecond` is of each
 * call; the calls' moments are spread evenly between one another.
 */
export async function openLoop(
  url: string,
  calls: { call: Call; perSecond: number }[],
  until: (seconds: number) => boolean,
): Promise<Pooled[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const target = new URL(url)
  const started = performance.now()
  const measured = await Promise.all(
    calls.map(async ({ call, perSecond }, which) => {
      const latencies: number[] = []
      const pending: Promise<void>[] = []
      let failures = 0
      for (let n = 0; ; n++) {
        const due = started + ((n + which / calls.length) * 1000) / perSecond
        const wait = due - performance.now()
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        if (until((performance.now() - started) / 1000)) break
        pending.push(
          send(agent, target, call).then((status) => {
            latencies.push(performance.now() - due)
            if (status >= 300) failures++
          }),
        )
      }
      await Promise.all(pending)
      const seconds = (performance.now() - started) / 1000
      return {
        latencies: Float64Array.from(latencies).sort(),
        seconds,
        requests_per_second: latencies.length / seconds,
        failures,
      }
    }),
  )
  agent.destroy()
  return measured.map((one) => pool([one]))
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
