"use client";
import { Ellipsis } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { ConfirmAction } from "@/app/_ui/confirm-action";
import { PickField } from "@/app/_ui/pick-field";
import { PopoverPanel } from "@/app/_ui/popover-panel";
import { SelectField } from "@/app/_ui/select-field";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";
import type { Member } from "@/lib/teams/schemas";

type Role = Member["role"];
type Step = "remove" | "transfer" | "leave";

export type MemberRowProps = {
  slug: string;
  member: Member;
  since: string;
  isSelf: boolean;
  /** Roles that the reader may give this member; none: they may not touch them. */
  roles: readonly Role[];
  mayRemove: boolean;
  mayTransfer: boolean;
  /** Who may take over the schedules of a member who is removed; null are too many to list. */
  heirs: readonly { id: string; name: string }[] | null;
};

/** A member with what the reader may do about them. */
export function MemberRow({ slug, member, since, isSelf, roles, mayRemove, mayTransfer, heirs }: MemberRowProps) {
  const t = useTranslations("client.members");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const menu = useId();
  const [role, setRole] = useState(member.role);
  // Follows a role that holds anew, without making the row anew: what was opened of it meanwhile stays open.
  const [held, setHeld] = useState(member.role);
  if (held !== member.role) {
    setHeld(member.role);
    setRole(member.role);
  }
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [heir, setHeir] = useState("");
  const [asking, setAsking] = useState<Step | null>(null);
  const { id, name, email } = member;
  const at = (path: string) => `/api/v1/members/${path}?team=${encodeURIComponent(slug)}`;

  const STEPS = {
    remove: {
      may: mayRemove && !isSelf,
      call: () => callApi(`${at(id)}${heir && `&schedulesTo=${heir}`}`, { method: "DELETE" }),
    },
    transfer: { may: mayTransfer, call: () => callApi(at(`${id}/transfer`), { method: "POST" }) },
    leave: { may: isSelf, call: () => callApi(at("leave"), { method: "POST" }) },
  } as const satisfies Record<Step, unknown>;
  const open = (Object.keys(STEPS) as Step[]).filter((step) => STEPS[step].may);

  async function save(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setFailure(null);
    const result = await callApi<Member>(at(id), { method: "PATCH", body: { role } });
    setPending(false);
    if (!result.ok) {
      setFailure(failureText(result.problem));
      return;
    }
    toast(t("roleSaved", { name, role: t(`role.${role}`) }));
    router.refresh();
  }

  function done(step: Step) {
    toast(t(`${step}.done`, { name }));
    // Gone from here: the whole page is read anew, with no trace of the team.
    if (step === "leave") window.location.assign("/");
    else router.refresh();
  }

  return (
    <tr>
      <th scope="row" className="l max-w-56 whitespace-normal! pl-3.5! font-normal! text-[0.8125rem]! text-text!">
        <strong className="wrap-anywhere font-medium">
          <bdi>{name}</bdi>
        </strong>
        {isSelf && <span className="tag ml-2">{t("you")}</span>}
        <span className="wrap-anywhere block text-text-3 text-xs">{email}</span>
        {failure && (
          <span role="alert" className="mistake block">
            {failure}
          </span>
        )}
      </th>
      <td className="l">
        {roles.length === 0 ? (
          t(`role.${member.role}`)
        ) : (
          <form method="post" onSubmit={save} className="flex flex-wrap items-center gap-1.5">
            <span className="select">
              <select
                className="input w-28!"
                aria-label={t("roleOf", { name })}
                value={role}
                disabled={!awake || pending}
                onChange={(event) => setRole(event.target.value as Role)}
              >
                {roles.map((value) => (
                  <option key={value} value={value}>
                    {t(`role.${value}`)}
                  </option>
                ))}
              </select>
            </span>
            {role !== member.role && (
              <button type="submit" className="btn btn-primary" disabled={pending}>
                {t("saveRole")}
              </button>
            )}
          </form>
        )}
      </td>
      <td className="text-text-2 max-sm:hidden">{since}</td>
      <td className="w-0 pl-0!">
        {open.length > 0 && (
          <>
            <button
              type="button"
              popoverTarget={menu}
              className="btn btn-quiet px-2"
              disabled={!awake}
              aria-label={t("actionsOf", { name })}
            >
              <Ellipsis size={16} aria-hidden="true" />
            </button>
            <PopoverPanel id={menu} label={t("actionsOf", { name })}>
              {open.map((step) => (
                <button
                  key={step}
                  type="button"
                  className={`menu-item ${step === "transfer" ? "" : "text-bad"}`}
                  onClick={() => setAsking(step)}
                >
                  {t(`${step}.open`)}
                </button>
              ))}
            </PopoverPanel>
            {open.map((step) => (
              <ConfirmAction
                key={step}
                open={asking === step}
                onClose={() => setAsking(null)}
                title={t(`${step}.title`, { name })}
                text={t(`${step}.text`)}
                confirm={t(`${step}.confirm`)}
                isBad={step !== "transfer"}
                call={STEPS[step].call}
                onDone={() => done(step)}
              >
                {step === "remove" && heirs === null && (
                  <PickField
                    slug={slug}
                    label={t("schedulesTo")}
                    kind="member"
                    chosen={null}
                    empty={t("schedulesRest")}
                    onPick={setHeir}
                  />
                )}
                {step === "remove" && heirs && (
                  <SelectField label={t("schedulesTo")} value={heir} onChange={(event) => setHeir(event.target.value)}>
                    <option value="">{t("schedulesRest")}</option>
                    {heirs
                      .filter((person) => person.id !== id)
                      .map((person) => (
                        <option key={person.id} value={person.id}>
                          {t("schedulesPass", { name: person.name })}
                        </option>
                      ))}
                  </SelectField>
                )}
              </ConfirmAction>
            ))}
          </>
        )}
      </td>
    </tr>
  );
}
