import { changeRole } from "@/lib/teams/change-role";
import { deleteTeam } from "@/lib/teams/delete-team";
import { invite } from "@/lib/teams/invite";
import { keepTeam } from "@/lib/teams/keep-team";
import { leaveTeam } from "@/lib/teams/leave-team";
import { readInvitations } from "@/lib/teams/read-invitations";
import { readMembers } from "@/lib/teams/read-members";
import { readTeamSettings } from "@/lib/teams/read-team-settings";
import { removeMember } from "@/lib/teams/remove-member";
import { resendInvitation } from "@/lib/teams/resend-invitation";
import { revokeInvitation } from "@/lib/teams/revoke-invitation";
import { transferOwnership } from "@/lib/teams/transfer-ownership";
import { updateTeam } from "@/lib/teams/update-team";
import { makeMember } from "./factories";
import type { OutsiderVerb } from "./outsider-target";

/** Verbs about who is in a team and what it decided about itself, as an outsider calls them. */
export const MEMBERSHIP_VERBS: Record<string, OutsiderVerb> = {
  invite: {
    as: "own",
    call: (ctx) => invite(ctx, { email: "new@example.com", role: "viewer", limitCredits: null }, "en"),
  },
  readInvitations: { as: "own", call: (ctx) => readInvitations(ctx) },
  resendInvitation: { as: "refused", call: (ctx, { invitationId }) => resendInvitation(ctx, invitationId, "en") },
  revokeInvitation: { as: "refused", call: (ctx, { invitationId }) => revokeInvitation(ctx, invitationId) },
  changeRole: { as: "refused", call: (ctx, { memberId }) => changeRole(ctx, memberId, { role: "viewer" }) },
  removeMember: { as: "refused", call: (ctx, { memberId }) => removeMember(ctx, memberId) },
  transferOwnership: { as: "refused", call: (ctx, { memberId }) => transferOwnership(ctx, memberId) },
  leaveTeam: {
    as: "own",
    call: async (ctx) => {
      await changeRole(ctx, (await makeMember(ctx, "admin")).member.id, { role: "owner" });
      return leaveTeam(ctx);
    },
  },
  readTeamSettings: { as: "own", call: (ctx) => readTeamSettings(ctx) },
  updateTeam: { as: "own", call: (ctx) => updateTeam(ctx, { name: "mine", version: 1 }) },
  deleteTeam: { as: "refused", call: (ctx, { slug }) => deleteTeam(ctx, { slug }) },
  keepTeam: { as: "own", call: (ctx) => keepTeam(ctx) },
  readMembers: { as: "own", call: (ctx) => readMembers(ctx) },
};
