import type { Knex } from "@medusajs/framework/mikro-orm/knex"

const NO_SUCH_STATEMENT = "26000"
const STATEMENT_EXISTS = "42P05"

/** The part of a Postgres connection that knex does not offer: statements that are planned once. */
interface PgConnection {
  query<Row>(statement: {
    name?: string
    text: string
    values: unknown[]
  }): Promise<{ rows: Row[]; rowCount: number }>
}
interface PgClient {
  acquireConnection(): Promise<PgConnection>
  releaseConnection(connection: PgConnection): Promise<void>
}

/** False once a pooler between us and Postgres has handed out another connection: names mean nothing there. */
let prepares = true

/**
 * Runs a statement that each connection plans once and remembers by `name`. For hot paths over many tables or
 * partitions, where planning costs more than running. `text` uses $1, $2, … ; one `name` must always mean one `text`.
 */
export async function queryPrepared<Row>(
  knex: Knex,
  name: string,
  text: string,
  values: unknown[],
): Promise<{ rows: Row[]; rowCount: number }> {
  const client = knex.client as PgClient
  const connection = await client.acquireConnection()
  try {
    if (!prepares) return await connection.query<Row>({ text, values })
    return await connection.query<Row>({ name, text, values })
  } catch (error) {
    const { code } = error as { code?: string }
    if (!prepares || (code !== NO_SUCH_STATEMENT && code !== STATEMENT_EXISTS)) throw error
    prepares = false
    return await connection.query<Row>({ text, values })
  } finally {
    await client.releaseConnection(connection)
  }
}

/** How long reads call themselves while they run. */
export const READER = "marketing reader"

/**
 * A transaction that reads for long and writes no events: under its name the reader of the log knows that it need not wait for it. Temporary
 * tables may be written.
 */
export function readerTransaction<T>(
  pg: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
  config?: Knex.TransactionConfig,
): Promise<T> {
  return pg.transaction(async (trx) => {
    await trx.raw(`set local application_name = '${READER}'`)
    return work(trx)
  }, config)
}
