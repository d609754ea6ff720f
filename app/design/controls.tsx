import { CategoryStar } from "@/app/_ui/category-star";
import { ComparePicked } from "@/app/_ui/compare-picks";
import { DateField } from "@/app/_ui/date-field";
import { FilterForm } from "@/app/_ui/filter-form";
import { FormFailure } from "@/app/_ui/form-failure";
import { NavLink } from "@/app/_ui/nav-link";
import { PasswordField } from "@/app/_ui/password-field";
import { PickBox } from "@/app/_ui/pick-box";
import { PickField } from "@/app/_ui/pick-field";
import { PrintButton } from "@/app/_ui/print-button";
import { ResetFilters } from "@/app/_ui/reset-filters";
import { RunButton } from "@/app/_ui/run-button";
import { SaveTable } from "@/app/_ui/save-table";
import { SelectField } from "@/app/_ui/select-field";
import { SignOutButton } from "@/app/_ui/sign-out-button";
import { SpendButton } from "@/app/_ui/spend-button";
import { Star } from "@/app/_ui/star";
import { StarSign } from "@/app/_ui/star-sign";
import { TabLink } from "@/app/_ui/tab-link";
import { TextArea } from "@/app/_ui/text-area";
import { TextField } from "@/app/_ui/text-field";
import { Acts } from "./acts";
import { ID, Part, SLUG } from "./part";

const QUESTION = { region: "US", window: "7", page: 1 };
const PLACE = {
  listId: ID,
  itemId: ID,
  listName: "Spring launch",
  addedBy: "Mia",
  note: "",
  tags: [],
  color: "" as const,
  place: 1,
};
const WATCHED = { mayWatch: true, lists: [{ id: ID, name: "Spring launch" }], items: { "1/US": [PLACE] } };

/** What is pressed, typed into and chosen from. */
export function Controls() {
  const star = { slug: SLUG, region: "US", name: "Perfume · United States" };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3.5 lg:grid-cols-2">
      <Part name="controls.css: buttons">
        <div className="flex flex-wrap gap-2">
          <button type="button" className="btn btn-primary">
            Primary
          </button>
          <button type="button" className="btn">
            Ordinary
          </button>
          <button type="button" className="btn btn-quiet">
            Quiet
          </button>
          <button type="button" className="btn btn-bad">
            Takes away
          </button>
          <button type="button" className="btn" disabled>
            Disabled
          </button>
        </div>
      </Part>
      <Part name="spend-button · run-button">
        <div className="flex flex-wrap gap-2">
          <SpendButton
            slug={SLUG}
            label="Fetch · 2 credits"
            priceCredits={2}
            question={QUESTION}
            canSpend
            timeZone="UTC"
          />
          <SpendButton
            slug={SLUG}
            label="Fetch · 2 credits"
            priceCredits={2}
            question={QUESTION}
            canSpend={false}
            timeZone="UTC"
          />
          <RunButton
            slug={SLUG}
            path="/searches/none/run"
            label="Run · 6 credits"
            priceCredits={6}
            canSpend
            timeZone="UTC"
          />
        </div>
      </Part>
      <Part name="text-field · select-field · text-area · date-field · password-field · form-failure">
        <TextField label="Name" defaultValue="Spring launch" hint="Up to 80 characters." />
        <TextField label="Name" defaultValue="" mistake="Give it a name." />
        <TextField label="Read only" defaultValue="900" readOnly />
        <PickField
          slug={SLUG}
          label="Picked"
          kind="member"
          chosen={{ value: ID, name: "Mia Keller" }}
          mistake="Wrong."
        />
        <SelectField label="Region" defaultValue="US" mistake="Not a region.">
          <option value="US">United States</option>
        </SelectField>
        <TextArea label="Note" defaultValue="Why we watch it" />
        <DateField label="From" name="from" defaultValue="2026-11-01" />
        <PasswordField label="Password" name="password" autoComplete="new-password" />
        <FormFailure text="Nothing was saved." />
      </Part>
      <Part name="filter-form · reset-filters · tab-link · nav-link">
        <FilterForm action="/design" label="Filter" values={{}} className="flex items-end gap-2">
          <TextField label="Keyword" name="keyword" />
          <button type="submit" className="btn">
            Show
          </button>
        </FilterForm>
        <p>
          <ResetFilters href="/design" className="" />
        </p>
        <nav aria-label="Views" className="flex gap-0.5">
          <TabLink href="/design" isOn>
            Shown
          </TabLink>
          <TabLink href="/design?other" isOn={false}>
            Other
          </TabLink>
          <NavLink href="/design" className="tab">
            Here
          </NavLink>
        </nav>
      </Part>
      <Part name="star · star-sign · category-star · compare-picks">
        <div className="flex flex-wrap items-center gap-3">
          <Star {...star} categoryId="2" watched={[]} lists={WATCHED.lists} />
          <Star {...star} categoryId="1" watched={[PLACE]} lists={WATCHED.lists} />
          <StarSign name="Perfume" watched={[PLACE]} />
          <CategoryStar {...star} categoryId="1" watched={WATCHED} />
          <PickBox value="1/US" label="Perfume" />
        </div>
        <ComparePicked slug={SLUG} window="7" />
      </Part>
      <Part name="save-table · print-button · sign-out-button">
        <div className="flex flex-wrap items-center gap-2">
          <SaveTable href="/api/v1/searches.csv" />
          <PrintButton label="Print" />
          <SignOutButton label="Sign out" className="btn btn-quiet" />
        </div>
      </Part>
      <Acts />
    </div>
  );
}
