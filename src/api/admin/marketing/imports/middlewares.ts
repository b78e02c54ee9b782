import { createHash, randomUUID } from "node:crypto"
import { createWriteStream, mkdirSync } from "node:fs"
import { rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { pipeline } from "node:stream"
import { Transform } from "node:stream"
import multer, { MulterError, type StorageEngine } from "multer"
import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
  MiddlewareRoute,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { page } from "../../../admin/page"
import { validateQuery } from "../../../validate"

/** Far more than any order history; a plain CSV of ten million lines is about a gigabyte, gzipped a tenth. */
const MAX_BYTES = Number(process.env.MARKETING_IMPORT_MAX_MB || 512) * 1024 * 1024

/** What the storage engine below adds to multer's file. */
export interface UploadedFile {
  originalname: string
  path: string
  size: number
  sha256: string
}

/** Uploads lie in a folder only this user may enter, and are deleted when their import has ended well. */
const folder = (): string => {
  const place = path.join(process.env.MARKETING_IMPORT_DIR ?? path.join(tmpdir(), "medusa-marketing-imports"))
  mkdirSync(place, { recursive: true, mode: 0o700 })
  return place
}

/** To disk while it arrives, hashed on the way: the file is never in memory. */
const storage: StorageEngine = {
  _handleFile(_req, file, done) {
    let target: string
    try {
      target = path.join(folder(), randomUUID())
    } catch (error) {
      done(error)
      return
    }
    const hash = createHash("sha256")
    let size = 0
    const count = new Transform({
      transform(piece: Buffer, _encoding, next) {
        hash.update(piece)
        size += piece.length
        next(null, piece)
      },
    })
    pipeline(file.stream, count, createWriteStream(target, { mode: 0o600, flags: "wx" }), (error) => {
      if (error) {
        // A broken upload is in nobody's list, so nobody else would take it away.
        void rm(target, { force: true }).finally(() => done(error))
        return
      }
      done(null, { path: target, size, sha256: hash.digest("hex") } as Partial<Express.Multer.File>)
    })
  },
  _removeFile(_req, file, done) {
    rm(file.path, { force: true }).then(() => done(null), done)
  },
}

const receive = multer({
  storage,
  // Browsers send file names in UTF-8.
  defParamCharset: "utf8",
  limits: { fileSize: MAX_BYTES, files: 1, fields: 20, fieldSize: 64 * 1024 },
}).single("file")

function receiveFile(req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): void {
  if (!req.is("multipart/form-data")) {
    next(
      new MedusaError(
        MedusaError.Types.INVALID_DATA,
        "Send the file as multipart/form-data, in the field `file`.",
      ),
    )
    return
  }
  receive(req as never, res as never, (error: unknown) => {
    if (error instanceof MulterError && error.code === "LIMIT_FILE_SIZE") {
      const limit = Math.floor(MAX_BYTES / 1024 / 1024)
      res.status(413).json({
        type: MedusaError.Types.INVALID_DATA,
        message: `The file is larger than ${limit} MB. Gzip it, or import it by command line.`,
      })
      return
    }
    if (error instanceof MulterError) {
      next(
        new MedusaError(
          MedusaError.Types.INVALID_DATA,
          `${error.message}. Send one file, in the field \`file\`.`,
        ),
      )
      return
    }
    next(error)
  })
}

export const importMiddlewares: MiddlewareRoute[] = [
  { matcher: "/admin/marketing/imports", methods: ["POST"], middlewares: [receiveFile] },
  { matcher: "/admin/marketing/imports", methods: ["GET"], middlewares: [validateQuery(page)] },
]
