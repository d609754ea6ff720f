"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { toast } from "sonner";
import { ConfirmSpend } from "@/app/_ui/confirm-spend";
import { FormFailure } from "@/app/_ui/form-failure";
import { SpendProblem } from "@/app/_ui/spend-problem";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { useSpend } from "@/app/_ui/use-spend";

type Props = {
  slug: string;
  timeZone: string;
  priceCredits: number;
  words: {
    field: string;
    fieldHint: string;
    name: string;
    nameHint: string;
    save: string;
    saveAndTest: string;
    testHint: string;
  };
};

/** Saves a key for nothing, or saves it and buys one page with it at once. The field is emptied once it is saved. */
export function KeyForm({ slug, timeZone, priceCredits, words }: Props) {
  const t = useTranslations("client");
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const alsoTest = useRef(false);
  const test = useSpend<{ creditsSpent: number }>(`/api/v1/key/test?team=${encodeURIComponent(slug)}`, {});
  const save = useJsonForm({
    path: `/api/v1/key?team=${encodeURIComponent(slug)}`,
    method: "PUT",
    read: (data) => ({ apiKey: data.get("apiKey"), name: data.get("name") }),
    onDone: async () => {
      form.current?.reset();
      toast(t("toast.keySaved"));
      router.refresh();
      if (!alsoTest.current) return;
      const tested = await test.press();
      if (tested) toast(t("toast.keyTested", { price: t("spend.credits", { count: tested.creditsSpent }) }));
    },
  });
  const pending = save.pending || test.pending;

  return (
    <>
      <form
        ref={form}
        method="post"
        noValidate
        autoComplete="off"
        className="mt-3 grid gap-3"
        onSubmit={(event) => {
          const pressed = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
          alsoTest.current = pressed?.value === "test";
          test.dismiss();
          void save.submit(event);
        }}
      >
        <TextField
          label={words.field}
          name="apiKey"
          type="password"
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          data-1p-ignore=""
          data-lpignore="true"
          hint={words.fieldHint}
          mistake={save.mistakes.apiKey}
        />
        <TextField
          label={words.name}
          name="name"
          autoComplete="off"
          hint={words.nameHint}
          mistake={save.mistakes.name}
        />
        <FormFailure text={save.failure} />
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton pending={pending && !alsoTest.current} className="btn-primary" name="then" value="save">
            {words.save}
          </SubmitButton>
          <SubmitButton pending={pending && alsoTest.current} className="btn-spend" name="then" value="test">
            {words.saveAndTest}
          </SubmitButton>
        </div>
        <p className="hint">{words.testHint}</p>
      </form>
      <ConfirmSpend asked={test.asked} decide={test.decide} />
      {test.problem && (
        <div className="mt-3">
          <SpendProblem
            problem={test.problem}
            priceCredits={priceCredits}
            slug={slug}
            timeZone={timeZone}
            hideNext
            onDismiss={test.dismiss}
          />
        </div>
      )}
    </>
  );
}
