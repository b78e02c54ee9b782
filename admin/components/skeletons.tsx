import { Container, clx } from "@medusajs/ui"

export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={clx("bg-ui-bg-component animate-pulse rounded-[4px]", className)} />
)

export const RowsSkeleton = ({ rows }: { rows: number }) => (
  <div aria-hidden className="divide-y">
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className="grid grid-cols-2 items-center px-6 py-4">
        <Skeleton className="h-5 w-28" />
        <Skeleton className="h-5 w-44" />
      </div>
    ))}
  </div>
)

export const SectionSkeleton = ({ rows = 3 }: { rows?: number }) => (
  <Container className="divide-y p-0" aria-hidden>
    <div className="px-6 py-4">
      <Skeleton className="h-6 w-40" />
    </div>
    <RowsSkeleton rows={rows} />
  </Container>
)
