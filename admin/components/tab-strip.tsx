import { clx } from "@medusajs/ui"
import { NavLink } from "react-router-dom"

interface TabStripProps {
  label: string
  tabs: { to: string; label: string; end?: boolean }[]
}

/** Pages beside one another, drawn as the dashboard draws its tabs; they are links, so each has an address. */
export const TabStrip = ({ label, tabs }: TabStripProps) => (
  <nav aria-label={label} className="overflow-x-auto p-1">
    <ul className="flex items-center gap-2">
      {tabs.map((tab) => (
        <li key={tab.to}>
          <NavLink
            to={tab.to}
            end={tab.end}
            className={({ isActive }) =>
              clx(
                "txt-compact-small-plus transition-fg inline-flex items-center justify-center whitespace-nowrap rounded-full border border-transparent px-2.5 py-1 outline-none",
                "hover:text-ui-fg-base focus-visible:border-ui-border-interactive focus-visible:!shadow-borders-focus focus-visible:bg-ui-bg-base",
                isActive
                  ? "text-ui-fg-base bg-ui-bg-base shadow-elevation-card-rest"
                  : "text-ui-fg-subtle bg-transparent",
              )
            }
          >
            {tab.label}
          </NavLink>
        </li>
      ))}
    </ul>
  </nav>
)
