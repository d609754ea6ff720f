"use client";
import { useState } from "react";
import { toast } from "sonner";
import { AskForMore } from "@/app/_ui/ask-for-more";
import { ConfirmAction } from "@/app/_ui/confirm-action";
import { ConfirmSpend } from "@/app/_ui/confirm-spend";
import { DeleteWithUndo } from "@/app/_ui/delete-with-undo";
import { HoursFields } from "@/app/_ui/hours-fields";
import { NewListDialog } from "@/app/_ui/new-list-dialog";
import { OpenedForm } from "@/app/_ui/opened-form";
import { PageFailure } from "@/app/_ui/page-failure";
import { PopoverPanel } from "@/app/_ui/popover-panel";
import { ShownOnce } from "@/app/_ui/shown-once";
import { SpendProblem } from "@/app/_ui/spend-problem";
import { SubmitButton } from "@/app/_ui/submit-button";
import { NOW, Part, SLUG } from "./part";

const HOURS = { digestHour: 9, digestWeekday: 1, quietFrom: 22, quietTo: 7 };
const PROBLEMS = [
  { code: "offline" },
  { code: "team_limit_reached", limit: 900, spent: 890, held: 10, resetsAt: NOW.toISOString() },
  { code: "upstream_timeout", outcome: "unsettled" },
  { code: "upstream_no_data", outcome: "not_charged" },
] as const;

/** Parts that open, ask, or answer a press. */
export function Acts() {
  const [open, setOpen] = useState<"" | "action" | "spend" | "list">("");
  const close = () => setOpen("");
  return (
    <>
      <Part name="confirm-action · confirm-spend · new-list-dialog · toaster">
        <div className="flex flex-wrap gap-2">
          <button type="button" className="btn" onClick={() => setOpen("action")}>
            confirm-action
          </button>
          <button type="button" className="btn" onClick={() => setOpen("spend")}>
            confirm-spend
          </button>
          <button type="button" className="btn" onClick={() => setOpen("list")}>
            new-list-dialog
          </button>
          <button type="button" className="btn" onClick={() => toast("Saved")}>
            toaster
          </button>
        </div>
        <ConfirmAction
          open={open === "action"}
          onClose={close}
          title="Remove Mia?"
          text="What she made stays."
          confirm="Remove"
          isBad
          call={async () => ({ ok: true, data: null })}
          onDone={close}
        />
        <ConfirmSpend asked={open === "spend" ? { priceCredits: 50, left: 120 } : null} decide={close} />
        {open === "list" && <NewListDialog slug={SLUG} onMade={close} onClose={close} />}
      </Part>
      <Part name="popover-panel">
        <p>
          <button type="button" className="btn" popoverTarget="design-menu">
            Menu
          </button>
        </p>
        <PopoverPanel id="design-menu" label="Menu">
          <button type="button" className="menu-item">
            An entry
          </button>
          <button type="button" className="menu-item text-bad">
            One that takes away
          </button>
        </PopoverPanel>
      </Part>
      <Part name="submit-button · opened-form · delete-with-undo">
        <div className="flex flex-wrap gap-2">
          <SubmitButton pending={false}>Save</SubmitButton>
          <SubmitButton pending>Save</SubmitButton>
          <OpenedForm label="Open a form">
            {(shut) => <SubmitButton pending={false}>{String(!shut)}</SubmitButton>}
          </OpenedForm>
        </div>
        <DeleteWithUndo
          slug={SLUG}
          path="/watchlists/none"
          here="/design"
          away="/design"
          words={{ remove: "Delete", deleted: "Deleted", undo: "Undo", restored: "Back", notRestored: "Not back" }}
        />
      </Part>
      <Part name="spend-problem">
        {PROBLEMS.map((problem) => (
          <SpendProblem
            key={problem.code}
            problem={problem}
            priceCredits={2}
            slug={SLUG}
            timeZone="UTC"
            onDismiss={close}
          />
        ))}
      </Part>
      <Part name="ask-for-more">
        <AskForMore slug={SLUG} />
      </Part>
      <Part name="hours-fields">
        <HoursFields timing="daily" hours={HOURS} mistakes={{}} timeZone="UTC" />
      </Part>
      <Part name="shown-once">
        <ShownOnce title="Your token" text="It is shown once." label="Token" value="nbk_example" onDone={close} />
      </Part>
      <Part name="page-failure">
        <PageFailure digest="123456" onRetry={close} />
      </Part>
    </>
  );
}
