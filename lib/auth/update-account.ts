import "server-only";
import { db } from "@/lib/platform/db";
import type { Visitor } from "./caller-address";
import type { Profile, UpdateAccountInput } from "./schemas";
import type { Account } from "./sessions";
import { toProfile } from "./to-profile";

/** Changes what a person set for themselves; what is left out stays, null goes back to the default. */
export function updateAccount(account: Account, input: UpdateAccountInput, visitor: Visitor): Promise<Profile> {
  return db().$transaction(async (tx) => {
    const { rankingColumns, ...rest } = input;
    const data = rankingColumns === undefined ? rest : { ...rest, rankingColumns: rankingColumns ?? [] };
    const user = await tx.user.update({ where: { id: account.id }, data });
    await tx.accountEvent.create({
      data: {
        userId: account.id,
        action: "account.updated",
        address: visitor.address,
        details: { fields: Object.keys(input) },
      },
    });
    return toProfile(user);
  });
}
