import "server-only";

/** The provider's first-level categories: its id, its English name, and the Chinese name that the trade uses. */
export const TOP_CATEGORIES = [
  { id: "605196", en: "Automotive & Motorbike", zh: "汽车与摩托车" },
  { id: "602284", en: "Baby & Maternity", zh: "母婴用品" },
  { id: "601450", en: "Beauty & Personal Care", zh: "美妆个护" },
  { id: "801928", en: "Books, Magazines & Audio", zh: "图书、杂志与音像" },
  { id: "951432", en: "Collectibles", zh: "收藏品" },
  { id: "601755", en: "Computers & Office Equipment", zh: "电脑办公" },
  { id: "605248", en: "Fashion Accessories", zh: "时尚配件" },
  { id: "700437", en: "Food & Beverages", zh: "食品饮料" },
  { id: "604453", en: "Furniture", zh: "家具" },
  { id: "700645", en: "Health", zh: "健康保健" },
  { id: "604968", en: "Home Improvement", zh: "家装建材" },
  { id: "600001", en: "Home Supplies", zh: "居家日用" },
  { id: "600942", en: "Household Appliances", zh: "家用电器" },
  { id: "953224", en: "Jewellery, Accessories & Derivatives", zh: "珠宝饰品及衍生品" },
  { id: "802184", en: "Kids' Fashion", zh: "儿童时尚" },
  { id: "600024", en: "Kitchenware", zh: "厨房用品" },
  { id: "824584", en: "Luggage & Bags", zh: "箱包" },
  { id: "824328", en: "Menswear & Men's Underwear", zh: "男装与男士内衣" },
  { id: "601303", en: "Muslim Fashion", zh: "穆斯林时尚" },
  { id: "602118", en: "Pet Supplies", zh: "宠物用品" },
  { id: "601739", en: "Phones & Electronics", zh: "手机数码" },
  { id: "601352", en: "Shoes", zh: "鞋靴" },
  { id: "603014", en: "Sports & Outdoor", zh: "运动户外" },
  { id: "600154", en: "Textiles & Soft Furnishings", zh: "家纺布艺" },
  { id: "604579", en: "Tools & Hardware", zh: "五金工具" },
  { id: "604206", en: "Toys & Hobbies", zh: "玩具和爱好" },
  { id: "834312", en: "Virtual Products", zh: "虚拟商品" },
  { id: "601152", en: "Womenswear & Women's Underwear", zh: "女装与女士内衣" },
] as const;

const topById = new Map<string, (typeof TOP_CATEGORIES)[number]>(TOP_CATEGORIES.map((top) => [top.id, top]));
const chineseByName = new Map<string, string>(TOP_CATEGORIES.map((top) => [top.en.toLowerCase(), top.zh]));

/** A first-level name in the reader's language. A name that nobody has translated stays as the provider wrote it. */
export function topCategoryName(name: string, locale: string): string {
  return locale === "zh-CN" ? (chineseByName.get(name.trim().toLowerCase()) ?? name) : name;
}

/** Whether an id is of the first level: the vendor documents only third-level ones as a filter. */
export const isTopCategory = (id: string) => topById.has(id);

/** A category's name in the reader's language, from the known first level or from what was learned; null when unknown. */
export function categoryName(
  id: string | null | undefined,
  learned: readonly { id: string; name: string | null; ownName?: string | null }[],
  locale: string,
): string | null {
  if (!id) return null;
  const top = topById.get(id);
  if (top) return locale === "zh-CN" ? top.zh : top.en;
  const found = learned.find((category) => category.id === id);
  return found?.ownName ?? found?.name ?? null;
}
