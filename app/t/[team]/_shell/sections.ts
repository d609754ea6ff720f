import {
  BellRing,
  Bookmark,
  CalendarClock,
  Coins,
  Home,
  ListOrdered,
  type LucideIcon,
  Settings,
  Star,
} from "lucide-react";

type Section = {
  name: "home" | "explore" | "searches" | "watchlists" | "schedules" | "alerts" | "credits" | "settings";
  /** Shorter words for the bar of a phone; null: a phone gets there from the notifications, or from what renews. */
  short: "home" | "exploreShort" | "searchesShort" | "watchlistsShort" | "credits" | "settings" | null;
  path: string;
  Icon: LucideIcon;
};

/** The pages of a team, in the order of every navigation. */
export const SECTIONS: readonly Section[] = [
  { name: "home", short: "home", path: "", Icon: Home },
  { name: "explore", short: "exploreShort", path: "/explore", Icon: ListOrdered },
  { name: "searches", short: "searchesShort", path: "/searches", Icon: Bookmark },
  { name: "watchlists", short: "watchlistsShort", path: "/watchlists", Icon: Star },
  { name: "schedules", short: null, path: "/schedules", Icon: CalendarClock },
  { name: "alerts", short: null, path: "/alerts", Icon: BellRing },
  { name: "credits", short: "credits", path: "/credits", Icon: Coins },
  { name: "settings", short: "settings", path: "/settings", Icon: Settings },
];
