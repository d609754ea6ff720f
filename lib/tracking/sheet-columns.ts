import "server-only";
import { tidyCell } from "./sheet-cells";

/** What a column of a sheet may hold. */
export const SHEET_COLUMNS = [
  "month",
  "region",
  "category",
  "ctrPct",
  "cvrPct",
  "sixSecondViewRatePct",
  "cpa",
  "cost",
  "currency",
  "posts",
  "impressions",
  "likes",
  "comments",
  "shares",
  "rank",
] as const;
export type SheetColumn = (typeof SHEET_COLUMNS)[number];

const NAMES: Record<SheetColumn, readonly string[]> = {
  month: ["month", "date", "period", "day", "time", "月份", "月", "日期", "时间", "统计周期"],
  region: ["region", "country", "market", "country/region", "国家", "地区", "国家/地区", "国家地区", "市场"],
  category: ["category", "category id", "category name", "类目", "类目id", "类目名称", "三级类目", "品类"],
  ctrPct: ["ctr", "click-through rate", "click through rate", "ctrpct", "点击率"],
  cvrPct: ["cvr", "conversion rate", "cvrpct", "转化率"],
  sixSecondViewRatePct: [
    "6s view rate",
    "6-second view rate",
    "6 second view rate",
    "six-second view rate",
    "6s",
    "vtr 6s",
    "6秒播放率",
    "6s播放率",
    "6秒完播率",
  ],
  cpa: ["cpa", "cost per acquisition", "cost per action", "cost per conversion", "每次转化成本", "转化成本"],
  cost: ["cost", "spend", "ad spend", "ads spend", "total spend", "花费", "广告花费", "消耗", "广告消耗", "支出"],
  currency: ["currency", "币种", "货币"],
  posts: ["posts", "popularity", "ads", "热度", "广告数", "popularity (ads)"],
  impressions: ["impressions", "impression", "曝光量", "曝光", "展示量"],
  likes: ["likes", "点赞"],
  comments: ["comments", "评论"],
  shares: ["shares", "分享"],
  rank: ["rank", "ranking", "排名", "名次"],
};

const byName = new Map(SHEET_COLUMNS.flatMap((column) => NAMES[column].map((name) => [name, column] as const)));

/** What a head says that its column holds, in either language; units in brackets are no part of the name. */
export function columnOfHead(head: string): SheetColumn | null {
  const whole = tidyCell(head).toLowerCase();
  const bare = whole
    .replace(/[([（【].*?[)\]）】]/g, "")
    .replace(/[,，:：].*$/, "")
    .replace(/[%€£$¥]/g, "")
    .trim();
  return byName.get(whole) ?? byName.get(bare) ?? null;
}
