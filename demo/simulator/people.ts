import type { Country, Currency } from "./types"

/** Where shoppers live. Streets and names are common ones; addresses of the kind "first.last.12@example.com" reach nobody. */
export interface Place {
  country: Country
  /** Share of the shoppers. */
  share: number
  currency: Currency
  /** Share of them that reads Chinese rather than English. */
  chinese: number
  cities: readonly (readonly [city: string, postalCode: string, timeZone: string])[]
  streets: readonly string[]
  firstNames: readonly string[]
  lastNames: readonly string[]
}

export const PLACES: readonly Place[] = [
  {
    country: "de",
    share: 0.26,
    currency: "eur",
    chinese: 0.02,
    cities: [
      ["Berlin", "10115", "Europe/Berlin"],
      ["Hamburg", "20095", "Europe/Berlin"],
      ["München", "80331", "Europe/Berlin"],
    ],
    streets: ["Lindenstraße", "Gartenweg", "Schulstraße", "Am Markt"],
    firstNames: ["Anna", "Jonas", "Lea", "Felix", "Mia", "Paul", "Clara", "Emil", "Greta", "Moritz"],
    lastNames: [
      "Müller",
      "Schmidt",
      "Fischer",
      "Weber",
      "Wagner",
      "Becker",
      "Hoffmann",
      "Koch",
      "Richter",
      "Wolf",
    ],
  },
  {
    country: "fr",
    share: 0.14,
    currency: "eur",
    chinese: 0.02,
    cities: [
      ["Paris", "75011", "Europe/Paris"],
      ["Lyon", "69002", "Europe/Paris"],
      ["Nantes", "44000", "Europe/Paris"],
    ],
    streets: ["rue des Lilas", "avenue Victor Hugo", "rue de la Gare", "place du Marché"],
    firstNames: ["Camille", "Louis", "Chloé", "Hugo", "Inès", "Jules", "Manon", "Arthur", "Zoé", "Lucas"],
    lastNames: [
      "Martin",
      "Bernard",
      "Dubois",
      "Thomas",
      "Robert",
      "Petit",
      "Durand",
      "Leroy",
      "Moreau",
      "Simon",
    ],
  },
  {
    country: "gb",
    share: 0.18,
    currency: "gbp",
    chinese: 0.02,
    cities: [
      ["London", "E2 8HD", "Europe/London"],
      ["Leeds", "LS1 4DY", "Europe/London"],
      ["Bristol", "BS1 5TY", "Europe/London"],
    ],
    streets: ["High Street", "Church Lane", "Mill Road", "Station Road"],
    firstNames: ["Olivia", "George", "Isla", "Arthur", "Freya", "Harry", "Poppy", "Leo", "Ava", "Oscar"],
    lastNames: ["Smith", "Jones", "Taylor", "Brown", "Wilson", "Evans", "Thomas", "Walker", "Wright", "Hall"],
  },
  {
    country: "us",
    share: 0.22,
    currency: "usd",
    chinese: 0.05,
    cities: [
      ["New York", "10001", "America/New_York"],
      ["Chicago", "60601", "America/Chicago"],
      ["Portland", "97201", "America/Los_Angeles"],
    ],
    streets: ["Maple Avenue", "Oak Street", "2nd Avenue", "Washington Street"],
    firstNames: ["Emma", "Liam", "Sophia", "Noah", "Amelia", "Mason", "Harper", "Ethan", "Ella", "Logan"],
    lastNames: [
      "Johnson",
      "Williams",
      "Davis",
      "Miller",
      "Garcia",
      "Anderson",
      "Moore",
      "Clark",
      "Lewis",
      "Young",
    ],
  },
  {
    country: "ca",
    share: 0.08,
    currency: "usd",
    chinese: 0.1,
    cities: [
      ["Toronto", "M5V 2T6", "America/Toronto"],
      ["Vancouver", "V6B 1A1", "America/Vancouver"],
    ],
    streets: ["King Street", "Queen Street", "Bay Street", "Cedar Road"],
    firstNames: ["Charlotte", "William", "Alice", "Benjamin", "Nora", "Jack", "Maya", "Owen", "Rose", "Theo"],
    lastNames: [
      "Tremblay",
      "Roy",
      "Campbell",
      "MacDonald",
      "Singh",
      "Wong",
      "Gagnon",
      "Martin",
      "Scott",
      "Reid",
    ],
  },
  {
    country: "cn",
    share: 0.12,
    currency: "cny",
    chinese: 0.95,
    cities: [
      ["上海", "200000", "Asia/Shanghai"],
      ["杭州", "310000", "Asia/Shanghai"],
      ["成都", "610000", "Asia/Shanghai"],
    ],
    streets: ["中山路", "人民路", "解放路", "南京路"],
    firstNames: ["伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "杰"],
    lastNames: ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴"],
  },
]
