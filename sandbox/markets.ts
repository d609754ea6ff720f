/** Where and how strongly a region buys. All figures are invented; the list of regions is the one that is known. */
export interface Market {
  region: string;
  /** Size relative to the United States. */
  size: number;
  /** Shifts and scales the seasons: north, south (half a year later), tropic (no summer or winter). */
  climate: "north" | "south" | "tropic";
  /** Ramadan and Muslim fashion count fully here. */
  muslim: boolean;
  /** Weekend on Friday and Saturday. */
  gulfWeekend: boolean;
  /** Sales days when day and month are equal (9.9, 11.11), as in South-East Asia. */
  doubleDays: boolean;
  /** Ad prices relative to the United States. */
  price: number;
}

export const ALL_REGIONS = "all_regions";

// region:size:price, then letters: s south, t tropic, m Muslim majority, g Gulf weekend, d double days.
const TABLE = `
US:1:1: ID:0.72:0.3:tmd VN:0.5:0.3:td GB:0.42:0.95: TH:0.42:0.4:td PH:0.4:0.3:td MX:0.38:0.45: BR:0.4:0.4:s
MY:0.34:0.45:tmd DE:0.27:0.9: FR:0.24:0.85: IT:0.19:0.75: ES:0.18:0.7: JP:0.2:0.9: SA:0.2:0.7:mg TR:0.2:0.35:m
KR:0.11:0.85: SG:0.11:0.9:td AU:0.14:1:s CA:0.16:0.95: AE:0.14:0.8:mg TW:0.1:0.7:d PL:0.1:0.5: EG:0.11:0.25:mg
PK:0.1:0.2:m NL:0.08:0.9: IQ:0.08:0.25:mg KH:0.06:0.25:td CO:0.08:0.35:t CL:0.06:0.45:s AR:0.06:0.35:s PE:0.06:0.35:s
EC:0.035:0.35:t MA:0.05:0.3:m RO:0.05:0.45: SE:0.05:0.95: BE:0.05:0.85: CH:0.045:1.1: AT:0.04:0.9: GR:0.04:0.55:
PT:0.04:0.6: CZ:0.04:0.55: HU:0.035:0.5: IE:0.035:0.95: DK:0.03:1: NO:0.03:1.05: FI:0.028:0.9: IL:0.05:0.85:
ZA:0.045:0.4:s NZ:0.03:0.9:s KZ:0.04:0.3:m KW:0.04:0.75:mg QA:0.03:0.8:mg OM:0.025:0.55:mg JO:0.022:0.4:mg
LB:0.018:0.35: BH:0.015:0.65:mg BY:0.02:0.3: UY:0.012:0.45:s
`;

function parseMarket(text: string): Market {
  const [region = "", size = "0", price = "0", flags = ""] = text.split(":");
  return {
    region,
    size: Number(size),
    climate: flags.includes("s") ? "south" : flags.includes("t") ? "tropic" : "north",
    muslim: flags.includes("m"),
    gulfWeekend: flags.includes("g"),
    doubleDays: flags.includes("d"),
    price: Number(price),
  };
}

/** Every region but `all_regions`, which is the sum of these. */
export const MARKETS: readonly Market[] = TABLE.trim().split(/\s+/).map(parseMarket);
