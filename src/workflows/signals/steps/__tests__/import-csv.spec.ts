import { createHash } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { gzipSync } from "node:zlib"
import type { Encoding } from "../../../../core/signals/order-history"
import { readCsv } from "../import-csv"
import { surveyFile } from "../import-survey"

describe("reading a CSV file", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "import-csv-"))
  afterAll(() => rmSync(folder, { recursive: true }))

  const file = (content: string | Buffer): string => {
    const name = path.join(folder, "orders.csv")
    writeFileSync(name, content)
    return name
  }
  const read = async (content: string | Buffer, encoding: Encoding = "utf-8") => {
    const rows: [number, ...string[]][] = []
    const bad: [number, string][] = []
    let header: string[] = []
    const facts = await readCsv(file(content), encoding, {
      header: (names) => {
        header = names
      },
      row: (fields, line) => rows.push([line, ...fields]),
      bad: (line, detail) => bad.push([line, detail]),
    })
    return { header, rows, bad, ...facts }
  }

  it.each([
    ["plain", "a,b\n1,2\n3,4\n"],
    ["with Windows line ends and no last one", "a,b\r\n1,2\r\n3,4"],
    ["with a byte order mark and semicolons", "\ufeffa;b\n1;2\n3;4\n"],
    ["with tabs", "a\tb\n1\t2\n3\t4\n"],
    ["quoted throughout", '"a","b"\n"1","2"\n"3","4"\n'],
    ["gzipped", gzipSync("a,b\n1,2\n3,4\n")],
    ["UTF-16 as a spreadsheet writes it", Buffer.from("\ufeffa\tb\r\n1\t2\r\n3\t4\r\n", "utf16le")],
  ])("works %s", async (_, content) => {
    const { header, rows, bad } = await read(content)
    expect(header).toEqual(["a", "b"])
    expect(rows).toEqual([
      [2, "1", "2"],
      [3, "3", "4"],
    ])
    expect(bad).toEqual([])
  })

  it("hashes the file as it lies on disk and finds its encoding", async () => {
    const latin = Buffer.from("a,b\n1,Käse\n", "latin1")
    const facts = await read(latin)
    expect(facts.hash).toBe(createHash("sha256").update(latin).digest("hex"))
    expect(facts.encoding).toBe("windows-1252")
    expect((await read(latin, "windows-1252")).rows).toEqual([[2, "1", "Käse"]])
  })

  it("keeps line breaks, quotes and delimiters inside quotes, and the line numbers after them", async () => {
    const { rows, bad } = await read('a,b\n1,"two\nlines, and ""quotes"""\n\n3,4\n')
    expect(rows).toEqual([
      [3, "1", 'two\nlines, and "quotes"'],
      [5, "3", "4"],
    ])
    expect(bad).toEqual([])
  })

  it("names each line with too few or too many columns, and goes on", async () => {
    const { rows, bad } = await read("a,b\n1\n1,2,3\n1,2,,\n3,4\n")
    expect(bad).toEqual([
      [2, "1 columns, the header has 2"],
      [3, "3 columns, the header has 2"],
    ])
    expect(rows).toEqual([
      [4, "1", "2", "", ""],
      [5, "3", "4"],
    ])
  })

  it("loses only the line whose quote is never closed, in the middle of a long file", async () => {
    const lines = Array.from({ length: 3000 }, (_, n) => `${n},plain text of a line that is long enough`)
    const { rows, bad } = await read(`a,b\n1,"never closed\n${lines.join("\n")}\n`)
    expect(bad).toEqual([[2, "a quote is not closed"]])
    expect(rows.map(([line]) => line)).toEqual(lines.map((_, n) => n + 3))
  })

  it("takes quotes of a writer that does not quote as they stand, few or many", async () => {
    const lines = Array.from({ length: 500 }, (_, n) => (n % 2 ? `${n},${n}" pipe` : `${n},"half" quoted`))
    const { rows, bad } = await read(`a,b\n${lines.join("\n")}\n`)
    expect(bad).toEqual([])
    expect(rows.map(([line]) => line)).toEqual(lines.map((_, n) => n + 2))
    expect(rows[1]).toEqual([3, "1", '1" pipe'])
  })

  it("loses only the lines whose quotes are open at the end", async () => {
    const { rows, bad } = await read('\ufeffa,b\r\n1,2\r\n\r\n3,"open\r\n4,5\r\n6,"open\r\n')
    expect(rows).toEqual([
      [2, "1", "2"],
      [5, "4", "5"],
    ])
    expect(bad.map(([line]) => line)).toEqual([4, 6])
  })

  it("refuses what is empty, damaged or no table", async () => {
    await expect(read("")).rejects.toMatchObject({ code: "empty_file" })
    await expect(read("\n\n")).rejects.toMatchObject({ code: "empty_file" })
    await expect(read(Buffer.from("PK\u0003\u0004xlsx"))).rejects.toMatchObject({ code: "not_a_text_file" })
    const whole = gzipSync("a,b\n" + "1,2\n".repeat(50_000))
    await expect(read(whole.subarray(0, whole.length - 20))).rejects.toMatchObject({ code: "damaged_file" })
  })

  it("stops where its handler throws", async () => {
    const handler = {
      header: () => {
        throw new Error("no such column")
      },
      row: () => undefined,
      bad: () => undefined,
    }
    for (const content of ["a,b\n1,2\n", gzipSync("a,b\n" + "1,2\n".repeat(300_000))]) {
      await expect(readCsv(file(content), "utf-8", handler)).rejects.toThrow("no such column")
    }
  })

  it("is read once more where the whole file shows that the first guess was wrong", async () => {
    const rows = [
      "1;31.12.2020;A;1.000;2,50;Käse",
      "2;01.01.2021;MUG;1;1.234,00;Öl",
      "C3;02.01.2021;MUG;1;1,00;Öl",
    ]
    const content = Buffer.from(`order;date;sku;quantity;price;title\n${rows.join("\n")}\n`, "latin1")
    const survey = await surveyFile(
      file(content),
      { create_customers: true, as_orders: false },
      "eur",
      Date.now(),
      async () => undefined,
    )
    expect(survey.encoding).toBe("windows-1252")
    expect(survey.reading).toMatchObject({ decimal: ",", cancellationPrefix: false })
    expect(survey.rows).toBe(3)
    expect(survey.catalogue.skus.get("A")).toMatchObject({ title: "Käse" })
    expect(survey.catalogue.skus.get("MUG")!.prices.get("eur")!.median).toBe(1)
  })
})
