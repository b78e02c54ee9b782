import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** A place in the event log. Times stay text: a JavaScript Date would cut off their microseconds. */
export interface LogPosition {
  received_at: string
  event_id: string
}

/** What the automations know of each key until it is due, and how far they have read the log. */
export class Watches {
  constructor(_pg: Knex) {}

  async cursor(_reader: string): Promise<(LogPosition & { caught_up_at: number | null }) | null> {
    return null
  }
}
