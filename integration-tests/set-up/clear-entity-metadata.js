// MikroORM keeps discovered entities in a process-wide registry; a spec file must not see those of the one before it.
const { MetadataStorage } = require("@medusajs/framework/mikro-orm/core")

MetadataStorage.clear()
