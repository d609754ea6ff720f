import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { appNow } from "@/lib/platform/clock";
import type { Prisma } from "@/lib/platform/db";
import { literally, readTablePage, TABLE_ROWS, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import { INVITATION_FIELDS, toInvitation } from "./invitation-rows";
import type { Invitation } from "./schemas";

const MOST = 200;

/** Invitations that nobody used or took back, newest first; those that expired say so. */
export async function readInvitations(ctx: TeamContext): Promise<Invitation[]> {
  return withTeam(ctx, "members:write", async (tx) => {
    const now = await appNow(tx);
    const rows = await tx.invitation.findMany({
      where: { teamId: ctx.team.id, acceptedAt: null, revokedAt: null },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: MOST,
      select: INVITATION_FIELDS,
    });
    return rows.map((row) => toInvitation(row, now));
  });
}

/** One page of all of them; `q` is looked for in the addresses that they went to. */
export async function readInvitationsPage(
  ctx: TeamContext,
  look: TableLook,
  most = TABLE_ROWS,
): Promise<TablePage<Invitation>> {
  return withTeam(ctx, "members:write", async (tx) => {
    const now = await appNow(tx);
    const where: Prisma.InvitationWhereInput = {
      teamId: ctx.team.id,
      acceptedAt: null,
      revokedAt: null,
      ...(look.q !== "" && { email: { contains: literally(look.q), mode: "insensitive" } }),
    };
    return readTablePage(
      look,
      () => tx.invitation.count({ where }),
      async (take, skip) => {
        const orderBy = [{ createdAt: "desc" }, { id: "desc" }] satisfies Prisma.InvitationOrderByWithRelationInput[];
        const rows = await tx.invitation.findMany({ where, orderBy, take, skip, select: INVITATION_FIELDS });
        return rows.map((row) => toInvitation(row, now));
      },
      most,
    );
  });
}
